"""The newest of what holds certain terms, asked of each engine in its own words.

Neither ranks: which step a hit belongs to is said by terms, and within a step the newest come first. So a
statement may stop as soon as it has enough, however common a word is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from itertools import islice, repeat
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from feedback.search.rules import terms
from feedback.search.rules.asking import Match, Question

END = 1 << 62  # behind every place
# Days, each some eight times the one before; then everything. By months from 32 days on (``terms.since``), which are
# fewer terms; more days than these cost as much as everything.
SPANS = (3, 40, 240)
_EXACT = (
    " AND EXISTS (SELECT 1 FROM search_entry e"
    " WHERE e.place = search_term.rowid AND e.folded LIKE :exact_{})"
)
_ANY = ("",)  # the only span: everything
SHOWN = 10  # hits of a page
_SHOWN = [f"place_{n}" for n in range(SHOWN)]
_HITS = sa.text(
    "SELECT place, kind, facets, title, note, address, body FROM search_entry"  # noqa: S608 - text of ours
    f" WHERE place IN ({', '.join(f':{name}' for name in _SHOWN)})"
)


@dataclass(frozen=True)
class Newest:
    """The newest ``:most`` places that hold ``match``, as SQL; ``name`` keeps several in one statement
    apart. With ``today`` PostgreSQL looks at the last days first (``spans_of``); where there are few hits
    in all, that would only cost."""

    question: Question
    match: Match
    today: date | None
    below: int = END
    name: str = "0"

    def sql(self, dialect: str) -> str:
        n = self.name
        if dialect == "postgresql":
            asked = f"CAST(:match_{n} AS tsquery), CAST(:spans_{n} AS text[]), :low_{n}, :below_{n}"
            more = f":most, CAST(:exact_{n} AS text[]), :ahead_{n}"
            return f"SELECT place FROM search_newest({asked}, {more}) AS place"  # noqa: S608
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
            asked = {f"match_{n}": self.match.tsquery(), f"exact_{n}": likes}
            return bound | asked | self._days()
        exact = {f"exact_{n}_{at}": like for at, like in enumerate(likes)}
        return bound | exact | {f"match_{n}": self.match.fts5()}

    def _days(self) -> dict[str, Any]:
        n, ahead, last = self.name, END, self.today
        if last and self.below < END:
            last = min(last, terms.day_of(self.below))
        elif last:
            ahead = terms.first_place(last + timedelta(days=1))
        return {f"ahead_{n}": ahead, f"spans_{n}": list(spans_of(last, self.question.since))}


@lru_cache(64)
def spans_of(last: date | None, since: date | None) -> Sequence[str]:
    """Ever more days back from the last one that counts, then as far as is asked: in how many of them
    there is enough, nobody knows beforehand. Each as a condition on terms of days, months or years.
    The database goes on from the first one by how much it held (``ddl.NEWEST``)."""
    if last is None:
        return _ANY
    begins = [last - timedelta(days=days) for days in SPANS]
    spans = [_days(first, last) for first in begins if since is None or first > since]
    return (*spans, "" if since is None else _days(min(since, last), last))


def _days(first: date, last: date) -> str:
    return " | ".join(f"'{term}'" for term in terms.since(first, last))


def candidates(
    connection: Connection, question: Question, *, today: date, most: int
) -> list[Sequence[str]]:
    """The newest of all that was asked for, at most so many, the newest first: of each its place and
    what it has as facets, as they are written."""
    dialect = connection.dialect.name
    asked = Newest(question, question.all, today)
    statement = _with_facets(asked.sql(dialect), dialect)
    # one long text: five hundred rows would take longer to hand over than to find
    lines = connection.execute(statement, asked.values(dialect) | {"most": most}).scalar()
    known = [line.split("|") for line in lines.split("\n")] if lines else []
    return sorted(known, key=lambda parts: -int(parts[0]))


def places(
    connection: Connection,
    question: Question,
    *,
    after: tuple[int, int] | None,
    known: Sequence[Sequence[str]],
    today: date,
    most: int,
) -> list[tuple[int, int]]:
    """Step and place of each hit of a page: step by step, in each the newest first, from behind ``after``.

    ``known`` are the candidates: what of them is in no better step fills up the first page, so that the
    plainest step, which has the most to look through, is asked only for later pages.
    """
    last = len(question.steps) - 1
    if after:
        return _of_steps(connection, question, range(after[0], last + 1), after[1], today, most)
    found = _of_steps(connection, question, range(last), END, today, most)
    if len(found) < most:
        better = {
            place for _step, place in found
        }  # all there are, for there are fewer than asked for
        rest = (place for place in (int(parts[0]) for parts in known) if place not in better)
        found += [(last, place) for place in islice(rest, most - len(found))]
    return found


def hits(connection: Connection, places: Sequence[int]) -> dict[int, Any]:
    """What is shown of these, at most ``SHOWN``, by place."""
    asked = dict(zip(_SHOWN, [*places, *repeat(-1, SHOWN - len(places))], strict=True))
    return {row.place: row for row in connection.execute(_HITS, asked)}


def _of_steps(
    connection: Connection,
    question: Question,
    which: range,
    behind: int,
    today: date,
    most: int,
) -> list[tuple[int, int]]:
    """Those of some steps, from behind a place in the first one. No step looks at more than ``most``."""
    if not which:
        return []
    dialect = connection.dialect.name
    steps = [
        Newest(question, question.steps[n], today, behind if n == which[0] else END, str(n))
        for n in which
    ]
    values: dict[str, Any] = {"most": most}
    for step in steps:
        values |= step.values(dialect)
    statement = _steps(tuple((s.name, s.sql(dialect)) for s in steps))
    return [(step, place) for step, place in connection.execute(statement, values)]


def known(connection: Connection, questions: Sequence[Question], *, today: date) -> Sequence[bool]:
    """Of each whether anything at all answers it, in one statement."""
    dialect = connection.dialect.name
    asked = [Newest(one, one.all, today, name=str(n)) for n, one in enumerate(questions)]
    values: dict[str, Any] = {"most": 1}
    for one in asked:
        values |= one.values(dialect)
    return [
        bool(n)
        for n in connection.execute(_any(tuple(a.sql(dialect) for a in asked)), values).one()
    ]


@cache
def _with_facets(inner: str, dialect: str) -> sa.TextClause:
    # a thousand whole rows would be as many pages; SQLite takes the row unless it is told otherwise
    lite = dialect == "sqlite"
    hint = " INDEXED BY ix_search_entry_facets" if lite else ""
    joined, end = ("group_concat", "char(10)") if lite else ("string_agg", "chr(10)")
    return sa.text(
        f"SELECT {joined}(found.place || '|' || e.facets, {end}) FROM"  # noqa: S608 - text of ours
        f" ({inner}) AS found JOIN search_entry e{hint} ON e.place = found.place"
    )


@cache
def _any(parts: tuple[str, ...]) -> sa.TextClause:
    return sa.text("SELECT " + ", ".join(f"EXISTS (SELECT 1 FROM ({p}) AS s)" for p in parts))  # noqa: S608


@cache
def _steps(steps: tuple[tuple[str, str], ...]) -> sa.TextClause:
    parts = " UNION ALL ".join(
        f"SELECT {n} AS step, place FROM ({sql}) AS step_{n}"  # noqa: S608 - text of ours
        for n, sql in steps
    )
    return sa.text(
        f"SELECT step, place FROM ({parts}) AS every_step"  # noqa: S608
        " ORDER BY step, place DESC LIMIT :most"
    )
