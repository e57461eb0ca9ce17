"""The roll-up behind the figures, filled from the files that are there."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

PUBLIC_KINDS = ("concern", "proposal", "question")
NO_CLOCK = date(9999, 12, 31)
KEY = ("agency_id", "month", "public_kind", "outcome", "is_open", "clock_on")


def upgrade() -> None:
    op.create_table(
        "tally",
        *_key(),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_tally_agency_id")),
        sa.PrimaryKeyConstraint(*KEY, name=op.f("pk_tally")),
    )
    op.create_index("ix_tally_month", "tally", ["month"])
    op.create_table(
        "tally_place",
        sa.Column("petition_id", sa.Integer(), autoincrement=False, nullable=False),
        *_key(),
        sa.ForeignKeyConstraint(
            ["petition_id"], ["petition.id"], name=op.f("fk_tally_place_petition_id")
        ),
        sa.PrimaryKeyConstraint("petition_id", name=op.f("pk_tally_place")),
    )
    _fill()


def downgrade() -> None:
    op.drop_table("tally_place")
    op.drop_table("tally")


def _key() -> list[sa.Column]:
    types = (sa.Integer(), sa.Integer(), sa.Boolean(), sa.String(8), sa.Boolean(), sa.Date())
    return [sa.Column(name, kind, nullable=False) for name, kind in zip(KEY, types, strict=True)]


def _fill() -> None:
    tables = sa.MetaData()
    for name in ("petition", "info_request", "tally", "tally_place"):
        sa.Table(name, tables, autoload_with=op.get_bind())
    petition, request = tables.tables["petition"].c, tables.tables["info_request"].c
    asked_late = (
        sa.select(request.id)
        .where(
            request.petition_id == petition.id,
            request.ended_on.is_(None),
            request.asked_on > petition.due_on,
        )
        .correlate(tables.tables["petition"])
        .exists()
    )
    runs = sa.and_(petition.is_open, sa.or_(petition.state != "needs_info", asked_late))
    year = sa.cast(sa.extract("year", petition.submitted_on), sa.Integer)
    month = sa.cast(sa.extract("month", petition.submitted_on), sa.Integer)
    facts = sa.select(
        petition.id,
        petition.agency_id,
        year * 12 + month - 1,
        petition.kind.in_(PUBLIC_KINDS),
        sa.case(
            (petition.answered_on.is_(None), "none"),
            (petition.on_time.is_(True), "on_time"),
            else_="late",
        ),
        petition.is_open,
        sa.case((runs, petition.due_on), else_=sa.literal(NO_CLOCK, sa.Date())),
    ).where(petition.state != "sealed")
    tally, place = tables.tables["tally"], tables.tables["tally_place"]
    op.execute(sa.insert(place).from_select(["petition_id", *KEY], facts))
    keys = [place.c[name] for name in KEY]
    op.execute(
        sa.insert(tally).from_select(
            [*KEY, "number"], sa.select(*keys, sa.func.count()).group_by(*keys)
        )
    )
