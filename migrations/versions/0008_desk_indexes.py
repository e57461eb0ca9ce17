"""A desk's headings are counted along an index, however many files lie under them."""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"

INDEXES = {
    "ix_petition_desk": ("petition", "agency_id", "is_open", "in_dispatch", "due_on", "id"),
    "ix_petition_unassigned": ("petition", "agency_id", "is_open", "assignee_id", "due_on", "id"),
    "ix_petition_state": ("petition", "agency_id", "state", "due_on", "id"),
    "ix_outcome_undecided": ("outcome", "kind", "confirmed_at"),
    "ix_extension_undecided": ("extension", "approved_at"),
}


def upgrade() -> None:
    for name, (table, *columns) in INDEXES.items():
        op.create_index(name, table, columns)


def downgrade() -> None:
    for name, (table, *_columns) in reversed(INDEXES.items()):
        op.drop_index(name, table_name=table)
