"""How each of the staff wants to learn of things, and what waits for the mail of the morning."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"


def upgrade() -> None:
    op.add_column("person", sa.Column("notice_ways", sa.JSON(), nullable=True))
    op.add_column(
        "inbox_item",
        sa.Column("for_digest", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.create_index(
        "ix_inbox_item_digest",
        "inbox_item",
        ["person_id", "id"],
        sqlite_where=sa.text("for_digest = 1"),
        postgresql_where=sa.text("for_digest"),
    )


def downgrade() -> None:
    op.drop_index("ix_inbox_item_digest", "inbox_item")
    op.drop_column("inbox_item", "for_digest")
    op.drop_column("person", "notice_ways")
