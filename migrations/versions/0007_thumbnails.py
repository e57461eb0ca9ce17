"""Small copies of pictures."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "thumbnail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_thumbnail_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thumbnail")),
        sa.UniqueConstraint("file_id", name=op.f("uq_thumbnail_file_id")),
    )
    op.create_index(op.f("ix_thumbnail_sha256"), "thumbnail", ["sha256"], unique=False)


def downgrade() -> None:
    op.drop_table("thumbnail")
