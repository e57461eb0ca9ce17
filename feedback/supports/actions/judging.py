"""A moderator looks at supports that came too many at once from one place."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from feedback import audit
from feedback.accounts.models import Person
from feedback.core.db import db
from feedback.core.errors import Conflict
from feedback.petitions.models import Petition
from feedback.supports import queries
from feedback.supports.actions.counting import put_number, write
from feedback.supports.actions.crossing import cross
from feedback.supports.actions.supporting import check
from feedback.supports.rules.moves import COUNTED, LEFT_OUT


def judge(petition: Petition, *, count: bool, seen: int, by: Person) -> int:
    """Count all the doubtful ones of this petition, or leave them out; their people are not told.

    ``seen``: how many the moderator saw. Raises Conflict when others came, or went, since then.
    """
    check(petition, "count" if count else "leave_out")
    found = queries.doubtful(petition.id)
    if len(found) != seen or not found:
        raise Conflict(
            _l("The number of these supports has changed. Look at them again."), code="stale"
        )
    standing = COUNTED if count else LEFT_OUT
    for one in found:
        one.standing = standing
    db.session.flush()
    write(petition, [one.contact_hash for one in found], standing)
    if count:
        put_number(petition, petition.supports + len(found))
        cross(petition)
    fields = {"number": (str(len(found)), "public"), "counted": (str(count).lower(), "public")}
    audit.record("petition:supports_judged", subject=petition, by=by, fields=fields)
    return len(found)
