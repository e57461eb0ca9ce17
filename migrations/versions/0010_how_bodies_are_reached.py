"""Addresses and hours of bodies; public files of a commune by index."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

BY_COMMUNE = ["commune_id", "is_public", "submitted_on", "id"]


def upgrade() -> None:
    op.create_table(
        "agency_contact",
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("hours", sa.String(length=200), nullable=False),
        sa.Column("reception", sa.String(length=200), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_agency_contact_agency_id")
        ),
        sa.PrimaryKeyConstraint("agency_id", name=op.f("pk_agency_contact")),
    )
    op.create_index("ix_petition_commune", "petition", BY_COMMUNE, unique=False)
    op.drop_index(op.f("ix_petition_commune_id"), table_name="petition")


def downgrade() -> None:
    op.create_index(op.f("ix_petition_commune_id"), "petition", ["commune_id"], unique=False)
    op.drop_index("ix_petition_commune", table_name="petition")
    op.drop_table("agency_contact")
