"""The search index: one row for each thing that the public may find.

Beside it stands ``search_term`` (``ddl.py``), which is no model: an FTS5 table on SQLite, a ``tsvector`` with
a GIN index on PostgreSQL. Both hold the same set of terms for each place.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from feedback.core.db import Model

# SQLite's own row number, so that the newest come first without sorting
PLACE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


class SearchEntry(Model):
    """``place`` orders all by day, kind and key (``rules.terms.place_of``). ``facets`` holds kind, plan, state,
    commune and agencies, parted by ``|``, agencies by spaces. ``folded`` is title, note and body without accents."""

    place: Mapped[int] = mapped_column(PLACE, primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(sa.String(20))
    ref: Mapped[int]
    facets: Mapped[str] = mapped_column(sa.String(600))
    title: Mapped[str] = mapped_column(sa.String(300))
    note: Mapped[str] = mapped_column(sa.String(200), default="")  # "Mục 2.2 c, Kế hoạch 2705"
    address: Mapped[str] = mapped_column(sa.String(200))
    mark: Mapped[str] = mapped_column(sa.String(32))  # of all that was written, to see what changed
    body: Mapped[str] = mapped_column(sa.Text)
    folded: Mapped[str] = mapped_column(sa.Text)
    __table_args__ = (
        sa.UniqueConstraint("kind", "ref"),
        sa.Index("ix_search_entry_facets", "place", "facets"),  # counting reads no whole row
    )
