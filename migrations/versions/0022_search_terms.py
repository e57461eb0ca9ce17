"""The search index asked by terms: FTS5 on SQLite, ``tsvector`` and GIN on PostgreSQL.

The index is made of other tables and is made anew, here empty; ``env.py`` fills it at the end.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from feedback.core import sqlite
from feedback.search.ddl import create, drop

revision = "0022"
down_revision = "0021"

PLACE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _run(statements: list[str]) -> None:
    for statement in statements:
        op.get_bind().exec_driver_sql(statement)


def _words(*names: str, **more: int) -> list[sa.Column[Any]]:
    texts = [sa.Column(name, sa.Text(), nullable=False) for name in names]
    return [*(sa.Column(n, sa.String(size), nullable=False) for n, size in more.items()), *texts]


def upgrade() -> None:
    op.drop_index(op.f("ix_search_entry_kind"), table_name="search_entry")
    op.drop_table("search_entry")
    op.create_table(
        "search_entry",
        sa.Column("place", PLACE, autoincrement=False, nullable=False),
        sa.Column("ref", sa.Integer(), nullable=False),
        *_words("body", "folded", kind=20, facets=600, title=300, note=200, address=200, mark=32),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_search_entry")),
        sa.UniqueConstraint("kind", "ref", name=op.f("uq_search_entry_kind_ref")),
    )
    _run(create(op.get_bind().dialect.name, sqlite.module().sqlite_version_info))


def downgrade() -> None:
    _run(drop(op.get_bind().dialect.name))
    op.drop_table("search_entry")
    op.create_table(
        "search_entry",
        *_words("body", "folded", subject=60, kind=20, title=300, folded_title=300, address=200, note=200),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_search_entry")),
    )
    op.create_index(op.f("ix_search_entry_kind"), "search_entry", ["kind"], unique=False)
