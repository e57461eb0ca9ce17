"""What is held as one of many: one of them, those of one sender, and the many by what they have in common."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from feedback.accounts.rules.addresses import Proven, spellings
from feedback.audit.queries import events_of
from feedback.audit.rules.roots import leaf, root
from feedback.core.db import db
from feedback.core.ids import keyed_hash, normalise_code
from feedback.core.paging import Page, page_by_key
from feedback.files.models import StoredFile
from feedback.petitions.models import HeldPetition, Petition
from feedback.petitions.rules import floods
from feedback.petitions.rules.floods import FREED_BY_PROOF, LAID_ASIDE, TAKEN, WAITING

MOST_OF_ONE = 20
MOST_GROUPS = 100
OF_USUAL_DAYS = (
    5_000  # petitions that say what is usual: by their key, whatever the number of files
)


def held_by_key(key: str) -> HeldPetition | None:
    """What was sent with a form's key, while it is held."""
    return _one(HeldPetition.submission_key == keyed_hash(key, "submission"))


def held_by_code(typed: str) -> HeldPetition | None:
    """What a tracking code opens while it is held."""
    code = normalise_code(typed)
    return _one(HeldPetition.code_hash == keyed_hash(code, "code")) if code else None


def _one(condition: sa.ColumnElement[bool]) -> HeldPetition | None:
    return db.session.scalar(
        sa.select(HeldPetition)
        .where(condition, HeldPetition.standing != TAKEN)
        .options(joinedload(HeldPetition.commune))
    )


def held_of(who: Proven) -> Sequence[HeldPetition]:
    """What is held of whoever proved this address or number, newest first."""
    return db.session.scalars(
        sa.select(HeldPetition)
        .where(of_address(who), HeldPetition.standing.in_((WAITING, LAID_ASIDE)))
        .order_by(HeldPetition.id.desc())
        .limit(MOST_OF_ONE)
    ).all()


def freed_by(who: Proven) -> Sequence[HeldPetition]:
    """Of those what her proof sets free; locked until the end of the transaction."""
    return db.session.scalars(
        _locked(of_address(who), HeldPetition.why.in_(FREED_BY_PROOF)).limit(MOST_OF_ONE)
    ).all()


def of_address(who: Proven) -> sa.ColumnElement[bool]:
    """She left this very address or number."""
    if who.phone:
        return HeldPetition.phone.in_(spellings(who.phone))
    return sa.and_(HeldPetition.email != "", HeldPetition.email == who.email)


def held_chosen(
    why: str,
    mark: str,
    *,
    standing: str,
    names: Collection[str] | None,
    below: int,
    most: int | None,
) -> Sequence[HeldPetition]:
    """Of one group what a person decides about, oldest first and locked: those of ``names``, or with None
    all that there were when her page was made (keys up to ``below``)."""
    mine = [HeldPetition.why == why, HeldPetition.mark == mark, HeldPetition.id <= below]
    if names is not None:
        mine.append(HeldPetition.public_id.in_(names))
    return db.session.scalars(_locked(*mine, standing=standing).limit(most)).all()


def _locked(*where: sa.ColumnElement[bool], standing: str = WAITING) -> sa.Select[HeldPetition]:
    return (
        sa.select(HeldPetition)
        .where(HeldPetition.standing == standing, *where)
        .order_by(HeldPetition.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def held_since(moment: datetime) -> bool:
    """Did one come in since then that was held? Asked of the newest alone: in a flood there are thousands."""
    newest = sa.select(HeldPetition.sent_at).order_by(HeldPetition.id.desc()).limit(1)
    at = db.session.scalar(newest)
    return at is not None and at > moment


@dataclass(frozen=True, slots=True)
class HeldGroup:
    """Petitions that are held for one reason and have one thing in common."""

    why: str
    mark: str
    number: int
    with_contact: int
    first_at: datetime
    last_at: datetime
    title: str  # of the first

    @property
    def key(self) -> str:
        return f"{self.why}-{self.mark}"


def held_groups(standing: str) -> Sequence[HeldGroup]:
    """The many, those that wait longest first; one statement."""
    first = sa.func.min(HeldPetition.id)
    contact = sa.case((sa.or_(HeldPetition.email != "", HeldPetition.phone != ""), 1), else_=0)
    groups = (
        sa.select(
            HeldPetition.why,
            HeldPetition.mark,
            sa.func.count(),
            sa.func.sum(contact),
            sa.func.min(HeldPetition.sent_at),
            sa.func.max(HeldPetition.sent_at),
            first.label("first"),
        )
        .where(HeldPetition.standing == standing, HeldPetition.mark != "")
        .group_by(HeldPetition.why, HeldPetition.mark)
        .order_by(first)
        .limit(MOST_GROUPS)
        .subquery()
    )
    title = sa.select(HeldPetition.title).where(HeldPetition.id == groups.c.first)
    rows: Any = db.session.execute(
        sa.select(*list(groups.c)[:6], title.scalar_subquery()).order_by(groups.c.first)
    )
    return [HeldGroup(*row) for row in rows]


def held_numbers() -> dict[str, int]:
    """How many wait, were laid aside, taken, taken back by their senders: for everybody who checks."""
    counted = sa.select(HeldPetition.standing, sa.func.count()).group_by(HeldPetition.standing)
    return {standing: number for standing, number in db.session.execute(counted)}


def held_waiting() -> Sequence[tuple[date, str, int]]:
    """How many wait, by the day on which they were sent and their kind; the oldest first."""
    day, kind = HeldPetition.sent_on, HeldPetition.kind
    counted = (
        sa.select(day, kind, sa.func.count())
        .where(HeldPetition.standing == WAITING)
        .group_by(day, kind)
        .order_by(day)
    )
    return [(sent_on, of, number) for sent_on, of, number in db.session.execute(counted)]


def usual_hour(on: date) -> int:
    """How many the web brings in the busiest hour of a usual day, of the last days before this one."""
    late = (
        sa.select(Petition.submitted_on, Petition.submitted_at)
        .where(Petition.channel == "web", Petition.submitted_on < on)
        .order_by(Petition.id.desc())
        .limit(OF_USUAL_DAYS)
        .subquery()
    )
    hour = sa.extract("hour", late.c.submitted_at)
    rows = db.session.execute(
        sa.select(late.c.submitted_on, hour, sa.func.count()).group_by(late.c.submitted_on, hour)
    )
    return floods.usual_hour({(day, int(at)): number for day, at, number in rows})


def held_page(why: str, mark: str, *, standing: str, after: str, size: int) -> Page[HeldPetition]:
    """One group, oldest first."""
    rows = (
        sa.select(HeldPetition)
        .where(
            HeldPetition.standing == standing,
            HeldPetition.why == why,
            HeldPetition.mark == mark,
        )
        .options(joinedload(HeldPetition.commune), joinedload(HeldPetition.decided_by))
    )
    return page_by_key(rows, [HeldPetition.id], after=after, size=size)


def held_extent(why: str, mark: str, *, standing: str) -> tuple[int, int]:
    """How many there are of a group, and the newest one's key."""
    number, last = db.session.execute(
        sa.select(sa.func.count(), sa.func.max(HeldPetition.id)).where(
            HeldPetition.standing == standing,
            HeldPetition.why == why,
            HeldPetition.mark == mark,
        )
    ).one()
    return number, last or 0


def held_files(rows: Collection[HeldPetition]) -> dict[str, int]:
    """How many files came with each, by the subject under which they are kept."""
    counted = (
        sa.select(StoredFile.subject, sa.func.count())
        .where(StoredFile.subject.in_([row.subject for row in rows]))
        .group_by(StoredFile.subject)
    )
    return {subject: number for subject, number in db.session.execute(counted)}


def held_root(rows: Sequence[HeldPetition]) -> str:
    """One hash for what these are: never their words, but what the words must add up to."""
    return root(
        [leaf(row.public_id, row.fingerprint, row.sent_at.isoformat(), row.why) for row in rows]
    )


def bad_batch() -> int | None:
    """The first batch of held petitions that is not as the record says, if there is one."""
    batches = sa.select(HeldPetition.batch).where(HeldPetition.batch.is_not(None)).distinct()
    for batch in db.session.scalars(batches.order_by(HeldPetition.batch)).all():
        of_batch = sa.select(HeldPetition).where(HeldPetition.batch == batch)
        rows = db.session.scalars(of_batch.order_by(HeldPetition.id)).all()
        said = [event.fields for event in events_of(f"held:{batch}", kinds=["held:batched"])]
        if said != [{"number": str(len(rows)), "root": held_root(rows)}]:
            return batch
    return None
