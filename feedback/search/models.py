"""The search index: one row for each thing that the public may find."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from feedback.core.db import Model


class SearchEntry(Model):
    """``folded`` holds title and body without accents, words apart by single spaces."""

    subject: Mapped[str] = mapped_column(sa.String(60), primary_key=True)  # "item:12"
    kind: Mapped[str] = mapped_column(sa.String(20), index=True)
    title: Mapped[str] = mapped_column(sa.String(300))
    body: Mapped[str] = mapped_column(sa.Text)
    folded_title: Mapped[str] = mapped_column(sa.String(300))
    folded: Mapped[str] = mapped_column(sa.Text)
    address: Mapped[str] = mapped_column(sa.String(200))
    note: Mapped[str] = mapped_column(sa.String(200), default="")  # "Mục 2.2 c, Kế hoạch 2705"
