"""SQLite, PostgreSQL and a plain Python list answer alike, to the last place in the order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from flask import Flask
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from feedback.app import create_app
from feedback.core.db import db
from feedback.core.text import fold
from feedback.search.actions import put
from feedback.search.queries import found, search
from feedback.search.rules.asking import Asked
from feedback.search.rules.terms import KINDS, Entry
from tests.search.oracle import answer
from tests.servers.databases import settings_for

TODAY = date(2026, 11, 26)
# few syllables, so that phrases, titles and words apart all occur; some differ in their marks alone
SYLLABLES = [
    "đèn",
    "đường",
    "điện",
    "hỏng",
    "hông",
    "ngõ",
    "ngô",
    "xã",
    "phường",
    "vốn",
    "vay",
    "hỗ",
    "trợ",
    "hồ",
    "sơ",
    "Đồng",
    "đông",
    "ấp",
    "3",
    "a_b",
    "nước-sạch",
    "(rác)",
    "ﬁ",
    "ß",
    "Khmer",
    "ខ្មែរ",
    "水",
]
AGENCIES = ("so-y-te", "xa-tan-bien", "so-tai-chinh")


def corpus() -> list[Entry]:
    """A hundred and fifty things of four years, some without a day, one of tomorrow."""
    chance = Random(2705)  # noqa: S311 - the same each time

    def say(least: int, most: int) -> str:
        return " ".join(chance.choice(SYLLABLES) for _n in range(chance.randint(least, most)))

    return [
        Entry(
            kind=chance.choice(KINDS),
            ref=ref,
            title=say(1, 5),
            body=say(0, 14),
            address=f"/{ref}",
            day=chance.choice(
                [None, TODAY - timedelta(days=int(chance.paretovariate(0.3)) % 1500)]
            ),
            note=say(0, 2),
            names=(say(1, 2),) if chance.random() < 0.2 else (),
            named=chance.random() < 0.7,
            agencies=tuple(chance.sample(AGENCIES, chance.randint(0, 2))),
            state=chance.choice(("", "answered", "closed")),
        )
        for ref in range(1, 150)
    ] + [Entry("item", 900, "đèn đường", "", "/900", day=TODAY + timedelta(days=1))]


ENTRIES = corpus()


@pytest.fixture(scope="module")
def both(
    tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: Path
) -> Iterator[tuple[Flask, Flask]]:
    """The same things in an index of each engine."""
    from shutil import copyfile

    from tests.servers.databases import TEMPLATE, _postgresql_copy

    folder = tmp_path_factory.mktemp("both")
    copyfile(migrated_sqlite, folder / "search.db")
    with _postgresql_copy(TEMPLATE) as url:
        apps = [
            create_app(settings_for(address, folder))
            for address in (f"sqlite:///{folder / 'search.db'}", url)
        ]
        for app in apps:
            with app.app_context():
                assert put(ENTRIES) == len(ENTRIES)
                assert put(ENTRIES) == 0, "nothing is written where nothing changed"
                db.session.commit()
                db.session.remove()
        yield apps[0], apps[1]
        for app in apps:
            with app.app_context():
                db.session.remove()
                db.engine.dispose()


def pages(app: Flask, asked: Asked, on: date) -> tuple[object, ...]:
    """Every hit of every page, and what stands beside them."""
    with app.app_context():
        page = search(asked, on=on)
        hits = list(page.hits)
        first = page
        while page.after:
            page = search(asked, after=page.after, on=on)
            hits += page.hits
        db.session.remove()
    counts = {name: dict(number) for name, number in (first.counts or {}).items()}
    return [hit.address for hit in hits], first.total, first.more, first.opens, counts, hits


word = st.sampled_from([w for s in SYLLABLES for w in fold(s).split()] + ["khongco"])
parts = st.lists(
    st.one_of(word, st.lists(word, min_size=2, max_size=3).map(lambda ws: f'"{" ".join(ws)}"')),
    max_size=3,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    parts=parts,
    cut=st.integers(0, 2),
    kind=st.sampled_from(("", "", *KINDS)),
    agency=st.sampled_from(("", "", *AGENCIES)),
    days=st.sampled_from((None, None, 30, 365)),
    most=st.sampled_from((4, 1000)),
    ahead=st.booleans(),
)
@example(parts=[], cut=0, kind="item", agency="", days=30, most=4, ahead=True)
def test_both_engines_and_a_plain_list_find_the_same_in_the_same_order(
    both: tuple[Flask, Flask],
    parts: Sequence[str],
    cut: int,
    kind: str,
    agency: str,
    days: int | None,
    most: int,
    ahead: bool,
) -> None:
    typed = " ".join(parts)
    if cut and not typed.endswith('"') and len(typed) > cut:
        typed = typed[:-cut].rstrip()  # a word whose end is not typed yet
    since = TODAY - timedelta(days=days) if days else None
    facets = {name: value for name, value in (("kind", kind), ("agency", agency)) if value}
    asked = Asked(typed, facets, since)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(found, "MOST", most)  # few: then PostgreSQL looks span by span
        on = TODAY if ahead else TODAY + timedelta(days=1)  # ahead: something is dated later
        one, two = pages(both[0], asked, on), pages(both[1], asked, on)
    assert one == two
    phrases = [fold(p) for p in parts if p.startswith('"')]
    words = fold(typed).split()
    wanted = {"kind": kind, "agency": agency, "since": since}
    if not (words or facets):
        assert one[0] == []
        return
    right = answer(ENTRIES, phrases=phrases, words=words, **wanted)  # type: ignore[arg-type]
    if not right and words and not typed.endswith('"'):
        right = answer(ENTRIES, phrases=phrases, words=words, opens=True, **wanted)  # type: ignore[arg-type]
    assert one[0] == [f"/{ref}" for _kind, ref in right]
    assert one[1:3] == (min(len(right), most), len(right) > most)
