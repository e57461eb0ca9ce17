"""Keeping a file that somebody gave us, and forgetting what was never sent."""

from __future__ import annotations

from datetime import date, timedelta

import sqlalchemy as sa

from feedback.core import clock, files
from feedback.core.db import db
from feedback.files import queries
from feedback.files.cleaning import Cleaned
from feedback.files.models import StoredFile, Thumbnail

DRAFTS_KEPT = timedelta(days=2)
ORPHANS_KEPT = timedelta(days=1)


def keep(data: bytes, *, name: str, media_type: str, subject: str) -> StoredFile:
    """The bytes under their hash, then the row: a crash between the two leaves a file, never a row
    without one."""
    stored = StoredFile(
        sha256=files.store(data),
        name=name,
        media_type=media_type,
        size=len(data),
        subject=subject,
    )
    db.session.add(stored)
    return stored


def keep_cleaned(cleaned: Cleaned, *, name: str, subject: str) -> StoredFile:
    """A file made anew, with its small copy. The name given to it stays for staff only."""
    small = cleaned.thumb
    small_sha256 = files.store(small.data) if small else ""
    stored = keep(cleaned.data, name=name, media_type=cleaned.media_type, subject=subject)
    if small:
        stored.thumbnail = Thumbnail(
            sha256=small_sha256, size=len(small.data), width=small.width, height=small.height
        )
    return stored


def drop_draft(stored: StoredFile) -> None:
    """Take one file out of a form that was not sent. Its bytes go with the next sweep."""
    if stored.thumbnail is not None:
        db.session.delete(stored.thumbnail)
        db.session.flush()
    db.session.delete(stored)


def forget_drafts(*, on: date) -> dict[str, int]:
    """Bytes that no row names go, then the rows of forms that nobody sent. (Daily job.)

    In this order: the bytes of a row that goes today are swept tomorrow, after this is committed, so
    that a failure in between never leaves a row without its bytes.
    """
    now = clock.now()
    swept = 0
    for paths in files.older_than(now - ORPHANS_KEPT):
        known = queries.named([path.name for path in paths])
        orphans = [path for path in paths if path.name not in known]
        swept += files.remove(orphans, before=now - ORPHANS_KEPT) if orphans else 0
    old = queries.drafts_before(now - DRAFTS_KEPT)
    db.session.execute(sa.delete(Thumbnail).where(Thumbnail.file_id.in_(old)))
    db.session.execute(sa.delete(StoredFile).where(StoredFile.id.in_(old)))
    return {"rows": len(old), "files": swept}
