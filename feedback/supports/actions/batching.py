"""Supports are many, so they are no events of their own: the worker seals new lines of the book into the
record a few seconds later, as their number and one hash."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from feedback import audit
from feedback.audit.queries import events_of
from feedback.audit.rules.roots import leaf, root
from feedback.core.db import db
from feedback.petitions.models import Petition
from feedback.supports.models import SupportBatch, SupportEntry

AT_ONCE = 5000
_LINES = sa.select(
    SupportEntry.id,
    Petition.public_id,
    SupportEntry.contact_hash,
    SupportEntry.leaf,
    SupportEntry.what,
    SupportEntry.created_at,
).join(Petition, Petition.id == SupportEntry.petition_id)


def seal_batch(*, on: date) -> int:
    """Seal what is new, at most 5,000 lines. Returns how many; nothing is written where there is none."""
    new = _LINES.where(SupportEntry.batch_id.is_(None)).order_by(SupportEntry.id).limit(AT_ONCE)
    lines = db.session.execute(new).all()
    if not lines:
        return 0
    batch = SupportBatch(number=len(lines), root=_root(lines))
    db.session.add(batch)
    db.session.flush()
    for start in range(0, len(lines), 500):
        some = [line.id for line in lines[start : start + 500]]
        db.session.execute(
            sa.update(SupportEntry).where(SupportEntry.id.in_(some)).values(batch_id=batch.id)
        )
    fields = {"number": (str(batch.number), "public"), "root": (batch.root, "public")}
    audit.record("support:batched", subject=_subject(batch), by="clock", fields=fields)
    return batch.number


@dataclass(frozen=True)
class Sealed:
    """What ``verify_batches`` found: how many batches, and the first that is not as it was sealed."""

    batches: int
    bad: int | None = None


def verify_batches() -> Sealed:
    """Compare every batch with its lines and with what the record says of it."""
    count = 0
    for batch in db.session.scalars(sa.select(SupportBatch).order_by(SupportBatch.id)):
        count += 1
        lines = db.session.execute(
            _LINES.where(SupportEntry.batch_id == batch.id).order_by(SupportEntry.id)
        ).all()
        said = [event.fields for event in events_of(_subject(batch), kinds=["support:batched"])]
        true = {"number": str(len(lines)), "root": _root(lines) if lines else ""}
        if said != [true] or batch.root != true["root"]:
            return Sealed(count, batch.id)
    return Sealed(count)


def _root(lines: Sequence[Any]) -> str:
    return root([_leaf(line) for line in lines])


def _leaf(line: Any) -> bytes:
    """Of a line whose person was forgotten (``erasing``) the hash that was kept in her place."""
    if line.leaf:
        return bytes.fromhex(line.leaf)
    return leaf(line.public_id, line.contact_hash, line.what, line.created_at.isoformat())


def _subject(batch: SupportBatch) -> tuple[str, int]:
    return ("supports", batch.id)
