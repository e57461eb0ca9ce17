"""Each number is the length of the list behind it, on both engines."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import force_locale

from feedback.agencies.queries import by_code
from feedback.core import clock
from feedback.monitoring import queries
from feedback.monitoring.indicators import COUNTS, HELD, INDICATORS, PARTS, RATIOS
from feedback.monitoring.models import AGENCY, COMMUNE, DIMENSIONS
from feedback.monitoring.queries import LEVELS, Asked, Whose
from feedback.monitoring.rules import periods
from feedback.monitoring.rules.tables import NOWHERE
from tests import make
from tests.monitoring import files

DOC = Path(__file__).parents[2] / "docs" / "indicators.md"
TODAY = date(2026, 11, 24)
PERIODS = (("2025-09", "2026-11"), ("2026-06", "2026-11"), ("2026-02", "2026-02"))


def asked(
    first: str, last: str, *, public: bool = False, level: str = "all", by: str = AGENCY
) -> Asked:
    return Asked(periods.read(first, last, today=TODAY), TODAY, public, level, by)


def whose(question: Asked, code: str) -> Whose:
    """The files of a line of the table."""
    if question.by == COMMUNE:
        return Whose(commune=by_code(code), nowhere=code == NOWHERE)
    return Whose(agency=by_code(code))


def listed(question: Asked, code: str, line: str = "", *, only_public: bool = False) -> list[str]:
    """Every page of the list, read to its end."""
    found: list[str] = []
    after = ""
    while True:
        behind = queries.files_behind(
            question,
            INDICATORS[code],
            whose(question, line) if line else Whose(),
            only_public=only_public,
            after=after,
            size=7,
        )
        found += [petition.public_id for petition in behind.page.rows]
        after = behind.page.after
        if not after:
            assert len(found) == behind.number - behind.hidden
            return found


@pytest.mark.parametrize("by", DIMENSIONS)
@pytest.mark.parametrize("public", [True, False])
@pytest.mark.parametrize("period", PERIODS)
def test_each_number_is_the_length_of_the_list_behind_it(
    site: Flask, period: tuple[str, str], public: bool, by: str
) -> None:
    files.varied(number=120, on=TODAY, seed=2705)
    question = asked(*period, public=public, by=by)
    figures = queries.figures(question)
    assert figures.lines
    for line in figures.lines:
        for code in COUNTS:
            behind = listed(question, code, line.code)
            assert (line.code, code, line[code]) == (line.code, code, len(set(behind)))
        behind = listed(question, "median_days", line.code)
        assert line.median.number == line["answered"] == len(behind)
    for code in COUNTS:
        assert figures.total[code] == len(listed(question, code))
    for code, ratio in RATIOS.items():
        assert len(listed(question, code)) == figures.total[ratio.whole.code]


@pytest.mark.parametrize("seed", range(5))
def test_the_parts_add_up(site: Flask, seed: int) -> None:
    files.varied(number=90, on=TODAY, seed=seed)
    for level in LEVELS:
        figures = queries.figures(asked("2025-09", "2026-11", level=level))
        for line in [
            *figures.lines,
            figures.total,
            *(line for _month, line in figures.months),
        ]:
            assert line["received"] == sum(line[part] for part in PARTS)
            assert line["answered"] == line["answered_on_time"] + line["answered_late"]
            assert line["due"] == line["answered"] + line["open_overdue"]
        for code in COUNTS:
            assert figures.total[code] == sum(line[code] for line in figures.lines)
            assert figures.total[code] == sum(line[code] for _month, line in figures.months)


def test_both_tables_have_the_same_sum(site: Flask) -> None:
    files.varied(number=120, on=TODAY, seed=4)
    for public in (True, False):
        by_agency, by_commune = (
            queries.figures(asked("2025-09", "2026-11", public=public, by=by)) for by in DIMENSIONS
        )
        assert by_agency.total == by_commune.total
        assert by_agency.months == by_commune.months
        assert [line for line in by_commune.lines if line.code == NOWHERE]


def test_a_file_disputed_once_stays_in_the_number_when_it_is_answered_anew(site: Flask) -> None:
    health = by_code("so-y-te")
    for state in ("reopened", "answered", "closed"):
        files.dispute(files.one(health, state=state, sent=date(2026, 11, 2), due=TODAY))
    files.one(health, state="closed", sent=date(2026, 11, 2), due=TODAY)
    files.counted()
    assert queries.figures(asked("2026-11", "2026-11")).total["disputed"] == 3


def test_a_sealed_file_is_in_no_figure_and_in_no_list(site: Flask) -> None:
    finance = by_code("so-tai-chinh")
    files.one(finance, state="sealed", sent=date(2026, 11, 2), due=date(2026, 11, 20))
    files.counted()
    figures = queries.figures(asked("2026-11", "2026-11"))
    assert not figures.lines
    assert all(listed(asked("2026-11", "2026-11"), code) == [] for code in INDICATORS)


def test_a_file_is_overdue_from_the_day_after_its_due_day(site: Flask) -> None:
    finance = by_code("so-tai-chinh")
    files.one(finance, state="in_progress", sent=date(2026, 11, 2), due=TODAY)
    files.one(
        finance,
        state="in_progress",
        sent=date(2026, 11, 2),
        due=TODAY - timedelta(days=1),
    )
    files.counted()
    total = queries.figures(asked("2026-11", "2026-11")).total
    assert (total["open_in_time"], total["open_overdue"], total["due"]) == (1, 1, 1)


def test_a_question_asked_too_late_is_no_way_out_of_the_figures(site: Flask) -> None:
    finance = by_code("so-tai-chinh")
    for asked_on in (date(2026, 11, 20), date(2026, 11, 21)):
        made = files.one(
            finance, state="needs_info", sent=date(2026, 11, 2), due=date(2026, 11, 20)
        )
        files.ask(made, asked=asked_on)
    files.counted()
    total = queries.figures(asked("2026-11", "2026-11")).total
    assert (total["open_in_time"], total["open_overdue"]) == (1, 1)


def test_a_disputed_answer_stays_answered_and_its_new_delay_is_seen(
    site: Flask,
) -> None:
    health = by_code("so-y-te")
    files.one(health, state="reopened", sent=date(2026, 9, 1), due=date(2026, 11, 1))
    files.counted()
    total = queries.figures(asked("2026-09", "2026-11")).total
    assert (total["answered"], total["open_overdue"], total["reopened_overdue"]) == (
        1,
        0,
        1,
    )


def test_a_complaint_is_counted_for_the_front_and_never_for_the_public(
    site: Flask,
) -> None:
    health = by_code("so-y-te")
    files.one(health, state="received", sent=TODAY, due=TODAY, kind="complaint")
    files.counted()
    assert queries.figures(asked("2026-11", "2026-11")).total["received"] == 1
    assert queries.figures(asked("2026-11", "2026-11", public=True)).total["received"] == 0


def test_the_public_list_shows_no_private_file_and_says_how_many_there_are(
    site: Flask,
) -> None:
    made = files.varied(number=80, on=TODAY, seed=3)
    private = {petition.public_id for petition in made if not petition.is_public}
    question = asked("2025-09", "2026-11", public=True)
    for code in INDICATORS:
        assert not private & set(listed(question, code, only_public=True))


def test_real_verbs_move_a_file_from_one_number_to_the_next(site: Flask) -> None:
    question = Asked(periods.read("", "", today=clock.today()), on=clock.today(), public=False)
    made_plan = make.plan()
    item = make.item(made_plan, "III.2.2.c")
    before = queries.figures(question).total
    make.petition(state="answered", item_id=item.id)
    make.commit()
    after = queries.figures(question).total
    assert after["received"] == before["received"] + 1
    assert after["answered_on_time"] == before["answered_on_time"] + 1


def test_a_file_in_the_dispatch_queue_counts_for_the_focal_agency(site: Flask) -> None:
    make.receipt()
    make.commit()
    question = Asked(periods.read("", "", today=clock.today()), clock.today(), public=False)
    (line,) = queries.figures(question).lines
    assert (line.code, line["received"], line["open_in_time"]) == ("so-noi-vu", 1, 1)


def test_the_document_gives_the_same_definitions(app: Flask) -> None:
    rows = [
        [cell.strip() for cell in row.strip("|").split("|")]
        for row in DOC.read_text(encoding="utf-8").splitlines()
        if row.startswith("| `")
    ]
    told = {row[0].strip("`"): row[1:] for row in rows}
    with app.test_request_context(), force_locale("en"):
        assert told == {
            code: [
                str(indicator.title),
                str(indicator.definition),
                f"`{indicator.numerator}`",
                f"`{indicator.denominator}`" if indicator.denominator else "–",
            ]
            for code, indicator in (INDICATORS | HELD).items()
        }
