"""What a person asks about all of her data at once; a line of the book of supports without its person."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.add_column(
        "data_request", sa.Column("address", sa.String(254), nullable=False, server_default="")
    )
    op.add_column(
        "data_request",
        sa.Column("uncount", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column(
        "support_entry", sa.Column("leaf", sa.String(64), nullable=False, server_default="")
    )
    op.create_index(op.f("ix_data_request_address"), "data_request", ["address"])
    op.create_index(op.f("ix_support_contact_hash"), "support", ["contact_hash"])
    op.create_index(op.f("ix_support_entry_contact_hash"), "support_entry", ["contact_hash"])


def downgrade() -> None:
    op.drop_index(op.f("ix_support_entry_contact_hash"), table_name="support_entry")
    op.drop_index(op.f("ix_support_contact_hash"), table_name="support")
    op.drop_index(op.f("ix_data_request_address"), table_name="data_request")
    op.drop_column("support_entry", "leaf")
    op.drop_column("data_request", "uncount")
    op.drop_column("data_request", "address")
