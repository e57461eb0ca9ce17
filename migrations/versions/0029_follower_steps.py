"""Who follows a petition says whether the steps on the way are to be told too."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    steps = sa.Column("steps", sa.Boolean(), server_default=sa.false(), nullable=False)
    op.add_column("follower", steps)


def downgrade() -> None:
    op.drop_column("follower", "steps")
