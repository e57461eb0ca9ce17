"""Wordings that nobody knows yet: into the queue, and what a person says they mean."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from feedback import audit
from feedback.accounts.models import Person
from feedback.agencies.models import Agency, AgencyAlias, AgencyGroup, Wording
from feedback.agencies.rules.resolving import LONGEST
from feedback.core import clock
from feedback.core.db import db, table_of
from feedback.core.errors import Conflict, Refused
from feedback.core.rows import put_rows
from feedback.core.text import fold


def ask_about(words: Iterable[str], *, source: str) -> None:
    """Put wordings into the queue for a person; one that is there already, or was decided, stays as it is.

    No event of its own: the plan that brought them has one.
    """
    found = {fold(one)[:LONGEST]: one[:LONGEST] for one in words}
    found.pop("", None)
    fresh = {"source": source[:120], "state": "open", "created_at": clock.now(), "lock": 1}
    rows = [{"folded": folded, "words": one, **fresh} for folded, one in found.items()]
    put_rows(db.session.connection(), table_of(Wording), rows, conflict="(folded) DO NOTHING")


def decide_wording(
    wording: Wording,
    *,
    seen: int,
    state: str,
    agency: Agency | None = None,
    group: AgencyGroup | None = None,
    by: Person,
) -> None:
    """Say what a wording means: ``body`` (this wording alone), ``alias`` (one more name of the body),
    ``group``, or ``refused`` (it names nobody). Remembered for every later document.

    Raises Conflict when a colleague was faster, Refused without the body or group.
    """
    if wording.state != "open" or wording.lock != seen:
        raise Conflict(_l("Someone else decided this wording meanwhile."), code="decided_already")
    if state in {"body", "alias"} and agency is None:
        raise Refused(_l("Choose the agency that is meant."), field="agency")
    if state == "group" and group is None:
        raise Refused(_l("Choose the group that is meant."), field="group")
    wording.state = state
    wording.agency = agency if state in {"body", "alias"} else None
    wording.group = group if state == "group" else None
    wording.decided_by_id = by.id
    wording.decided_at = clock.now()
    if state == "alias" and agency is not None and not _has(agency, wording.folded):
        agency.aliases.append(AgencyAlias(name=wording.words[:200], folded=wording.folded[:200]))
    db.session.flush()
    body = wording.agency.code if wording.agency else wording.group.code if wording.group else ""
    audit.record(
        "agency:wording_decided",
        subject=f"wording:{wording.id}",
        by=by,
        fields={
            "words": (wording.words, "public"),
            "as": (state, "public"),
            "body": (body, "public"),
        },
    )


def reopen_wording(wording: Wording, *, by: Person) -> None:
    """A decision was a mistake: the wording waits again. A name that it gave a body stays the body's."""
    if wording.state == "open":
        return
    wording.state, wording.agency, wording.group = "open", None, None
    wording.decided_by_id = wording.decided_at = None
    db.session.flush()
    audit.record(
        "agency:wording_reopened",
        subject=f"wording:{wording.id}",
        by=by,
        fields={"words": (wording.words, "public")},
    )


def _has(agency: Agency, folded: str) -> bool:
    aliases = sa.select(AgencyAlias.id).where(
        AgencyAlias.agency_id == agency.id, AgencyAlias.folded == folded
    )
    return agency.folded == folded or db.session.scalar(aliases) is not None
