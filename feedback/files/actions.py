"""Keeping a file that somebody gave us."""

from __future__ import annotations

from feedback.core import files
from feedback.core.db import db
from feedback.files.models import StoredFile


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
