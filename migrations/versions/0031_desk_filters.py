"""The list of a desk narrowed to a kind or a commune: indexes in the order of its pages."""

from __future__ import annotations

from alembic import op

revision = "0031"
down_revision = "0030"

INDEXES = {
    "ix_petition_place": ("agency_id", "is_open", "commune_id", "due_on", "id"),
    "ix_petition_kind": ("agency_id", "is_open", "kind", "due_on", "id"),
}


def upgrade() -> None:
    for name, columns in INDEXES.items():
        op.create_index(name, "petition", columns)


def downgrade() -> None:
    for name in INDEXES:
        op.drop_index(name, "petition")
