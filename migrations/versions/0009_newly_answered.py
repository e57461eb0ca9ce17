"""The front page finds what was newly answered by index, however many files there are."""

from __future__ import annotations

from alembic import op

revision = "0009"
down_revision = "0008"

NAME = "ix_petition_answered"


def upgrade() -> None:
    op.create_index(NAME, "petition", ["is_public", "answered_on", "id"])


def downgrade() -> None:
    op.drop_index(NAME, table_name="petition")
