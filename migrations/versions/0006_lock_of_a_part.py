"""The version of a part, so that of two people who write at once one wins and the other keeps her text."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("part", sa.Column("lock", sa.Integer(), nullable=False, server_default="1"))


def downgrade() -> None:
    op.drop_column("part", "lock")
