"""A copy of a picture in which an officer made faces or plates unreadable, for the public."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def _key(column: str, target: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_blurred_copy_{column}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name)


def upgrade() -> None:
    op.create_table(
        "blurred_copy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blurred_copy")),
        _key("attachment_id", "attachment"),
        _key("file_id", "stored_file"),
        _key("by_id", "person"),
        sa.UniqueConstraint("attachment_id", name=op.f("uq_blurred_copy_attachment_id")),
    )


def downgrade() -> None:
    op.drop_table("blurred_copy")
