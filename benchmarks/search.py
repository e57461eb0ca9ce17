"""How long a search of two words takes beside a page found by its primary key, request by request in turn.

Both pages are made anew each time (no page cache) by one process that calls the application directly; times
are those of a clock on the wall, because PostgreSQL works in processes of its own. Texts are made up by
going from word to word as the sample's sentences do, so that common and rare words and phrases occur.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlencode

import sqlalchemy as sa

from benchmarks.parts import table
from benchmarks.parts.cpu import Caller, counted
from benchmarks.parts.load import Request
from benchmarks.parts.places import place
from benchmarks.parts.stage import Stage
from feedback.core import clock
from feedback.core.db import commit, db
from feedback.core.text import fold
from feedback.demo.sample import DATA
from feedback.pages import pacing
from feedback.search.actions import put
from feedback.search.models import SearchEntry
from feedback.search.rules.terms import Entry

KEY = 1_000_000  # the keys of made-up texts begin here
CHUNK = 2_000
DAYS = 3 * 365
HEAD = (
    "engine",
    "texts",
    "page",
    "rounds",
    "statements",
    "median ms",
    "p95 ms",
    "p95 / p95 of the item page",
)


# --- texts --------------------------------------------------------------------------------------


class Walk:
    """From word to word as the sample's sentences do; now and then a new sentence, or a rare word."""

    def __init__(self) -> None:
        self.after: dict[str, list[str]] = defaultdict(list)
        for path in sorted(DATA.glob("*.json")):
            for sentence in _sentences(json.loads(path.read_text(encoding="utf-8"))):
                words = sentence.split()
                for one, two in zip(["", *words], words, strict=False):
                    self.after[one].append(two)
        self.words = sorted(self.after)

    def say(self, chance: Random, least: int, most: int) -> str:
        said, word = [], ""
        for _n in range(chance.randint(least, most)):
            if chance.random() < 0.04:
                said.append(str(int(chance.paretovariate(0.6)) % 90_000))
            word = chance.choice(
                self.words if chance.random() < 0.08 else self.after.get(word, [""])
            )
            said.append(word)
        return " ".join(filter(None, said))


def _sentences(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if value.count(" ") > 2:
            yield value
    elif isinstance(value, (dict, list)):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _sentences(one)


def texts(number: int, codes: Sequence[str]) -> Iterator[Entry]:
    """The same ones each time; of three years, the oldest first."""
    walk, chance = Walk(), Random(number)  # noqa: S311 - the same for the same number
    first = clock.today() - timedelta(days=DAYS)
    for n in range(number):
        yield Entry(
            kind=chance.choices(("petition", "answer", "comment"), (5, 4, 1))[0],
            ref=KEY + n,
            title=walk.say(chance, 4, 12),
            body=walk.say(chance, 30, 130),
            address=f"/petitions/{n}",
            day=first + timedelta(days=n * DAYS // number),
            agencies=(chance.choice(codes),),
            state=chance.choice(("answered", "closed", "in_progress")),
            commune=chance.choice(codes),
        )


def questions(number: int) -> list[str]:
    """Two words of one text each: next to each other, or anywhere in it; without their accents or with."""
    walk, chance = Walk(), Random(2)  # noqa: S311 - the same each time
    asked = []
    while len(asked) < number:
        words = walk.say(chance, 30, 130).split()
        at = chance.randrange(len(words) - 1)
        two = words[at : at + 2] if chance.random() < 0.5 else chance.sample(words, 2)
        typed = " ".join(two)
        if len(fold(typed).split()) == 2:
            asked.append(fold(typed) if chance.random() < 0.5 else typed)
    return asked


def fill(stage: Stage, number: int) -> None:
    """A site with its sample of files, and so many texts to find."""
    kept = stage.place.has(stage.name)
    stage.migrate()
    if kept:
        return
    stage.grow(200, comments=20)
    with stage.within():
        codes = db.session.scalars(sa.text("SELECT code FROM agency ORDER BY id")).all()
        some: list[Entry] = []
        for n, entry in enumerate(texts(number, codes), start=1):
            some.append(entry)
            if n % CHUNK == 0 or n == number:
                put(some)
                commit()
                some = []
                print(f"\r  {stage.engine}: {n:,} texts", end="", file=sys.stderr, flush=True)
        if stage.engine == "PostgreSQL":
            with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.exec_driver_sql("VACUUM ANALYZE search_term, search_entry")
    print(file=sys.stderr)


# --- measuring ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Measured:
    engine: str
    texts: int
    page: str
    ms: Sequence[float]
    item_p95: float
    asked: int = 0  # statements of one search, everything being warm

    @property
    def p95(self) -> float:
        return sorted(self.ms)[int(len(self.ms) * 0.95)]

    def cells(self) -> tuple[str, ...]:
        middle = sorted(self.ms)[len(self.ms) // 2]
        return (
            self.engine,
            f"{self.texts:,}",
            self.page,
            str(len(self.ms)),
            str(self.asked),
            f"{middle:.2f}",
            f"{self.p95:.2f}",
            f"{self.p95 / self.item_p95:.2f}",
        )


def measure(stage: Stage, rounds: int) -> list[Measured]:
    """Search, item, offers, item …: each search another one."""
    app = stage.app(cached=False)
    pacing.MOST = sys.maxsize  # nobody's hand asks so often
    item = Caller(app, Request(stage.item_address()), "")
    with stage.within():
        number = db.session.scalar(sa.select(sa.func.count()).select_from(SearchEntry)) or 0
    typed = questions(rounds)
    pages: dict[str, Callable[[str], Request]] = {
        "search, two words": lambda t: Request(f"/search?{urlencode({'q': t})}"),
        "in quotes": lambda t: Request("/search?" + urlencode({"q": f'"{t}"'})),
        "with two facets": lambda t: Request(
            "/search?" + urlencode({"q": t, "kind": "petition", "state": "closed"})
        ),
        "offers while typing": lambda t: Request("/search/offers?" + urlencode({"q": t[:-1]})),
    }
    took: dict[str, list[float]] = {name: [] for name in (*pages, "item page")}
    for turn, words in enumerate(["đường xã", *typed]):
        for name, page in pages.items():
            spent = _ms(Caller(app, page(words), ""))
            own = _ms(item)
            if turn:  # the first one warms up
                took[name].append(spent)
                took["item page"].append(own)
    of_item = Measured(stage.engine, number, "item page", took.pop("item page"), 1).p95
    asked = {name: _statements(Caller(app, page(typed[0]), "")) for name, page in pages.items()}
    return [
        Measured(stage.engine, number, name, ms, of_item, asked[name]) for name, ms in took.items()
    ] + [Measured(stage.engine, number, "item page", [of_item], of_item)]


def _ms(call: Caller) -> float:
    began = time.perf_counter()
    call()
    return (time.perf_counter() - began) * 1000


def _statements(call: Caller) -> int:
    with counted() as asked:
        call()
    return len(asked)


def report(rows: Sequence[Measured], arguments: Sequence[str]) -> str:
    said = [f"{table.stamp()} · {table.machine()}", ""]
    said += table.lines(HEAD, [row.cells() for row in rows if row.page != "item page"])
    said += [""] + [
        f"- {row.engine}, {row.texts:,} texts: p95 of the item page {row.p95:.2f} ms"
        for row in rows
        if row.page == "item page"
    ]
    said += [f"- {line}" for line in growth(rows)]
    return "\n".join([*said, "", f"Repeat: `python -m benchmarks.search {' '.join(arguments)}`"])


def growth(rows: Sequence[Measured]) -> Iterator[str]:
    """How much longer the same questions take over the most texts than over the fewest."""
    for engine in dict.fromkeys(row.engine for row in rows):
        for page in dict.fromkeys(row.page for row in rows if row.page != "item page"):
            some = sorted(
                (r for r in rows if (r.engine, r.page) == (engine, page)), key=lambda r: r.texts
            )
            if len(some) > 1:
                few, many = some[0], some[-1]
                yield (
                    f"{engine}, {page}: p95 over {many.texts:,} texts is {many.p95 / few.p95:.2f} times"
                    f" that over {few.texts:,}"
                )


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.search", description=__doc__)
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), action="append")
    parser.add_argument("--texts", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--rounds", type=int, default=300)
    parser.add_argument("--keep", type=Path, help="folder that keeps the databases")
    parser.add_argument("--fill", action="store_true", help="fill the databases, measure nothing")
    asked = parser.parse_args(arguments)
    rows: list[Measured] = []
    with tempfile.TemporaryDirectory(prefix="feedback-bench-") as own:
        for engine in asked.engine or ("sqlite", "postgresql"):
            folder = (asked.keep or Path(own)).resolve() / engine
            with place(engine, folder, kept=bool(asked.keep)) as found_there:
                stages = [Stage(found_there, f"search{number}") for number in asked.texts]
                for stage, number in zip(stages, asked.texts, strict=True):
                    fill(stage, number)
                if not asked.fill:
                    for stage in stages:
                        rows += measure(stage, asked.rounds)
    if rows:
        print(report(rows, arguments))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
