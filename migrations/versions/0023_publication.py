"""The register of what was published, and each form in which it was."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def _key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name)


def _number(name: str, *, empty: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=empty)


def _text(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), nullable=False)


def _day(name: str, *, empty: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Date(), nullable=empty)


def upgrade() -> None:
    op.create_table(
        "publication",
        _number("id"),
        _text("title", 300),
        _text("kind", 20),
        _text("decision", 120),
        _number("agency_id"),
        _number("plan_id", empty=True),
        _number("item_id", empty=True),
        _day("decided_on"),
        _day("due_on"),
        _day("first_on", empty=True),
        _day("entered_on"),
        _number("by_id"),
        _number("lock"),
        _text("public_id", 16),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
        _key("publication", "agency_id", "agency"),
        _key("publication", "plan_id", "plan"),
        _key("publication", "item_id", "plan_item"),
        _key("publication", "by_id", "person"),
        sa.UniqueConstraint("public_id", name=op.f("uq_publication_public_id")),
    )
    op.create_index("ix_publication_item_id", "publication", ["item_id"])
    op.create_index("ix_publication_decided_on", "publication", ["decided_on", "id"])
    op.create_index("ix_publication_agency", "publication", ["agency_id", "decided_on", "id"])
    op.create_table(
        "posting",
        _number("id"),
        _number("publication_id"),
        _text("form", 20),
        _text("place", 200),
        _text("person", 120),
        _day("from_on"),
        _day("least_on", empty=True),
        _day("to_on", empty=True),
        _day("entered_on"),
        _day("ended_entered_on", empty=True),
        _number("by_id"),
        _number("evidence_id", empty=True),
        _text("public_id", 16),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting")),
        _key("posting", "publication_id", "publication"),
        _key("posting", "by_id", "person"),
        _key("posting", "evidence_id", "stored_file"),
        sa.UniqueConstraint("public_id", name=op.f("uq_posting_public_id")),
    )
    op.create_index("ix_posting_publication_id", "posting", ["publication_id"])


def downgrade() -> None:
    op.drop_table("posting")
    op.drop_table("publication")
