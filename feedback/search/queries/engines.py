"""The newest of what holds certain terms, asked of each engine in its own words.

Neither ranks: which step a hit belongs to is said by terms, and within a step the newest come first. So a
statement may stop as soon as it has enough, however common a word is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from feedback.search.rules import terms
from feedback.search.rules.asking import Match, Question

END = 1 << 62  # behind every place
SPANS = (3, 30, 240, 2000)  # days, each some eight times the one before; then everything
_EXACT = (
    " AND EXISTS (SELECT 1 FROM search_entry e"
    " WHERE e.place = search_term.rowid AND e.folded LIKE :exact_{})"
)
_ANY = ("",)  # the only span: everything


@dataclass(frozen=True)
class Newest:
    """The newest ``:most`` places that hold ``match``, as SQL; ``name`` keeps several in one statement
    apart. ``spans`` help PostgreSQL alone: see ``spans_of``."""

    question: Question
    match: Match
    below: int = END
    spans: Sequence[str] = _ANY
    name: str = "0"

    def sql(self, dialect: str) -> str:
        n = self.name
        if dialect == "postgresql":
            asked = f"CAST(:match_{n} AS tsquery), CAST(:spans_{n} AS text[]), :low_{n}, :below_{n}"
            exact = f"CAST(:exact_{n} AS text[])"
            return f"SELECT place FROM search_newest({asked}, :most, {exact}) AS place"  # noqa: S608
        exact = "".join(_EXACT.format(f"{n}_{at}") for at in range(len(self.question.exact)))
        return (
            f"SELECT rowid AS place FROM search_term WHERE search_term MATCH :match_{n}"  # noqa: S608
            f" AND rowid >= :low_{n} AND rowid < :below_{n}{exact} ORDER BY rowid DESC LIMIT :most"
        )

    def values(self, dialect: str) -> dict[str, Any]:
        n = self.name
        likes = [f"% {phrase} %" for phrase in self.question.exact]
        bound: dict[str, Any] = {f"low_{n}": self.question.low, f"below_{n}": self.below}
        if dialect == "postgresql":
            asked = {f"match_{n}": self.match.tsquery(), f"spans_{n}": list(self.spans)}
            return bound | asked | {f"exact_{n}": likes}
        exact = {f"exact_{n}_{at}": like for at, like in enumerate(likes)}
        return bound | exact | {f"match_{n}": self.match.fts5()}


def newest_day(connection: Connection) -> date | None:
    """Of everything; only PostgreSQL needs to know."""
    if connection.dialect.name != "postgresql":
        return None
    place = connection.scalar(_LAST)
    return terms.day_of(place) if place else None


def spans_of(last: date | None, since: date | None) -> Sequence[str]:
    """Ever more days back from the last one that counts, then as far as is asked: in how many of them
    there is enough, nobody knows beforehand. Each as a condition on terms of days, months or years."""
    if last is None:
        return _ANY
    begins = [last - timedelta(days=days) for days in SPANS]
    spans = [_days(first, last) for first in begins if since is None or first > since]
    return [*spans, "" if since is None else _days(min(since, last), last)]


def _days(first: date, last: date) -> str:
    return " | ".join(f"'{term}'" for term in terms.since(first, last))


def candidates(
    connection: Connection, question: Question, *, last: date | None, most: int
) -> Sequence[tuple[int, str]]:
    """Place and facets of the newest of all that was asked for, at most so many."""
    dialect = connection.dialect.name
    asked = Newest(question, question.all, spans=spans_of(last, question.since))
    statement = _with_facets(asked.sql(dialect), dialect)
    rows = connection.execute(statement, asked.values(dialect) | {"most": most})
    return [(row[0], row[1]) for row in rows]


def page(
    connection: Connection,
    question: Question,
    *,
    after: tuple[int, int] | None,
    last: date | None,
    most: int,
) -> Sequence[Any]:
    """The rows of one page: step by step, in each the newest first, from behind ``after`` (step, place).

    One statement, in which no step looks at more than ``most`` hits. Without ``last`` no spans of days
    are tried: where there are few hits in all, they would only cost.
    """
    dialect = connection.dialect.name
    first, behind = after or (0, END)
    steps = []
    for n, match in enumerate(question.steps):
        if n >= first:
            below = behind if n == first else END
            until = min(last, terms.day_of(below)) if last and below < END else last
            spans = spans_of(until, question.since)
            steps.append(Newest(question, match, below, spans, str(n)))
    values: dict[str, Any] = {"most": most}
    for step in steps:
        values |= step.values(dialect)
    return connection.execute(_page(tuple((s.name, s.sql(dialect)) for s in steps)), values).all()


def known(connection: Connection, questions: Sequence[Question]) -> Sequence[bool]:
    """Of each whether anything at all answers it, in one statement."""
    dialect = connection.dialect.name
    last = newest_day(connection)
    asked = [
        Newest(one, one.all, spans=spans_of(last, None), name=str(n))
        for n, one in enumerate(questions)
    ]
    values: dict[str, Any] = {"most": 1}
    for one in asked:
        values |= one.values(dialect)
    return [
        bool(n)
        for n in connection.execute(_any(tuple(a.sql(dialect) for a in asked)), values).one()
    ]


_LAST = sa.text("SELECT max(place) FROM search_entry")


@cache
def _with_facets(inner: str, dialect: str) -> sa.TextClause:
    # a thousand whole rows would be as many pages; SQLite takes the row unless it is told otherwise
    hint = " INDEXED BY ix_search_entry_facets" if dialect == "sqlite" else ""
    return sa.text(
        "SELECT found.place, e.facets FROM"  # noqa: S608 - text of ours
        f" ({inner}) AS found JOIN search_entry e{hint} ON e.place = found.place"
    )


@cache
def _any(parts: tuple[str, ...]) -> sa.TextClause:
    return sa.text("SELECT " + ", ".join(f"EXISTS (SELECT 1 FROM ({p}) AS s)" for p in parts))  # noqa: S608


@cache
def _page(steps: tuple[tuple[str, str], ...]) -> sa.TextClause:
    parts = " UNION ALL ".join(
        f"SELECT {n} AS step, place FROM ({sql}) AS step_{n}"  # noqa: S608 - text of ours
        for n, sql in steps
    )
    return sa.text(
        "SELECT found.step, found.place, e.kind, e.facets, e.title, e.note, e.address, e.body FROM"  # noqa: S608
        f" (SELECT step, place FROM ({parts}) AS every_step ORDER BY step, place DESC LIMIT :most) AS found"
        " JOIN search_entry e ON e.place = found.place ORDER BY found.step, found.place DESC"
    )
