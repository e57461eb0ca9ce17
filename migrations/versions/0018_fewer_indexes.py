"""A new file is put into fewer indexes: what nobody asks by is gone, and four hold only the rows asked for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

UNUSED = {
    "ix_petition_assignee": ("petition", "assignee_id", "is_open", "due_on", "id"),
    "ix_leg_agency_id": ("leg", "agency_id"),
    "ix_outbox_message_person_id": ("outbox_message", "person_id"),
}
WHOLE = {
    "ix_petition_item": ("petition", "item_id", "is_public", "submitted_on", "id"),
    "ix_petition_answered": ("petition", "is_public", "answered_on", "id"),
    "ix_petition_dispatch": ("petition", "in_dispatch", "is_open", "due_on", "id"),
    "ix_contact_email": ("contact", "email"),
    "ix_contact_phone": ("contact", "phone"),
}
OF_ITEM = ("petition", "item_id", "submitted_on", "id", "is_open", "on_time")
# by name: the rows, as each engine writes a boolean, and the columns
PARTIAL = {
    "ix_petition_item": ("is_public", OF_ITEM),
    "ix_petition_answered": ("is_public", ("petition", "answered_on", "id")),
    "ix_petition_dispatch": ("in_dispatch", ("petition", "is_open", "due_on", "id")),
    "ix_contact_email": ("email IS NOT NULL", ("contact", "email")),
    "ix_contact_phone": ("phone IS NOT NULL", ("contact", "phone")),
}


def upgrade() -> None:
    _drop(UNUSED | WHOLE)
    for name, (holds, (table, *columns)) in PARTIAL.items():
        sqlite = holds if holds.endswith("NULL") else f"{holds} = 1"
        where = {"sqlite_where": sa.text(sqlite), "postgresql_where": sa.text(holds)}
        op.create_index(name, table, columns, **where)


def downgrade() -> None:
    _drop(WHOLE)
    for name, (table, *columns) in (UNUSED | WHOLE).items():
        op.create_index(name, table, columns)


def _drop(indexes: dict[str, tuple[str, ...]]) -> None:
    for name, (table, *_columns) in indexes.items():
        op.drop_index(name, table_name=table)
