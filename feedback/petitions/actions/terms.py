"""Loading the dated rows of terms; running it again changes nothing."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import sqlalchemy as sa

from feedback import audit
from feedback.core.db import db
from feedback.petitions.models import TermRule
from feedback.petitions.rules.comparing import table_mark

DATA = Path(__file__).resolve().parents[1] / "data" / "deadline_rules.csv"


def load_terms(path: Path = DATA) -> int:
    """Terms into an empty table; returns their number, 0 when there are some already."""
    if db.session.scalar(sa.select(sa.func.count()).select_from(TermRule)):
        return 0
    with path.open(encoding="utf-8", newline="") as source:
        rules = [_rule(row) for row in csv.DictReader(source)]
    db.session.add_all(rules)
    table = table_mark(rule.as_rule() for rule in rules)
    fields = {"rows": (str(len(rules)), "public"), "table": (table, "public")}
    audit.record("term:loaded", subject="term:all", by=None, fields=fields)
    return len(rules)


def _rule(row: dict[str, str]) -> TermRule:
    return TermRule(
        code=row["code"],
        step=row["step"],
        amount=int(row["amount"]),
        unit=row["unit"],
        basis=row["basis"],
        mark=row["mark"],
        binds=row["binds"],
        valid_from=_day(row["valid_from"]),
        valid_to=_day(row["valid_to"]),
    )


def _day(value: str) -> date | None:
    return date.fromisoformat(value) if value else None
