"""Files and parts go to the bodies that follow: in sets, whatever the number. No date moves: a new leg
begins with the due day of the one that it goes on from, and the resident's own date stays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import islice
from typing import Any, NamedTuple

import sqlalchemy as sa

from feedback import audit
from feedback.accounts.models import Person
from feedback.agencies.models import Agency
from feedback.core import clock
from feedback.core.db import db, table_of
from feedback.core.rows import put_rows
from feedback.core.text import is_mail_address
from feedback.notifications.actions import enqueue_all, message
from feedback.petitions.models import Answer, InfoRequest, Leg, Part, Petition
from feedback.petitions.queries import succession as queries
from feedback.petitions.rules.consents import may_tell

_FILES, _PARTS, _ANSWERS = table_of(Petition), table_of(Part), table_of(Answer)
_SUCCEEDS = "succession"  # Leg.reason_kind
_WITH_OFFICER = ("in_progress", "awaiting_approval")


class Way(NamedTuple):
    """Where a file goes: to a body, or into the dispatch queue there."""

    agency_id: int
    dispatch: bool = False


def succeed(files: Iterable[tuple[int, Way]], *, reason: str, on: date, by: Any) -> int:
    """Give open files, by key, to the bodies that follow; returns how many. ``reason``: the act's title.

    One event for each. Officers who came along keep their files; another file waits to be handed out.
    """
    moved, left = 0, iter(files)
    while some := list(islice(left, queries.AT_ONCE)):
        ways: defaultdict[Way, list[int]] = defaultdict(list)
        for number, way in some:
            ways[way].append(number)
        for way in sorted(ways):
            _move(ways[way], way, reason=reason, on=on, by=by)
        moved += len(some)
    return moved


def _move(ids: Sequence[int], way: Way, *, reason: str, on: date, by: Any) -> None:
    rows, to = queries.moving(ids), db.session.get_one(Agency, way.agency_id)
    _along(ids, way)
    _hand_over(ids, way)
    legs = table_of(Leg)
    db.session.execute(
        sa.update(legs)
        .where(legs.c.petition_id.in_(ids), legs.c.ended_on.is_(None))
        .values(ended_on=on)
    )
    fresh = {"reason_kind": _SUCCEEDS, "reason": reason, "agency_id": to.id, "by_id": _key(by)}
    fresh |= {"started_on": on, "ended_on": None, "created_at": clock.now()}
    put_rows(
        db.session.connection(),
        legs,
        [
            {"petition_id": r.id, "number": r.leg_number + 1, "due_on": r.leg_due_on, **fresh}
            for r in rows
        ],
    )
    db.session.expire_all()
    for row in rows:
        _record(row, to, reason=reason, by=by)
    _tell(rows, to, reason)


def _along(ids: Sequence[int], way: Way) -> None:
    """What belongs to the leg under way goes on in the next: parts still owed, an answer not yet
    published. Before the files move, for they are found by the file's leg."""
    same_leg = sa.select(_FILES.c.leg_number).where(_FILES.c.id == _PARTS.c.petition_id)
    db.session.execute(
        sa.update(_PARTS)
        .where(_PARTS.c.petition_id.in_(ids), _PARTS.c.given_on.is_(None))
        .where(_PARTS.c.leg_number == same_leg.scalar_subquery())
        .values(leg_number=_PARTS.c.leg_number + 1)
    )
    same_leg = sa.select(_FILES.c.leg_number).where(_FILES.c.id == _ANSWERS.c.petition_id)
    db.session.execute(
        sa.update(_ANSWERS)
        .where(_ANSWERS.c.petition_id.in_(ids), _ANSWERS.c.published_at.is_(None))
        .where(_ANSWERS.c.leg_number == same_leg.scalar_subquery())
        .values(leg_number=_ANSWERS.c.leg_number + 1, agency_id=way.agency_id)
    )


def _hand_over(ids: Sequence[int], way: Way) -> None:
    """The files' own rows. Who works at the new body keeps her files; without an officer a file goes
    back to "received", so that it can be handed out."""
    came = sa.select(Person.id).where(Person.agency_id == way.agency_id, Person.enabled)
    keeps = _FILES.c.assignee_id.in_(came) if not way.dispatch else sa.false()
    waits = table_of(InfoRequest)
    lost = sa.select(_FILES.c.id).where(
        _FILES.c.id.in_(ids), sa.or_(_FILES.c.assignee_id.is_(None), sa.not_(keeps))
    )
    db.session.execute(
        sa.update(waits)
        .where(waits.c.petition_id.in_(lost), waits.c.ended_on.is_(None))
        .where(waits.c.back_to.in_(_WITH_OFFICER))
        .values(back_to="received")
    )
    without = sa.and_(
        _FILES.c.state.in_(_WITH_OFFICER), sa.func.coalesce(keeps, sa.false()).is_(False)
    )
    db.session.execute(
        sa.update(_FILES)
        .where(_FILES.c.id.in_(ids))
        .values(
            agency_id=way.agency_id,
            in_dispatch=way.dispatch,
            leg_number=_FILES.c.leg_number + 1,
            lock=_FILES.c.lock + 1,
            assignee_id=sa.case((keeps, _FILES.c.assignee_id), else_=None),
            state=sa.case((without, "received"), else_=_FILES.c.state),
        )
    )


def _record(row: Any, to: Agency, *, reason: str, by: Any) -> None:
    audit.record(
        "petition:succeeded",
        subject=("petition", row.public_id),
        by=by,
        agency=to.code,
        fields={
            "to": (to.code, "public"),
            "body": (to.name, "public"),
            "leg": (str(row.leg_number + 1), "public"),
            "leg_due": (row.leg_due_on.isoformat(), "public"),
            "reason": (reason, "public"),
        },
        due=row.due_on,
        rule=row.term_code,
    )


def _tell(rows: Sequence[Any], to: Agency, reason: str) -> None:
    """The senders: who answers now, and that their own dates stay."""
    enqueue_all(
        [
            message(
                "email",
                to=row.email,
                template="petitions/resident_succeeded",
                params={
                    "title": row.title,
                    "reference": f"TN{row.submitted_on:%y}-{row.id:06d}",
                    "agency": to.name,
                    "due": row.due_on,
                    "reason": reason,
                    "link": "/track",
                },
                dedupe_key=f"{row.public_id}:resident_succeeded:{row.contact}:{row.leg_number + 1}",
                locale=row.locale,
            )
            for row in rows
            if is_mail_address(row.email) and may_tell(row.notices, "succeeded")
        ]
    )


def _key(by: Any) -> int | None:
    return by.id if isinstance(by, Person) else None


def succeed_parts(parts: Iterable[tuple[Any, int]], *, reason: str, on: date, by: Any) -> int:
    """Let other bodies owe parts that were asked of one that ends: rows of ``parts_at`` with the body's
    key. The day by which a part is due stays. One event for each."""
    moved, left = 0, iter(parts)
    while some := list(islice(left, queries.AT_ONCE)):
        ways: defaultdict[int, list[Any]] = defaultdict(list)
        for row, agency_id in some:
            ways[agency_id].append(row)
        for agency_id in sorted(ways):
            _move_parts(ways[agency_id], db.session.get_one(Agency, agency_id), reason, by)
        moved += len(some)
    return moved


def _move_parts(rows: Sequence[Any], to: Agency, reason: str, by: Any) -> None:
    db.session.execute(
        sa.update(_PARTS)
        .where(_PARTS.c.id.in_([row.id for row in rows]))
        .values(agency_id=to.id, lock=_PARTS.c.lock + 1)
    )
    db.session.expire_all()
    for row in rows:
        fields = {
            "part": (row.public_id, "public"),
            "to": (to.code, "public"),
            "body": (to.name, "public"),
            "part_due": (row.due_on.isoformat(), "public"),
            "reason": (reason, "public"),
        }
        subject = ("petition", row.file)
        audit.record("petition:part_succeeded", subject=subject, by=by, agency=to, fields=fields)


def follow_bodies(*, on: date) -> int:
    """The clock gives what lies with a body that does not exist to the one that followed, or to the
    dispatch queue. Carrying an act out leaves nothing behind; a file that was being sent in that very
    moment may have come a moment later. Returns how many files and parts there were."""
    lost, owing = queries.files_with_nobody(on), queries.parts_with_nobody(on)
    words = queries.words_of
    parts = (
        (row, queries.heir(row.agency_id, words(row), on)[0]) for row in queries.parts_at(owing)
    )
    files = (
        (row.id, Way(*queries.heir(row.agency_id, words(row), on)))
        for row in queries.files_at(lost)
    )
    number = succeed_parts(parts, reason="", on=on, by="clock") if owing else 0
    return number + (succeed(files, reason="", on=on, by="clock") if lost else 0)
