"""Consents by purpose, as proof; what people ask about their own data."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

MOMENT = sa.DateTime(timezone=True)


def _text(name: str, length: int) -> sa.Column[Any]:
    return sa.Column(name, sa.String(length), nullable=False)


def _day(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Date(), nullable=nullable)


def _number(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _key(column: str, target: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_data_request_{column}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name)


def upgrade() -> None:
    kind = sa.String(10)
    op.add_column("petition", sa.Column("notices", kind, nullable=False, server_default="needed"))
    op.create_table(
        "consent",
        _number("id"),
        _text("subject", 40),
        _text("purpose", 20),
        _text("version", 10),
        _text("locale", 5),
        _text("channel", 10),
        sa.Column("given_at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index("ix_consent_subject", "consent", ["subject"])
    op.create_table(
        "data_request",
        _number("id"),
        _text("public_id", 16),
        sa.Column("created_at", MOMENT, nullable=False),
        _number("petition_id"),
        _text("kind", 10),
        sa.Column("words", sa.Text(), nullable=False),
        _text("state", 10),
        _day("asked_on"),
        _day("reply_due_on"),
        _day("due_on"),
        _number("term_rule_id"),
        _day("replied_on", nullable=True),
        _day("ended_on", nullable=True),
        _number("by_id", nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        _text("reason_code", 20),
        _number("lock"),
        _key("petition_id", "petition"),
        _key("term_rule_id", "term_rule"),
        _key("by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_request")),
        sa.UniqueConstraint("public_id", name=op.f("uq_data_request_public_id")),
    )
    op.create_index("ix_data_request_petition_id", "data_request", ["petition_id"])
    op.create_index("ix_data_request_desk", "data_request", ["state", "due_on", "id"])


def downgrade() -> None:
    op.drop_table("data_request")
    op.drop_table("consent")
    op.drop_column("petition", "notices")
