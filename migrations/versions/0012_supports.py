"""Residents support a petition; followers; thresholds that bind who must answer."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

MOMENT = sa.DateTime(timezone=True)
ON_PETITION = (
    ("supports", sa.Integer(), "0"),
    ("supports_reached", sa.Integer(), "0"),
    ("head_answers", sa.Boolean(), sa.false()),
)


def _text(name: str, length: int) -> sa.Column[Any]:
    return sa.Column(name, sa.String(length), nullable=False)


def _key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"))


def _created() -> sa.Column[Any]:
    return sa.Column("created_at", MOMENT, nullable=False)


def _id(table: str) -> tuple[Any, ...]:
    key = sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))
    return sa.Column("id", sa.Integer(), nullable=False), key


def upgrade() -> None:
    for name, kind, default in ON_PETITION:
        column: sa.Column[Any] = sa.Column(name, kind, nullable=False, server_default=default)
        op.add_column("petition", column)
    phone: sa.Column[Any] = sa.Column("phone", sa.String(20), nullable=False, server_default="")
    op.add_column("resident_session", phone)
    _followers()
    _supports()
    _book()
    _thresholds()


def _followers() -> None:
    op.create_table(
        "follower",
        *_id("follower"),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        _text("public_id", 16),
        _text("contact_hash", 64),
        _text("email", 254),
        _text("phone", 20),
        _text("locale", 5),
        sa.Column("own", sa.Boolean(), nullable=False),
        _created(),
        _key("follower", "petition_id", "petition"),
        sa.UniqueConstraint("public_id", name=op.f("uq_follower_public_id")),
        sa.UniqueConstraint(
            "petition_id", "contact_hash", name=op.f("uq_follower_petition_id_contact_hash")
        ),
    )
    op.create_index("ix_follower_contact_hash", "follower", ["contact_hash"])


def _supports() -> None:
    op.create_table(
        "support",
        *_id("support"),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        _text("contact_hash", 64),
        _text("standing", 10),
        _text("network_hash", 64),
        _text("domain_hash", 64),
        _created(),
        _key("support", "petition_id", "petition"),
        sa.UniqueConstraint(
            "petition_id", "contact_hash", name=op.f("uq_support_petition_id_contact_hash")
        ),
    )
    op.create_index("ix_support_standing", "support", ["petition_id", "standing"])
    for what in ("network", "domain"):
        columns = ["petition_id", f"{what}_hash", "created_at"]
        op.create_index(f"ix_support_{what}", "support", columns)
    op.create_index("ix_support_doubtful", "support", ["standing", "petition_id"])


def _book() -> None:
    op.create_table(
        "support_batch",
        *_id("support_batch"),
        sa.Column("number", sa.Integer(), nullable=False),
        _text("root", 64),
        _created(),
    )
    op.create_table(
        "support_entry",
        *_id("support_entry"),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        _text("contact_hash", 64),
        _text("what", 10),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        _created(),
        _key("support_entry", "petition_id", "petition"),
        _key("support_entry", "batch_id", "support_batch"),
    )
    for name in ("petition_id", "batch_id"):
        op.create_index(f"ix_support_entry_{name}", "support_entry", [name])


def _thresholds() -> None:
    op.create_table(
        "support_threshold",
        *_id("support_threshold"),
        _text("kind", 20),
        _text("level", 20),
        _text("effect", 12),
        sa.Column("number", sa.Integer(), nullable=False),
        _text("tell", 60),
        _created(),
        sa.UniqueConstraint(
            "kind", "level", "effect", name=op.f("uq_support_threshold_kind_level_effect")
        ),
    )
    op.create_table(
        "support_crossing",
        sa.Column("petition_id", sa.Integer(), nullable=False),
        _text("effect", 12),
        sa.Column("number", sa.Integer(), nullable=False),
        _created(),
        _key("support_crossing", "petition_id", "petition"),
        sa.PrimaryKeyConstraint("petition_id", "effect", name=op.f("pk_support_crossing")),
    )
    op.create_index("ix_support_crossing_lately", "support_crossing", ["created_at"])


def downgrade() -> None:
    for table in (
        "support_crossing",
        "support_threshold",
        "support_entry",
        "support_batch",
        "support",
        "follower",
    ):
        op.drop_table(table)
    op.drop_column("resident_session", "phone")
    for name, _kind, _default in ON_PETITION:
        op.drop_column("petition", name)
