"""Who follows a body: whole, in parts, through several acts, or nobody."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from feedback.agencies.rules.succession import Body, Step, today_of

MARCH, JULY, TODAY = date(2025, 3, 1), date(2025, 7, 1), date(2026, 11, 24)
OLD = Body(1, None, date(2025, 2, 28))
NEW = Body(2, None, None)
HEALTH = Body(3, None, None)
BODIES = {body.id: body for body in (OLD, NEW, HEALTH)}
WHOLE = Step(1, 2, MARCH, is_main=True)
CHILDREN = Step(1, 3, MARCH, function="Trẻ em", keywords=("tre em",), mark="unverified")


def test_before_the_act_a_body_is_itself() -> None:
    assert today_of(1, date(2025, 2, 28), "", [WHOLE], BODIES).main_id == 1


def test_on_the_day_of_the_act_its_successor_stands_in() -> None:
    assert today_of(1, MARCH, "", [WHOLE], BODIES).main_id == 2


def test_an_item_that_touches_a_split_function_is_left_to_a_person() -> None:
    found = today_of(1, TODAY, "cham lo tre em vung sau", [WHOLE, CHILDREN], BODIES)
    assert (found.main_id, found.unclear) == (None, True)
    assert found.parts == (("Trẻ em", 3, "unverified"),)


def test_a_keyword_counts_as_whole_words_only() -> None:
    assert today_of(1, TODAY, "tre emo", [WHOLE, CHILDREN], BODIES).main_id == 2


def test_what_the_successor_lost_before_is_not_ours() -> None:
    lost = Step(2, 3, date(2025, 2, 1), function="Tôn giáo", keywords=("ton giao",))
    assert today_of(1, TODAY, "ton giao", [WHOLE, lost], BODIES).main_id == 2


def test_a_body_divided_among_many_has_no_successor() -> None:
    halves = [Step(1, 2, MARCH, is_main=True), Step(1, 3, MARCH, is_main=True)]
    found = today_of(1, TODAY, "", halves, BODIES)
    assert (found.main_id, found.unclear) == (None, True)


def test_a_body_that_lives_on_beside_two_main_successors_is_left_to_a_person() -> None:
    halves = [Step(2, 3, MARCH, is_main=True), Step(2, 4, MARCH, is_main=True)]
    bodies = {**BODIES, 4: Body(4)}
    found = today_of(2, TODAY, "", halves, bodies)
    assert (found.main_id, found.unclear) == (None, True)


def test_a_chain_of_acts_is_walked_to_the_day_and_no_further() -> None:
    chain = [WHOLE, Step(2, 3, JULY, is_main=True)]
    assert today_of(1, date(2025, 6, 30), "", chain, BODIES).path == (1, 2)
    found = today_of(1, JULY, "", chain, BODIES)
    assert (found.main_id, found.path) == (3, (1, 2, 3))


def test_a_district_that_ended_has_nobody() -> None:
    district = {9: Body(9, None, date(2025, 6, 30))}
    assert today_of(9, date(2025, 6, 30), "", [], district).main_id == 9
    found = today_of(9, TODAY, "", [], district)
    assert (found.main_id, found.unclear, found.parts) == (None, True, ())


def test_a_body_that_nobody_registered_has_nobody() -> None:
    assert today_of(77, TODAY, "", [WHOLE], BODIES).main_id is None


def test_a_circle_of_successions_ends() -> None:
    circle = [WHOLE, Step(2, 1, JULY, is_main=True)]
    assert today_of(1, TODAY, "", circle, BODIES).main_id == 2


@given(
    st.lists(
        st.builds(
            Step,
            st.integers(1, 6),
            st.integers(1, 6),
            st.dates(date(2024, 1, 1), date(2026, 12, 31)),
            st.sampled_from(["", "Trẻ em"]),
            st.just(("tre em",)),
            st.just("found"),
            st.booleans(),
        ),
        max_size=12,
    ),
    st.lists(st.dates(date(2024, 1, 1), date(2027, 12, 31)), min_size=6, max_size=6),
    st.dates(date(2024, 1, 1), date(2027, 12, 31)),
)
def test_nobody_who_no_longer_exists_is_ever_named(
    steps: list[Step], ends: list[date], day: date
) -> None:
    bodies = {n: Body(n, None, end) for n, end in enumerate(ends, start=1)}
    found = today_of(1, day, "tre em", steps, bodies)
    assert found.main_id is None or bodies[found.main_id].exists_on(day)
