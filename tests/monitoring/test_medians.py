"""The median is that of the files, whoever counts it: the roll-up, the list, or a person with a pencil."""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from feedback.agencies.queries import by_code
from feedback.core.db import db
from feedback.monitoring import queries
from feedback.monitoring.indicators import INDICATORS
from feedback.monitoring.models import AGENCY, COMMUNE, DIMENSIONS
from feedback.monitoring.queries import Asked, Whose
from feedback.monitoring.rules import periods
from feedback.monitoring.rules.medians import MOST, Median, median, merged
from feedback.monitoring.rules.tables import MEDIAN, NOWHERE, Line, arrange, leaf
from feedback.petitions.models import Petition
from tests.monitoring import files
from tests.monitoring.test_indicators import whose

TODAY = date(2026, 11, 24)
DAYS = st.lists(st.integers(0, 90), max_size=60)


def cut(days: Iterable[int]) -> list[int]:
    return [min(value, MOST) for value in days]


@given(DAYS)
def test_it_is_the_median_of_any_list_of_days(days: list[int]) -> None:
    found = median(Counter(cut(days)))
    assert found.number == len(days)
    assert found.days == (statistics.median(cut(days)) if days else None)


@given(DAYS)
def test_what_is_cut_at_sixty_is_said_and_never_too_high(days: list[int]) -> None:
    found = median(Counter(cut(days)))
    if days and found.days is not None:
        true = statistics.median(days)
        assert found.days == true or (found.at_least and found.days < true)
        assert found.at_least == (statistics.median_high(days) >= MOST)


@given(st.lists(DAYS, max_size=5))
def test_histograms_add_up_where_medians_do_not(sets: list[list[int]]) -> None:
    together = merged(Counter(cut(days)) for days in sets)
    assert together == Counter(cut(value for days in sets for value in days))


def test_an_even_number_lies_halfway() -> None:
    assert median({3: 1, 10: 1}) == Median(2, 13)
    assert median({3: 1, 10: 1}).days == 6.5
    assert median({3: 1, MOST: 1}) == Median(2, 63, at_least=True)
    assert median({}) == Median(0)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("public", [True, False])
def test_each_median_of_a_table_is_that_of_its_files(site: Flask, seed: int, public: bool) -> None:
    files.varied(number=150, on=TODAY, seed=seed)
    took: dict[str, dict[object, list[int]]] = {by: defaultdict(list) for by in DIMENSIONS}
    months: dict[date, list[int]] = defaultdict(list)
    shown = Petition.kind != "complaint" if public else sa.true()
    answered = Petition.answered_on.is_not(None)
    for file in db.session.scalars(sa.select(Petition).where(answered, shown)):
        took[AGENCY][file.agency.code].append(file.answer_days)
        took[COMMUNE][file.commune.code if file.commune else NOWHERE].append(file.answer_days)
        months[file.submitted_on.replace(day=1)].append(file.answer_days)
    for by in DIMENSIONS:
        question = Asked(periods.read("2025-09", "2026-11", today=TODAY), TODAY, public, by=by)
        figures = queries.figures(question)
        for line in figures.lines:
            days = took[by].get(line.code, [])
            assert line.median.number == len(days)
            assert line.median.days == (statistics.median(days) if days else None)
            listed = queries.files_behind(
                question, INDICATORS[MEDIAN], whose(question, line.code), only_public=False
            )
            assert listed.median == line.median
        every = [value for days in months.values() for value in days]
        assert figures.total.median.days == statistics.median(every)
        for month, line in figures.months:
            days = months.get(month, [])
            assert line.median.days == (statistics.median(days) if days else None)


def test_the_files_behind_a_median_stand_in_the_order_of_their_days(site: Flask) -> None:
    health = by_code("so-y-te")
    for after in (12, 1, 90, 30, 5):
        sent = TODAY - timedelta(days=100)
        files.one(health, state="closed", sent=sent, due=sent, answered_after=after)
    files.counted()
    question = Asked(periods.read("2026-01", "2026-11", today=TODAY), TODAY, public=False)
    found: list[int] = []
    after = ""
    while True:
        behind = queries.files_behind(
            question, INDICATORS[MEDIAN], Whose(), only_public=False, after=after, size=2
        )
        found += [file.answer_days for file in behind.page.rows]
        after = behind.page.after
        if not after:
            break
    assert found == sorted(found)
    assert len(found) == 5
    assert behind.median is not None
    assert behind.median.days == found[2]


def line(code: str, *, days: int, number: int) -> Line:
    return Line(code, code, code, {}, {days: number})


@pytest.mark.parametrize("descending", [False, True])
def test_few_files_are_not_ranked_by_median_and_no_place_is_no_body(descending: bool) -> None:
    lines = [
        line(NOWHERE, days=1, number=99),
        line("c", days=40, number=19),
        line("b", days=12, number=20),
        line("a", days=9, number=20),
        Line("d", "d", "d", {}),
        line("e", days=2, number=1),
    ]
    found = [each.code for each in arrange(lines, MEDIAN, {}, descending=descending)]
    ranked = ["b", "a"] if descending else ["a", "b"]
    assert found == [*ranked, "c", "d", "e", NOWHERE]


def test_a_long_table_is_cut_into_leaves_and_nothing_is_lost() -> None:
    lines = [Line(str(n), str(n), str(n), {}) for n in range(110)]
    leaves = [leaf(lines, str(number), most=40) for number in (1, 2, 3)]
    assert [(each.number, each.numbers, len(each.lines)) for each in leaves] == [
        (1, 3, 40),
        (2, 3, 40),
        (3, 3, 30),
    ]
    assert [line for each in leaves for line in each.lines] == lines


@pytest.mark.parametrize("wanted", ["", "0", "4", "-1", "x", "²", "9" * 400])
def test_a_leaf_that_there_is_not_is_the_first(wanted: str) -> None:
    lines = [Line(str(n), str(n), str(n), {}) for n in range(110)]
    assert leaf(lines, wanted, most=40).number == 1


def test_no_line_at_all_is_one_empty_leaf() -> None:
    found = leaf([], "1", most=40)
    assert (found.number, found.numbers, found.lines) == (1, 1, [])
