"""Wordings of documents that the registry does not know, and what a person said they mean."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def _key(column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_wording_{column}"))


def upgrade() -> None:
    op.create_table(
        "wording",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("folded", sa.String(300), nullable=False),
        sa.Column("words", sa.String(300), nullable=False),
        sa.Column("source", sa.String(120), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lock", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wording")),
        _key("agency_id", "agency"),
        _key("group_id", "agency_group"),
        _key("decided_by_id", "person"),
        sa.UniqueConstraint("folded", name=op.f("uq_wording_folded")),
    )
    op.create_index(op.f("ix_wording_state"), "wording", ["state"])


def downgrade() -> None:
    op.drop_index(op.f("ix_wording_state"), table_name="wording")
    op.drop_table("wording")
