"""Comments: one form, one comment; a moderator's words beside her reason; both desk lists by index."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("comment", sa.Column("submission_key", sa.String(length=64), nullable=True))
    words = sa.Column("hidden_words", sa.String(length=500), nullable=False, server_default="")
    op.add_column("comment", words)
    op.create_index(
        op.f("ix_comment_submission_key"), "comment", ["submission_key"], unique=True
    )
    op.create_index("ix_comment_state_created_at", "comment", ["state", "created_at", "id"])
    op.create_index("ix_comment_screened_at", "comment", ["screened_at", "id"])


def downgrade() -> None:
    op.drop_index("ix_comment_screened_at", table_name="comment")
    op.drop_index("ix_comment_state_created_at", table_name="comment")
    op.drop_index(op.f("ix_comment_submission_key"), table_name="comment")
    op.drop_column("comment", "hidden_words")
    op.drop_column("comment", "submission_key")
