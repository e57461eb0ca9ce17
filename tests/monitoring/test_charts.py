"""No word of a chart meets a line, whatever the numbers are."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from feedback.core import clock
from feedback.monitoring.rules.charts import LABEL, Frame, labelled, scale
from feedback.monitoring.views.drawing import FRAME
from tests import make
from tests.monitoring import files
from tests.monitoring.test_pages import client

HALF_A_WORD = 18  # "11/26" in the middle of its column
TEXT = re.compile(r'<text[^>]* x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]*)</text>')


@given(st.lists(st.floats(0, 60), max_size=36), st.none() | st.integers(1, 60))
def test_labels_of_an_axis_never_touch_and_hold_every_value(
    values: list[float], reference: int | None
) -> None:
    found = scale(values, FRAME, reference=reference)
    assert found.most >= max([*values, reference or 0, 1])
    assert 2 <= len(found.ticks) <= 7
    places = [tick.y for tick in found.ticks if tick.has_label]
    if found.reference and found.reference.has_label:
        places.append(found.reference.y)
    assert all(abs(a - b) >= LABEL for a, b in pairwise(sorted(places)))
    if reference:
        labels = [t.value for t in [*found.ticks, found.reference] if t and t.has_label]
        assert labels.count(reference) == 1


@given(st.integers(1, 240))
def test_at_most_seven_columns_carry_words_the_last_one_among_them(number: int) -> None:
    found = labelled(number)
    assert found[-1] == number - 1
    assert len(found) <= 7


@given(st.integers(1, 36), st.floats(0, 200))
def test_every_place_lies_within_the_plot(number: int, value: float) -> None:
    frame = Frame(left=10, right=100, top=5, bottom=50)
    assert all(10 <= frame.x(place, number) <= 100 for place in range(number))
    assert 5 <= frame.y(value, 100) <= 50


@pytest.mark.parametrize("query", ["", "?from=2025-09", "?from=2023-12&by=commune"])
def test_every_word_of_a_chart_stands_outside_the_plot(app: Flask, query: str) -> None:
    files.varied(number=300, on=clock.today(), seed=6)
    make.commit()
    html = client(app).get(f"/transparency{query}").get_data(as_text=True)
    charts = re.findall(r'<svg class="chart".*?</svg>', html, re.DOTALL)
    assert len(charts) == 2
    for chart in charts:
        words = TEXT.findall(chart)
        assert len(words) > 10
        for x, y, word in words:
            outside = float(x) < FRAME.left or float(y) - 10 >= FRAME.bottom
            assert outside, (x, y, word)
            assert float(x) <= 360 - HALF_A_WORD
