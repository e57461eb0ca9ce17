"""Comments answer each other: threads, replies of agencies, reports, marks, decisions that can be undone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

INDEXES = {
    "ix_comment_on_item_new": ["item_id", "thread_id", "listed", "created_at", "id"],
    "ix_comment_on_item_helpful": ["item_id", "thread_id", "listed", "helpful", "id"],
    "ix_comment_in_thread": ["thread_id", "listed", "branch_id", "id"],
    "ix_comment_desk": ["waits", "created_at", "id"],
}
NUMBERS = ("thread_id", "branch_id", "official_id", "waits", "replies", "helpful", "reports")


def upgrade() -> None:
    for name in NUMBERS:
        op.add_column("comment", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    listed = sa.Column("listed", sa.Boolean(), nullable=False, server_default=sa.false())
    op.add_column("comment", listed)
    caught = sa.Column("caught", sa.String(60), nullable=False, server_default="")
    op.add_column("comment", caught)
    op.add_column("comment", sa.Column("author_key", sa.String(64), nullable=True))
    op.execute(sa.text("UPDATE comment SET listed = (state = 'visible')"))
    op.execute(sa.text("UPDATE comment SET waits = 3 WHERE state = 'pending'"))
    op.drop_index("ix_comment_item_id_state_created_at", table_name="comment")
    for name, columns in INDEXES.items():
        op.create_index(name, "comment", columns)
    _decisions()
    _reports()
    _marks()


def _key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"))


def _decisions() -> None:
    op.create_table(
        "comment_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch", sa.String(16), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("verb", sa.String(10), nullable=False),
        sa.Column("was", sa.JSON(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        _key("comment_decision", "comment_id", "comment"),
        _key("comment_decision", "by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_decision")),
    )
    op.create_index("ix_comment_decision_by", "comment_decision", ["by_id", "id"])
    op.create_index("ix_comment_decision_comment_id", "comment_decision", ["comment_id", "id"])


def _reports() -> None:
    op.create_table(
        "comment_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("visitor_hash", sa.String(64), nullable=False),
        sa.Column("reason", sa.String(20), nullable=False),
        sa.Column("words", sa.String(300), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        _key("comment_report", "comment_id", "comment"),
        _key("comment_report", "decision_id", "comment_decision"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_report")),
        sa.UniqueConstraint(
            "comment_id", "visitor_hash", name=op.f("uq_comment_report_comment_id_visitor_hash")
        ),
    )
    op.create_index("ix_comment_report_decision_id", "comment_report", ["decision_id"])


def _marks() -> None:
    op.create_table(
        "comment_mark",
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("visitor_hash", sa.String(64), nullable=False),
        _key("comment_mark", "comment_id", "comment"),
        sa.PrimaryKeyConstraint("comment_id", "visitor_hash", name=op.f("pk_comment_mark")),
    )
    op.create_table(
        "comment_trace",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_trace")),
    )
    op.create_index("ix_comment_trace_key", "comment_trace", ["key", "created_at"])


def downgrade() -> None:
    for table in ("comment_trace", "comment_mark", "comment_report", "comment_decision"):
        op.drop_table(table)
    for name in INDEXES:
        op.drop_index(name, table_name="comment")
    op.create_index(
        "ix_comment_item_id_state_created_at", "comment", ["item_id", "state", "created_at"]
    )
    for name in ("author_key", "caught", "listed", *NUMBERS):
        op.drop_column("comment", name)
