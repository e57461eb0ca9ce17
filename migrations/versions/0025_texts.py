"""How many text messages a number had lately is found by an index of text messages alone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"

NAME = "ix_outbox_message_texts"


def upgrade() -> None:
    texts = sa.text("channel = 'sms'")
    where = {"sqlite_where": texts, "postgresql_where": texts}
    op.create_index(NAME, "outbox_message", ["address", "created_at"], **where)


def downgrade() -> None:
    op.drop_index(NAME, table_name="outbox_message")
