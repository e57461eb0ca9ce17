"""Targets are put right or taken back; what they said before stays."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    op.add_column("target", sa.Column("withdrawn_on", sa.Date(), nullable=True))
    op.create_table(
        "target_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(10), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("number", sa.String(20), nullable=False),
        sa.Column("unit", sa.String(60), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target_change")),
        sa.ForeignKeyConstraint(
            ["target_id"], ["target.id"], name=op.f("fk_target_change_target_id")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_target_change_by_id")),
    )
    op.create_index("ix_target_change_target_id", "target_change", ["target_id"])


def downgrade() -> None:
    op.drop_table("target_change")
    op.drop_column("target", "withdrawn_on")
