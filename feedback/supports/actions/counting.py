"""The number beside a petition, kept in the transaction that changes it, and the proof that it is right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm.attributes import set_committed_value

from feedback.core import clock
from feedback.core.db import db, table_of
from feedback.core.rows import put_rows
from feedback.pagecache.actions import changed
from feedback.petitions.models import Petition
from feedback.supports.models import Support, SupportEntry
from feedback.supports.rules.moves import COUNTED

_FILES, _ENTRIES = table_of(Petition), table_of(SupportEntry)
# past the version of the file: a support is no change of it, and must disturb nobody who works on it
_SET = sa.update(_FILES).where(_FILES.c.id == sa.bindparam("key"))


def write(petition: Petition, hashes: Iterable[str], what: str) -> None:
    """Lines in the book: this happened to the supports of these people."""
    now = clock.now()
    rows = [
        {"petition_id": petition.id, "contact_hash": hashed, "what": what, "created_at": now}
        for hashed in hashes
    ]
    put_rows(db.session.connection(), _ENTRIES, rows)


def put_number(petition: Petition, number: int) -> None:
    """The number that pages show; the file must be locked. What shows it is made anew."""
    db.session.connection().execute(_SET, {"key": petition.id, "supports": number})
    set_committed_value(petition, "supports", number)
    changed([page_version(petition.public_id)])


def page_version(public_id: str) -> str:
    """The name under which kept pages know the number of this petition."""
    return f"supports:{public_id}"


@dataclass(frozen=True)
class Recount:
    """What ``recount`` found: files with supports, and how many had a wrong number."""

    files: int
    wrong: int


def recount() -> Recount:
    """Count the rows again and put right what differs; whoever supports meanwhile waits."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(sa.text("LOCK TABLE support IN SHARE ROW EXCLUSIVE MODE"))
    number = sa.select(Support.petition_id, sa.func.count().label("number"))
    counts = number.where(Support.standing == COUNTED).group_by(Support.petition_id).subquery()
    right = sa.func.coalesce(counts.c.number, 0)
    rows = db.session.execute(
        sa.select(Petition.id, Petition.public_id, Petition.supports, right)
        .outerjoin(counts, counts.c.petition_id == Petition.id)
        .where(sa.or_(Petition.supports != 0, counts.c.number.is_not(None)))
        .order_by(Petition.id)
    ).all()
    wrong = [(key, public_id, is_so) for key, public_id, kept, is_so in rows if kept != is_so]
    for key, public_id, is_so in wrong:
        db.session.connection().execute(_SET, {"key": key, "supports": is_so})
        changed([page_version(public_id)])
    return Recount(len(rows), len(wrong))
