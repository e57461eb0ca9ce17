"""Petitions that came in a flood and wait for a person."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"


def _key(column: str, target: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_held_petition_{column}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name)


def upgrade() -> None:
    op.create_table(
        "held_petition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.Column("submission_key", sa.String(64), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("why", sa.String(12), nullable=False),
        sa.Column("mark", sa.String(32), nullable=False),
        sa.Column("standing", sa.String(12), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("title", sa.String(160), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("place", sa.String(300), nullable=False),
        sa.Column("lat", sa.Float(53), nullable=True),
        sa.Column("lon", sa.Float(53), nullable=True),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("commune_id", sa.Integer(), nullable=True),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("phone", sa.String(20), nullable=False),
        sa.Column("sender_name", sa.String(120), nullable=False),
        sa.Column("consents", sa.String(200), nullable=False),
        sa.Column("locale", sa.String(5), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=True),
        sa.Column("aside_reason", sa.String(20), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("public_id", sa.String(16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_petition")),
        _key("item_id", "plan_item"),
        _key("commune_id", "agency"),
        _key("decided_by_id", "person"),
        sa.UniqueConstraint("code_hash", name=op.f("uq_held_petition_code_hash")),
        sa.UniqueConstraint("submission_key", name=op.f("uq_held_petition_submission_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_held_petition_public_id")),
    )
    op.create_index(
        "ix_held_petition_group", "held_petition", ["standing", "why", "mark", "id"]
    )
    op.create_index("ix_held_petition_email", "held_petition", ["email"])
    op.create_index("ix_held_petition_batch", "held_petition", ["batch"])


def downgrade() -> None:
    op.drop_table("held_petition")
