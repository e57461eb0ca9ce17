"""What was decided must be told to the people in time, and hang long enough; the register says whether."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from feedback.audit.queries import events_of, verify
from feedback.core import clock
from feedback.core.db import commit
from feedback.core.errors import Conflict, Refused
from feedback.plans.models import Plan
from feedback.publication import actions, queries
from feedback.publication.models import Publication
from feedback.publication.rules import terms
from feedback.workdays.queries import load_calendar
from tests import make
from tests.people import person
from tests.servers.moment import noon

DECIDED = date(2026, 11, 23)
TODAY = date(2026, 12, 10)
Q4 = (2026, 4)


@pytest.fixture(autouse=True)
def a_day_in_december(plan: Plan) -> Iterator[None]:
    with clock.travel(noon(2026, 12, 10)):
        yield


def entry(*, decided_on: date = DECIDED, title: str = "Dự toán ngân sách sở") -> Publication:
    what = actions.What(title=title, kind="budget", decided_on=decided_on, decision="12/QĐ")
    agency = make.commune("so-tai-chinh")
    return actions.register(what, agency=agency, on=TODAY, by=person("thu"))


def how(form: str = "noticeboard", from_on: date = date(2026, 11, 27)) -> actions.How:
    return actions.How(form=form, place="Bảng tin trụ sở", person="Anh Tư", from_on=from_on)


def put_up(made: Publication, one: actions.How) -> None:
    actions.post(made, one, seen=made.lock, on=TODAY, by=person("thu"))


def stands(made: Publication, on: date = TODAY) -> tuple[str, int]:
    found = terms.published(made.first_on, made.due_on, on, load_calendar())
    return found.state, found.days


def test_the_term_runs_from_the_decision_whenever_it_is_entered(plan: Plan) -> None:
    made = entry()
    assert (made.due_on, made.entered_on) == (date(2026, 12, 1), TODAY)
    calendar = load_calendar()
    assert terms.published(None, made.due_on, date(2026, 12, 1), calendar).state == "due"
    assert stands(made) == ("late", 7)
    assert queries.number_late(Q4, agency_id=None, on=TODAY) == (1, 1)
    put_up(made, how("web", date(2026, 12, 3)))
    assert stands(made) == ("was_late", 2)
    put_up(made, how("loudspeaker", date(2026, 12, 1)))  # earlier, entered later: both days stay
    assert stands(made) == ("in_time", 0)
    assert [p.entered_on for p in made.postings] == [TODAY, TODAY]


def test_a_noticeboard_keeps_it_for_thirty_days_and_too_early_stays_written_down(
    plan: Plan,
) -> None:
    made = entry()
    put_up(made, how())
    put_up(made, how("web"))
    board, web = made.postings[0], made.postings[1]
    assert (board.least_on, web.least_on) == (date(2026, 12, 28), None)
    assert terms.hangs(board.least_on, None, TODAY) == "hanging"
    assert terms.hangs(board.least_on, None, date(2026, 12, 28)) == "enough"
    actions.take_down(board, to_on=date(2026, 12, 9), on=TODAY, by=person("thu"))
    commit()
    assert terms.hangs(board.least_on, board.to_on, TODAY) == "short"
    assert terms.hangs(board.least_on, date(2026, 12, 28), TODAY) == "whole"
    with pytest.raises(Conflict):
        actions.take_down(board, to_on=TODAY, on=TODAY, by=person("thu"))
    kinds = [event.kind for event in events_of(f"publication:{made.public_id}")]
    assert kinds == [
        "publication:registered",
        "publication:posted",
        "publication:posted",
        "publication:taken_down",
    ]
    assert verify().bad_seq is None


def test_nothing_is_published_before_it_is_decided_or_tomorrow(plan: Plan) -> None:
    made = entry()
    for day in (date(2026, 11, 22), date(2026, 12, 11)):
        with pytest.raises(Refused):
            put_up(made, how(from_on=day))
    with pytest.raises(Refused):
        entry(decided_on=date(2026, 12, 11))
    with pytest.raises(Refused):
        entry(title="Một")
    with pytest.raises(Conflict):
        actions.post(made, how(), seen=made.lock + 1, on=TODAY, by=person("thu"))


def test_a_quarter_is_listed_whole_in_the_order_of_its_decisions(plan: Plan) -> None:
    days = [date(2026, 9, 30), date(2026, 10, 1), date(2026, 11, 5), date(2026, 10, 20)]
    for day in days:
        entry(decided_on=day, title=f"Quyết định ngày {day}")
    commit()
    listed = [one.decided_on for one in queries.whole_quarter(Q4, agency_id=None)]
    assert listed == [date(2026, 10, 1), date(2026, 10, 20), date(2026, 11, 5)]
    first = queries.register_page(Q4, agency_id=None, after="")
    assert [one.decided_on for one in first.rows] == listed[::-1]
    other = make.commune("so-y-te").id
    assert not queries.register_page(Q4, agency_id=other, after="").rows


@pytest.mark.parametrize(
    ("typed", "read"),
    [("2026-3", (2026, 3)), ("2026-5", Q4), ("x", Q4), ("", Q4), ("20266-1", Q4)],
)
def test_a_quarter_is_read_from_an_address(plan: Plan, typed: str, read: tuple[int, int]) -> None:
    assert terms.read_quarter(typed, TODAY) == read
    first, after = terms.days_of(*Q4)
    assert (first, after) == (date(2026, 10, 1), date(2027, 1, 1))
