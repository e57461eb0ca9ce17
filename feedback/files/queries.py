"""Which files are kept, and which are named by nobody."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from feedback.core.db import db
from feedback.core.ids import keyed_hash
from feedback.files.models import StoredFile, Thumbnail

DRAFT = "draft:"
SUBJECT_CHARS = 60
_OF_SUBJECT = (
    sa.select(StoredFile)
    .where(StoredFile.subject == sa.bindparam("subject"))
    .options(joinedload(StoredFile.thumbnail))
    .order_by(StoredFile.id)
)


def draft_subject(key: str) -> str:
    """How the files of a form are named before it is sent: by its key, which only its browser knows."""
    return (DRAFT + keyed_hash(key, "draft"))[:SUBJECT_CHARS]


def drafts_of(key: str) -> Sequence[StoredFile]:
    """The files of a form that was not sent yet, in the order in which they came."""
    return files_of(draft_subject(key))


def files_of(subject: str) -> Sequence[StoredFile]:
    """The files that are kept under a subject, in the order in which they came."""
    return db.session.scalars(_OF_SUBJECT, {"subject": subject}).all()


def draft(public_id: str, subjects: Collection[str]) -> StoredFile | None:
    """One file of a form that this browser is filling in."""
    return db.session.scalar(
        sa.select(StoredFile)
        .where(StoredFile.public_id == public_id, StoredFile.subject.in_(subjects))
        .options(joinedload(StoredFile.thumbnail))
    )


def drafts_before(moment: datetime) -> Sequence[int]:
    """Keys of rows that belong to forms which nobody sent."""
    old = sa.select(StoredFile.id).where(
        StoredFile.subject.startswith(DRAFT), StoredFile.created_at < moment
    )
    return db.session.scalars(old).all()


def named(hashes: Collection[str]) -> set[str]:
    """Those of these hashes that some row names."""
    found = sa.union(
        sa.select(StoredFile.sha256).where(StoredFile.sha256.in_(hashes)),
        sa.select(Thumbnail.sha256).where(Thumbnail.sha256.in_(hashes)),
    )
    return set(db.session.scalars(found))


def all_named() -> Iterator[str]:
    """Each hash that some row names, once."""
    rows = sa.union(sa.select(StoredFile.sha256), sa.select(Thumbnail.sha256)).order_by("sha256")
    yield from db.session.execute(rows, execution_options={"yield_per": 1000}).scalars()
