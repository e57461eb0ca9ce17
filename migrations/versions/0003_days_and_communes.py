"""Figures by commune, with disputes and the working days to the first answer."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

NO_CLOCK = date(9999, 12, 31)
PUBLIC_KINDS = ("concern", "proposal", "question")
INTEGER, BOOLEAN, DATE, WORD = sa.Integer(), sa.Boolean(), sa.Date(), sa.String(length=8)
PLACE: dict[str, Any] = {
    "agency_id": INTEGER,
    "commune_id": INTEGER,
    "month": INTEGER,
    "public_kind": BOOLEAN,
    "outcome": WORD,
    "is_open": BOOLEAN,
    "disputed": BOOLEAN,
    "clock_on": DATE,
    "days": INTEGER,
}
OLD_KEY = {name: PLACE[name] for name in PLACE if name not in {"commune_id", "disputed", "days"}}
KEY = {
    "dimension": WORD,
    "month": INTEGER,
    "body_id": INTEGER,
    **{name: PLACE[name] for name in ("public_kind", "outcome", "is_open", "disputed", "clock_on")},
}
DAYS_KEY = {name: KEY[name] for name in ("dimension", "month", "body_id", "public_kind")}
DAYS_KEY["days"] = INTEGER
FILE = {
    "id": INTEGER,
    "kind": sa.String(),
    "state": sa.String(),
    "agency_id": INTEGER,
    "commune_id": INTEGER,
    "is_open": BOOLEAN,
    "submitted_on": DATE,
    "answered_on": DATE,
    "due_on": DATE,
    "on_time": BOOLEAN,
}


def _table(name: str, columns: dict[str, Any]) -> sa.TableClause:
    return sa.table(name, *(sa.column(c, kind) for c, kind in columns.items()))


FILES = _table("petition", FILE | {"answer_days": INTEGER})


def upgrade() -> None:
    op.add_column("petition", sa.Column("answer_days", INTEGER, nullable=True))
    _count_days()
    op.drop_table("tally_place")
    op.drop_index("ix_tally_month", table_name="tally")
    op.drop_table("tally")
    _create("tally", KEY)
    _create("tally_days", DAYS_KEY)
    _create_places(PLACE)
    _fill_places(PLACE)
    places = _table("tally_place", PLACE)
    for dimension, body in (("agency", "agency_id"), ("commune", "commune_id")):
        _sum_up("tally", KEY, places, dimension, body)
        _sum_up("tally_days", DAYS_KEY, places, dimension, body, places.c.days >= 0)


def downgrade() -> None:
    op.drop_table("tally_place")
    op.drop_table("tally_days")
    op.drop_table("tally")
    op.drop_column("petition", "answer_days")
    op.create_table(
        "tally",
        *(sa.Column(name, kind, nullable=False) for name, kind in OLD_KEY.items()),
        sa.Column("number", INTEGER, nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_tally_agency_id")),
        sa.PrimaryKeyConstraint(*OLD_KEY, name=op.f("pk_tally")),
    )
    op.create_index("ix_tally_month", "tally", ["month"], unique=False)
    _create_places(OLD_KEY)
    _fill_places(OLD_KEY)
    places = _table("tally_place", OLD_KEY)
    columns = [places.c[name] for name in OLD_KEY]
    op.get_bind().execute(
        sa.insert(_table("tally", OLD_KEY | {"number": INTEGER})).from_select(
            [*OLD_KEY, "number"], sa.select(*columns, sa.func.count()).group_by(*columns)
        )
    )


def _create(name: str, key: dict[str, Any]) -> None:
    op.create_table(
        name,
        *(sa.Column(column, kind, nullable=False) for column, kind in key.items()),
        sa.Column("number", INTEGER, nullable=False),
        sa.PrimaryKeyConstraint(*key, name=op.f(f"pk_{name}")),
        sqlite_with_rowid=False,
    )


def _create_places(place: dict[str, Any]) -> None:
    op.create_table(
        "tally_place",
        sa.Column("petition_id", INTEGER, autoincrement=False, nullable=False),
        *(sa.Column(name, kind, nullable=False) for name, kind in place.items()),
        sa.ForeignKeyConstraint(
            ["petition_id"], ["petition.id"], name=op.f("fk_tally_place_petition_id")
        ),
        sa.PrimaryKeyConstraint("petition_id", name=op.f("pk_tally_place")),
    )


def _count_days() -> None:
    """Working days from day zero to the first answer, for all files of the same two days at once."""
    bind = op.get_bind()
    differing = _table("calendar_day", {"day": DATE, "kind": sa.String()})
    known = {row.day: row.kind == "worked" for row in bind.execute(sa.select(differing))}
    sent, answered = FILES.c.submitted_on, FILES.c.answered_on
    pairs = sa.select(sent, answered).where(answered.is_not(None)).distinct()
    right: dict[date, dict[date, int]] = {}
    for start, end in bind.execute(pairs):
        days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
        taken = sum(known.get(day, day.weekday() < 5) for day in days)
        right.setdefault(start, {})[end] = taken
    for start in sorted(right):
        bind.execute(
            sa.update(FILES)
            .where(sent == start, answered.in_(right[start]))
            .values(answer_days=sa.case(right[start], value=answered))
        )


def _fill_places(place: dict[str, Any]) -> None:
    requests = _table(
        "info_request", {"id": INTEGER, "petition_id": INTEGER, "asked_on": DATE, "ended_on": DATE}
    )
    disputes = _table("dispute", {"id": INTEGER, "petition_id": INTEGER})
    asked_late = (
        sa.select(requests.c.id)
        .where(
            requests.c.petition_id == FILES.c.id,
            requests.c.ended_on.is_(None),
            requests.c.asked_on > FILES.c.due_on,
        )
        .correlate(FILES)
        .exists()
    )
    runs = sa.and_(FILES.c.is_open, sa.or_(FILES.c.state != "needs_info", asked_late))
    year, month = (sa.extract(part, FILES.c.submitted_on) for part in ("year", "month"))
    values = {
        "agency_id": FILES.c.agency_id,
        "commune_id": sa.func.coalesce(FILES.c.commune_id, 0),
        "month": sa.cast(year, INTEGER) * 12 + sa.cast(month, INTEGER) - 1,
        "public_kind": FILES.c.kind.in_(PUBLIC_KINDS),
        "outcome": sa.case(
            (FILES.c.answered_on.is_(None), "none"),
            (FILES.c.on_time.is_(True), "on_time"),
            else_="late",
        ),
        "is_open": FILES.c.is_open,
        "disputed": sa.select(disputes.c.id)
        .where(disputes.c.petition_id == FILES.c.id)
        .correlate(FILES)
        .exists(),
        "clock_on": sa.case((runs, FILES.c.due_on), else_=sa.literal(NO_CLOCK, DATE)),
        "days": sa.case(
            (FILES.c.answer_days.is_(None), -1),
            (FILES.c.answer_days > 60, 60),
            else_=FILES.c.answer_days,
        ),
    }
    rows = sa.select(FILES.c.id, *(values[name] for name in place)).where(FILES.c.state != "sealed")
    target = _table("tally_place", {"petition_id": INTEGER, **place})
    op.get_bind().execute(sa.insert(target).from_select(["petition_id", *place], rows))


def _sum_up(
    name: str,
    key: dict[str, Any],
    places: sa.TableClause,
    dimension: str,
    body: str,
    *conditions: sa.ColumnElement[bool],
) -> None:
    grouped = [places.c[body if column == "body_id" else column] for column in list(key)[1:]]
    rows = sa.select(sa.literal(dimension), *grouped, sa.func.count()).where(*conditions)
    op.get_bind().execute(
        sa.insert(_table(name, key | {"number": INTEGER})).from_select(
            [*key, "number"], rows.group_by(*grouped)
        )
    )
