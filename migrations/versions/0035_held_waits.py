"""The day on which it was decided about a held petition: how long each waited is counted by days."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"

DAYS = {
    "postgresql": "CAST(decided_at AT TIME ZONE 'Asia/Ho_Chi_Minh' AS date)",
    "sqlite": "date(decided_at, '+7 hours')",
}


def upgrade() -> None:
    op.add_column("held_petition", sa.Column("decided_on", sa.Date(), nullable=True))
    day = DAYS[op.get_bind().dialect.name]
    op.execute(f"UPDATE held_petition SET decided_on = {day} WHERE decided_at IS NOT NULL")
    op.create_index("ix_held_petition_sent_on", "held_petition", ["sent_on"])


def downgrade() -> None:
    op.drop_index("ix_held_petition_sent_on", "held_petition")
    op.drop_column("held_petition", "decided_on")
