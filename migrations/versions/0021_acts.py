"""Reorganisations in preparation: their bodies, who takes over what, and what people decided."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def _key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"))


def upgrade() -> None:
    op.create_table(
        "act_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(16), nullable=False),
        sa.Column("title", sa.String(250), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("legal_basis", sa.String(250), nullable=False),
        sa.Column("mark", sa.String(12), nullable=False),
        sa.Column("rehearsal", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("scheduled_by_id", sa.Integer(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.Column("reorganisation_id", sa.Integer(), nullable=True),
        sa.Column("lock", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_act_draft")),
        sa.UniqueConstraint("public_id", name=op.f("uq_act_draft_public_id")),
        _key("act_draft", "by_id", "person"),
        _key("act_draft", "scheduled_by_id", "person"),
        _key("act_draft", "done_by_id", "person"),
        _key("act_draft", "reorganisation_id", "reorganisation"),
    )
    op.create_index(op.f("ix_act_draft_state"), "act_draft", ["state"])
    op.create_table(
        "act_body",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(10), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("short_name", sa.String(120), nullable=False),
        sa.Column("level", sa.String(20), nullable=False),
        sa.Column("place_name", sa.String(80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_act_body")),
        _key("act_body", "draft_id", "act_draft"),
        _key("act_body", "agency_id", "agency"),
    )
    op.create_index(op.f("ix_act_body_draft_id"), "act_body", ["draft_id"])
    op.create_table(
        "act_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("giver_id", sa.Integer(), nullable=False),
        sa.Column("taker_id", sa.Integer(), nullable=False),
        sa.Column("function", sa.String(200), nullable=False),
        sa.Column("keywords", sa.String(400), nullable=False),
        sa.Column("is_main", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_act_line")),
        _key("act_line", "draft_id", "act_draft"),
        _key("act_line", "giver_id", "act_body"),
        _key("act_line", "taker_id", "act_body"),
    )
    op.create_index(op.f("ix_act_line_draft_id"), "act_line", ["draft_id"])
    op.create_table(
        "act_choice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("mover", sa.String(30), nullable=False),
        sa.Column("subject", sa.String(60), nullable=False),
        sa.Column("choice", sa.String(40), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_act_choice")),
        _key("act_choice", "draft_id", "act_draft"),
        _key("act_choice", "by_id", "person"),
        sa.UniqueConstraint(
            "draft_id", "mover", "subject", name=op.f("uq_act_choice_draft_id_mover_subject")
        ),
    )


def downgrade() -> None:
    for table in ("act_choice", "act_line", "act_body", "act_draft"):
        op.drop_table(table)
