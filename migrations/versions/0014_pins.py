"""A pin that a resident sets on the map, and whether everybody sees about where."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

NAMES = ("pin_public", "lon", "lat")


def upgrade() -> None:
    for name in ("lat", "lon"):
        op.add_column("petition", sa.Column(name, sa.Float(53), nullable=True))
    shown = sa.Column("pin_public", sa.Boolean(), nullable=False, server_default=sa.false())
    op.add_column("petition", shown)


def downgrade() -> None:
    for name in NAMES:
        op.drop_column("petition", name)
