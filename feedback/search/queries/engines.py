"""The newest of what holds certain terms, asked of each engine in its own words.

Neither ranks: which step a hit belongs to is said by terms, and within a step the newest come first. So a
statement may stop as soon as it has enough, however common a word is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from itertools import repeat
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from feedback.search.rules import terms
from feedback.search.rules.asking import Match, Question

END = 1 << 62  # behind every place
# Days; then the year, if it is old enough, or this one and the one before; then everything. By months from 32 days
# on (``terms.since``), which are fewer terms.
SPANS = (3, 12, 24, 45, 90)
YOUNG = 120  # days of a year that hold hardly more than the longest of the spans
_EXACT = (
    " AND EXISTS (SELECT 1 FROM search_entry e"
    " WHERE e.place = search_term.rowid AND e.folded LIKE :exact_{})"
)
SHOWN = 10  # hits of a page
_SHOWN = [f"place_{n}" for n in range(SHOWN)]
_HITS = sa.text(
    "SELECT place, kind, facets, title, note, address, body FROM search_entry"  # noqa: S608 - text of ours
    f" WHERE place IN ({', '.join(f':{name}' for name in _SHOWN)})"
)


Known = list[list[str]]  # of each its place and what it has as facets, as they are written
Places = list[tuple[int, int]]  # step and place


@dataclass(frozen=True)
class Newest:
    """The ``most`` newest places that hold ``match``, as SQL; ``name`` keeps several in one statement
    apart, which then ask for the same days and phrases, and of which one alone has a ``below``.
    PostgreSQL looks at the last days first (``spans_of``)."""

    question: Question
    match: Match
    today: date
    most: int
    below: int = END
    name: str = "all"

    def sql(self, dialect: str) -> str:
        n, days = self.name, self._which_days
        if dialect == "postgresql":
            spans = f"CAST(:spans_{days} AS text[]), CAST(:days_{days} AS int[])"
            where = f":low, :below_{n}, :most_{n}, CAST(:exact AS text[]), :ahead_{days}"
            return f"SELECT place, facets FROM search_newest(CAST(:match_{n} AS tsquery), {spans}, {where})"  # noqa: S608
        exact = "".join(_EXACT.format(at) for at in range(len(self.question.exact)))
        return (
            f"SELECT rowid AS place FROM search_term WHERE search_term MATCH :match_{n}"  # noqa: S608
            f" AND rowid >= :low AND rowid < :below_{n}{exact} ORDER BY rowid DESC LIMIT :most_{n}"
        )

    def values(self, dialect: str) -> dict[str, Any]:
        n = self.name
        likes = [f"% {phrase} %" for phrase in self.question.exact]
        own = {f"below_{n}": self.below, f"most_{n}": self.most, "low": self.question.low}
        if dialect == "postgresql":
            match = {f"match_{n}": self.match.tsquery(), "exact": _array(likes)}
            return own | match | self._days()
        each = {f"exact_{at}": like for at, like in enumerate(likes)}
        return own | each | {f"match_{n}": self.match.fts5()}

    @property
    def _which_days(self) -> str:
        return "before" if self.below < END else "now"

    def _days(self) -> dict[str, Any]:
        n, last, ahead = self._which_days, self.today, END
        if self.below < END:
            last = min(last, terms.day_of(self.below))
        if last == self.today:  # else what comes behind that place lies in the days before it
            ahead = terms.first_place(last + timedelta(days=1))
        spans, days = spans_of(last, self.question.since)
        return {f"ahead_{n}": ahead, f"spans_{n}": spans, f"days_{n}": days}


@lru_cache(64)
def spans_of(last: date, since: date | None) -> tuple[str, str]:
    """Ever more days back from the last one that counts, then everything (days to come as well): in how
    many of them there is enough, nobody knows beforehand. Each as a condition on terms of days, months
    or years, and how many days it is. The database goes on from the first one by how much it held (``ddl.NEWEST``)."""
    begins = [last - timedelta(days=days) for days in SPANS]
    year = date(last.year, 1, 1)
    begins.append(year if (last - year).days > YOUNG else date(last.year - 1, 1, 1))
    within = [first for first in begins if since is None or first > since]
    spans = [_days(first, last) for first in within]
    days = [*((last - first).days + 1 for first in within), 0]
    return _array([*spans, ""]), _array(days)


def _array(values: Sequence[object]) -> str:
    """As PostgreSQL reads one (words and terms hold nothing to escape): its driver takes longer to write
    an array of its own than the database to look through it."""
    return "{" + ",".join(f'"{value}"' for value in values) + "}"


def _days(first: date, last: date) -> str:
    return " | ".join(f"'{term}'" for term in terms.since(first, last))


def first(
    connection: Connection, question: Question, *, today: date, most: int, shown: int
) -> tuple[Known, Places]:
    """For a first page in one statement: the newest of all that was asked for, and the best of them in
    the better steps (step and place), the best first."""
    dialect = connection.dialect.name
    every = Newest(question, question.all, today, most)
    better = _newest_of(question, range(len(question.steps) - 1), END, today, shown)
    statement = _first(every.sql(dialect), tuple(b.sql(dialect) for b in better), dialect)
    values = _values([every, *better], dialect) | {"most": shown}
    lines, places = connection.execute(statement, values).one()
    ranked = sorted(_pair(text) for text in places.split("|")) if places else []
    return _known(lines), [(step, -before) for step, before in ranked]


def candidates(connection: Connection, question: Question, *, today: date, most: int) -> Known:
    """The newest of all that was asked for, at most so many, the newest first: of each its place and
    what it has as facets, as they are written."""
    dialect = connection.dialect.name
    every = Newest(question, question.all, today, most)
    return _known(
        connection.execute(_every(every.sql(dialect), dialect), _values([every], dialect)).scalar()
    )


def later(
    connection: Connection, question: Question, *, after: tuple[int, int], today: date, shown: int
) -> Places:
    """Step and place of the hits of a later page: step by step, in each the newest first, from behind
    ``after``. No step looks at more than ``shown`` hits."""
    dialect = connection.dialect.name
    steps = _newest_of(question, range(after[0], len(question.steps)), after[1], today, shown)
    if not steps:
        return []
    statement = _ordered(tuple(s.sql(dialect) for s in steps), after[0])
    values = _values(steps, dialect) | {"most": shown}
    return [(step, place) for step, place in connection.execute(statement, values)]


def hits(connection: Connection, places: Sequence[int]) -> dict[int, Any]:
    """What is shown of these, at most ``SHOWN``, by place."""
    asked = dict(zip(_SHOWN, [*places, *repeat(-1, SHOWN - len(places))], strict=True))
    return {row.place: row for row in connection.execute(_HITS, asked)}


def known(connection: Connection, questions: Sequence[Question], *, today: date) -> Sequence[bool]:
    """Of each whether anything at all answers it, in one statement. None with phrases or a first day."""
    dialect = connection.dialect.name
    asked = [Newest(one, one.all, today, 1, name=str(n)) for n, one in enumerate(questions)]
    statement = _any(tuple(a.sql(dialect) for a in asked))
    return [bool(n) for n in connection.execute(statement, _values(asked, dialect)).one()]


def _newest_of(
    question: Question, which: range, behind: int, today: date, most: int
) -> list[Newest]:
    """Those of some steps, from behind a place in the first one."""
    return [
        Newest(question, question.steps[n], today, most, behind if n == which[0] else END, str(n))
        for n in which
    ]


def _values(asked: Sequence[Newest], dialect: str) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for one in asked:
        values |= one.values(dialect)
    return values


def _known(lines: str | None) -> Known:
    known = [line.split("|") for line in lines.split("\n")] if lines else []
    return sorted(known, key=lambda parts: -int(parts[0]))


def _pair(text: str) -> tuple[int, int]:
    step, _space, place = text.partition(" ")
    return int(step), -int(place)


# One long text for many rows: five hundred of them would take longer to hand over than to find.
_JOINED = {
    "sqlite": ("group_concat", "char(10)"),
    "postgresql": ("string_agg", "chr(10)"),
}


def _lines(inner: str, dialect: str) -> str:
    joined, end = _JOINED[dialect]
    if dialect == "postgresql":  # rows of terms hold the facets as well
        return f"SELECT {joined}(place || '|' || facets, {end}) FROM ({inner}) AS found"  # noqa: S608
    # five hundred whole rows would be as many pages; SQLite takes the row unless it is told otherwise
    return (
        f"SELECT {joined}(found.place || '|' || e.facets, {end}) FROM ({inner}) AS found"  # noqa: S608
        " JOIN search_entry e INDEXED BY ix_search_entry_facets ON e.place = found.place"
    )


@cache
def _every(inner: str, dialect: str) -> sa.TextClause:
    return sa.text(_lines(inner, dialect))


@cache
def _first(inner: str, better: tuple[str, ...], dialect: str) -> sa.TextClause:
    joined = _JOINED[dialect][0]
    ranked = f"(SELECT {joined}(step || ' ' || place, '|') FROM ({_in_order(better, 0)}) AS r)"  # noqa: S608
    return sa.text(f"SELECT ({_lines(inner, dialect)}), {ranked if better else 'NULL'}")  # noqa: S608


@cache
def _ordered(steps: tuple[str, ...], first: int) -> sa.TextClause:
    return sa.text(_in_order(steps, first))


def _in_order(steps: tuple[str, ...], first: int) -> str:
    parts = " UNION ALL ".join(
        f"SELECT {n} AS step, place FROM ({sql}) AS step_{n}"  # noqa: S608 - text of ours
        for n, sql in enumerate(steps, start=first)
    )
    return (
        f"SELECT step, place FROM ({parts}) AS every_step"  # noqa: S608 - text of ours
        " ORDER BY step, place DESC LIMIT :most"
    )


@cache
def _any(parts: tuple[str, ...]) -> sa.TextClause:
    return sa.text("SELECT " + ", ".join(f"EXISTS (SELECT 1 FROM ({p}) AS s)" for p in parts))  # noqa: S608
