"""Each version of a plan keeps whom its items name and by when; filled from what is still known."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"

TEXT = sa.table(
    "item_text",
    *map(sa.column, ("version_id", "item_id", "deadline_text")),
    sa.column("deadline_on", sa.Date),
    sa.column("named", sa.JSON),
)


def upgrade() -> None:
    op.add_column("item_text", sa.Column("deadline_text", sa.String(200), nullable=True))
    op.add_column("item_text", sa.Column("deadline_on", sa.Date(), nullable=True))
    op.add_column("item_text", sa.Column("named", sa.JSON(), nullable=True))
    _fill_newest()
    _fill_earlier()


def downgrade() -> None:
    for column in ("named", "deadline_on", "deadline_text"):
        op.drop_column("item_text", column)


def _rows(statement: str) -> Iterable[Any]:
    return op.get_bind().execute(sa.text(statement)).all()


def _who(agency_id: int | None, group_id: int | None) -> str:
    if agency_id:
        return f"a{agency_id}"
    return f"g{group_id}" if group_id else ""


def _put(version_id: int, item_id: int, text: str, day: date | None, named: list[Any]) -> None:
    mine = (TEXT.c.version_id == version_id) & (TEXT.c.item_id == item_id)
    values = {"deadline_text": text, "deadline_on": day, "named": named}
    op.get_bind().execute(sa.update(TEXT).where(mine).values(values))


def _fill_newest() -> None:
    """The version in force says what the items say now."""
    lines = defaultdict(list)
    for row in _rows(
        "SELECT item_id, role, wording, agency_id, group_id FROM assignment ORDER BY item_id, position"
    ):
        lines[row.item_id].append([row.role, row.wording, _who(row.agency_id, row.group_id)])
    for row in _rows(
        "SELECT t.version_id, i.id, i.shared_from_id, i.deadline_text, i.deadline_on FROM item_text t"
        " JOIN plan_item i ON i.id = t.item_id JOIN plan_version v ON v.id = t.version_id"
        " WHERE i.gone_in IS NULL AND v.number ="
        " (SELECT max(o.number) FROM plan_version o WHERE o.plan_id = v.plan_id)"
    ):
        day = date.fromisoformat(row.deadline_on) if isinstance(row.deadline_on, str) else None
        day = row.deadline_on if isinstance(row.deadline_on, date) else day
        named = lines.get(row.shared_from_id or row.id, [])
        _put(row.version_id, row.id, row.deadline_text, day, named)


def _fill_earlier() -> None:
    """The reading that brought a version kept what the plan said before it."""
    for row in _rows(
        "SELECT r.before, e.id FROM reading r JOIN plan_version v"
        " ON v.plan_id = r.plan_id AND v.source_sha256 = r.sha256"
        " JOIN plan_version e ON e.plan_id = v.plan_id AND e.number = v.number - 1"
        " WHERE r.state = 'published' AND r.before IS NOT NULL"
    ):
        before = json.loads(row.before) if isinstance(row.before, str) else row.before
        entries = {entry["path"]: entry for entry in before["entries"]}
        for entry in entries.values():
            source = entries.get(entry["shared_from"], entry)
            named = [
                [one["role"], one["wording"], _who(one["agency_id"], one["group_id"])]
                for one in source["named"]
            ]
            day = entry["deadline_on"]
            text = entry["deadline_text"]
            _put(row.id, entry["item_id"], text, date.fromisoformat(day) if day else None, named)
