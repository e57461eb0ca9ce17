"""What items are to reach, what agencies report about them, and who follows them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def _key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name)


def _id(table: str) -> tuple[sa.Column[int], sa.PrimaryKeyConstraint]:
    key = sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))
    return sa.Column("id", sa.Integer(), nullable=False), key


def _made_at() -> sa.Column[object]:
    return sa.Column("created_at", sa.DateTime(timezone=True), nullable=False)


def _text(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), nullable=False)


def upgrade() -> None:
    _measures()
    _reports()
    op.create_table(
        "item_weight",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_item_weight")),
        _key("item_weight", "item_id", "plan_item"),
    )
    op.create_table(
        "reporting_rhythm",
        *_id("reporting_rhythm"),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.Column("months", sa.Integer(), nullable=False),
        _text("term", 8),
        _text("basis", 200),
        _made_at(),
        _key("reporting_rhythm", "plan_id", "plan"),
        sa.UniqueConstraint("plan_id", name=op.f("uq_reporting_rhythm_plan_id")),
    )
    op.create_table(
        "plan_follower",
        *_id("plan_follower"),
        _text("subject", 20),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        _text("who", 72),
        _text("email", 254),
        sa.Column("person_id", sa.Integer(), nullable=True),
        _text("locale", 5),
        _text("public_id", 16),
        _made_at(),
        _key("plan_follower", "plan_id", "plan"),
        _key("plan_follower", "item_id", "plan_item"),
        _key("plan_follower", "person_id", "person"),
        sa.UniqueConstraint("subject", "who", name=op.f("uq_plan_follower_subject_who")),
        sa.UniqueConstraint("public_id", name=op.f("uq_plan_follower_public_id")),
    )
    op.create_index("ix_plan_follower_who", "plan_follower", ["who"])


def _measures() -> None:
    op.create_table(
        "target",
        *_id("target"),
        sa.Column("item_id", sa.Integer(), nullable=False),
        _text("name", 300),
        _text("number", 20),
        _text("unit", 60),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("set_by_id", sa.Integer(), nullable=True),
        _made_at(),
        _key("target", "item_id", "plan_item"),
        _key("target", "set_by_id", "person"),
    )
    op.create_index("ix_target_item_id", "target", ["item_id"])
    op.create_table(
        "milestone",
        *_id("milestone"),
        sa.Column("item_id", sa.Integer(), nullable=False),
        _text("title", 300),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("moved_reason", sa.Text(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("done_entered_on", sa.Date(), nullable=True),
        sa.Column("set_by_id", sa.Integer(), nullable=True),
        _made_at(),
        _key("milestone", "item_id", "plan_item"),
        _key("milestone", "set_by_id", "person"),
    )
    op.create_index("ix_milestone_item_id", "milestone", ["item_id"])


def _reports() -> None:
    op.create_table(
        "progress_report",
        *_id("progress_report"),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        _text("role", 12),
        _text("status", 12),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("as_of_on", sa.Date(), nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=False),
        _text("public_id", 16),
        _made_at(),
        _key("progress_report", "item_id", "plan_item"),
        _key("progress_report", "agency_id", "agency"),
        _key("progress_report", "by_id", "person"),
        sa.UniqueConstraint("public_id", name=op.f("uq_progress_report_public_id")),
    )
    op.create_index("ix_progress_report_item_id_id", "progress_report", ["item_id", "id"])
    op.create_index("ix_progress_report_agency_id", "progress_report", ["agency_id"])
    op.create_table(
        "target_value",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        _text("value", 20),
        sa.PrimaryKeyConstraint("report_id", "target_id", name=op.f("pk_target_value")),
        _key("target_value", "report_id", "progress_report"),
        _key("target_value", "target_id", "target"),
    )
    op.create_table(
        "evidence",
        *_id("evidence"),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        _text("public_id", 16),
        _key("evidence", "report_id", "progress_report"),
        _key("evidence", "file_id", "stored_file"),
        sa.UniqueConstraint("public_id", name=op.f("uq_evidence_public_id")),
    )
    op.create_index("ix_evidence_report_id", "evidence", ["report_id"])


def downgrade() -> None:
    for table in (
        "evidence",
        "target_value",
        "progress_report",
        "milestone",
        "target",
        "plan_follower",
        "reporting_rhythm",
        "item_weight",
    ):
        op.drop_table(table)
