"""Which files are kept. The bytes lie on disk under their hash (core/files.py)."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from feedback.core.db import Created, Model, PublicId


class StoredFile(PublicId, Created, Model):
    """One file as somebody gave it to us; several rows may share the same content."""

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(sa.String(64), index=True)
    name: Mapped[str] = mapped_column(sa.String(255))
    media_type: Mapped[str] = mapped_column(sa.String(100))
    size: Mapped[int]
    subject: Mapped[str] = mapped_column(sa.String(60), index=True)  # "petition:…", "plan:…"
