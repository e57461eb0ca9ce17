"""Which files are kept. The bytes lie on disk under their hash (core/files.py)."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.core.db import Created, Model, PublicId


class StoredFile(PublicId, Created, Model):
    """One file as somebody gave it to us; several rows may share the same content."""

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(sa.String(64), index=True)
    name: Mapped[str] = mapped_column(sa.String(255))
    media_type: Mapped[str] = mapped_column(sa.String(100))
    size: Mapped[int]
    # "petition:…", "plan:…", "held:…"; "draft:…" until the form with which it was sent is sent itself
    subject: Mapped[str] = mapped_column(sa.String(60), index=True)
    thumbnail: Mapped[Thumbnail | None] = relationship(back_populates="file")

    @property
    def is_picture(self) -> bool:
        return self.media_type.startswith("image/")

    @property
    def paper(self) -> str:
        """What kind of paper it is, as people call it."""
        return "PDF" if self.media_type == "application/pdf" else "DOCX"


class Thumbnail(Model):
    """A small copy of a picture, so that a page with several costs a phone little. Width and height in
    points, so that nothing jumps while it loads."""

    id: Mapped[int] = mapped_column(primary_key=True)
    file_id: Mapped[int] = mapped_column(sa.ForeignKey("stored_file.id"), unique=True)
    sha256: Mapped[str] = mapped_column(sa.String(64), index=True)
    size: Mapped[int]
    width: Mapped[int]
    height: Mapped[int]
    file: Mapped[StoredFile] = relationship(back_populates="thumbnail")
