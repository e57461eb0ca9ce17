"""Search: every typed word must occur, accents or none. The same hits in the same order on every database."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy.engine import Connection

from feedback.core.db import db
from feedback.search.queries import engines
from feedback.search.rules.asking import FACETS, Asked, Question, question
from feedback.search.rules.showing import LookedFor, Piece, excerpt, marked
from feedback.search.rules.terms import day_of, first_place

MOST = 200  # hits that are counted; of more it is said that there are more
SIZE = engines.SHOWN
IN_ORDER = ("kind", "plan", "state", "commune", "agency")  # as they stand in ``SearchEntry.facets``
PERIODS = (30, 180, 365)  # days back that a period may be

Counts = dict[str, Counter[str]]


class Hit(NamedTuple):
    """One found thing, its words in pieces of which some were looked for."""

    kind: str
    title: Sequence[Piece]
    excerpt: Sequence[Piece]
    note: str
    address: str
    state: str
    day: date


@dataclass(frozen=True)
class Found:
    """A page of hits. ``total`` counts to ``MOST`` (``more``: there are others). ``counts`` says of each
    facet how many hits hold each value, among the newest ``MOST``; of a chosen facet as if it were not
    chosen. ``opens``: no hit holds the last word, so it was taken as the beginning of one."""

    hits: Sequence[Hit] = ()
    total: int = 0
    more: bool = False
    after: str = ""
    opens: bool = False
    words: Sequence[str] = ()
    counts: Mapping[str, Counter[str]] | None = None


def search(asked: Asked, *, after: str = "", on: date) -> Found:
    """What was asked for, best first, ten a page. ``after`` is the cursor of a page."""
    meant = question(asked)
    if not meant:
        return Found()
    connection, behind = db.session.connection(), _read(after)
    known, places = _known(connection, meant, behind, on)
    if not known and meant.words:
        opened = question(asked, opens=True)
        if opened.opens:
            meant = opened
            known, places = _known(connection, meant, behind, on)
    counts = _counts(known[:MOST], on)
    for name in [*(n for n, v in asked.facets.items() if v), *(["since"] if asked.since else [])]:
        other = question(asked.but(name), opens=meant.opens)
        if other:
            near = engines.candidates(connection, other, today=on, most=MOST)
            counts[name] = _counts(near, on)[name]
    if not known:
        return Found(opens=meant.opens, words=meant.words, counts=counts)
    return _page(meant, known, places, counts)


def unknown_words(asked: Asked, *, on: date) -> list[str]:
    """Which of the typed words stand nowhere: without them something might be found."""
    words = dict.fromkeys(question(asked).words)
    if not words:
        return []
    known = engines.known(
        db.session.connection(), [question(Asked(word)) for word in words], today=on
    )
    return [word for word, is_known in zip(words, known, strict=True) if not is_known]


def _known(
    connection: Connection, meant: Question, behind: tuple[int, int] | None, on: date
) -> tuple[engines.Known, engines.Places]:
    """The candidates, and the places of one page and one more. The plainest step, which has the most to
    look through, is asked only for later pages: the first is filled up with candidates."""
    most = max(MOST, 2 * SIZE) + 1  # however many are taken for better steps, a page is left
    if behind:
        known = engines.candidates(connection, meant, today=on, most=most)
        return known, engines.later(connection, meant, after=behind, today=on, shown=SIZE + 1)
    known, places = engines.first(connection, meant, today=on, most=most, shown=SIZE + 1)
    better = {place for _step, place in places}  # all of them, where there are fewer than a page
    rest = (place for place in (int(parts[0]) for parts in known) if place not in better)
    places += [(len(meant.steps) - 1, place) for place in islice(rest, SIZE + 1 - len(places))]
    return known, places


def _page(meant: Question, known: engines.Known, places: engines.Places, counts: Counts) -> Found:
    shown = places[:SIZE]
    rows = engines.hits(db.session.connection(), [place for _step, place in shown])
    words = meant.words[:-1] if meant.opens else meant.words
    looked_for = LookedFor(words, opens=meant.words[-1] if meant.opens else "")
    return Found(
        hits=[_hit(rows[place], looked_for) for _step, place in shown if place in rows],
        total=min(len(known), MOST),
        more=len(known) > MOST,
        after=f"{shown[-1][0]}.{shown[-1][1]:x}" if len(places) > SIZE else "",
        opens=meant.opens,
        words=meant.words,
        counts=counts,
    )


def _hit(row: Any, looked_for: LookedFor) -> Hit:
    return Hit(
        kind=row.kind,
        title=marked(row.title, looked_for),
        excerpt=excerpt(row.body, looked_for),
        note=row.note,
        address=row.address,
        state=row.facets.split("|")[2],
        day=day_of(row.place),
    )


def _counts(known: Sequence[Sequence[str]], on: date) -> Counts:
    """How many hold each value of each facet."""
    counts: Counts = {name: Counter() for name in (*FACETS, "since")}
    places, *columns = zip(*known, strict=True) if known else ((),)
    for name, values in zip(IN_ORDER, columns, strict=False):
        counts[name] = Counter(values) if name != "agency" else Counter(" ".join(values).split())
        counts[name].pop("", None)
    oldest_first = sorted(map(int, places))
    for days in PERIODS:
        first = first_place(on - timedelta(days=days))
        counts["since"][str(days)] = len(oldest_first) - bisect_left(oldest_first, first)
    return counts


def _read(after: str) -> tuple[int, int] | None:
    """The cursor's step and place; None for anything that was not written here."""
    step, _dot, place = after.partition(".")
    if not (step.isascii() and step.isdigit() and len(step) == 1 and 0 < len(place) < 16):
        return None
    try:
        return int(step), int(place, 16)
    except ValueError:
        return None
