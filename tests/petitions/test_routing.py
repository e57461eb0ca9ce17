"""Whose petition is it today: pure rules, together with the shipped registry of bodies."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.agencies.rules.succession import today_of
from feedback.core.text import fold
from feedback.petitions.rules.routing import Lead, Route, route
from tests.demo.data import BODIES, CODES, IDS, STEPS

FOCAL, COMMUNE = 1, 9
TODAY = date(2026, 11, 24)
REASONS = {"no_item", "groups_only", "lead_today", "split_successor", "several_leads"}
leads = st.lists(
    st.builds(
        Lead,
        st.none() | st.integers(2, 6),
        st.booleans(),
        st.lists(st.integers(2, 6), max_size=3).map(tuple),
    ),
    max_size=4,
)


def lead(code: str, text: str = "", on: date = TODAY) -> Lead:
    """A lead body of the plan, followed to a day as the queries do it."""
    found = today_of(IDS[code], on, fold(text), STEPS, BODIES)
    return Lead(found.main_id, found.unclear, tuple(part[1] for part in found.parts))


@given(st.none() | leads, st.none() | st.just(COMMUNE))
def test_the_machine_decides_only_what_is_clear(
    found: list[Lead] | None, commune: int | None
) -> None:
    routed = route(found, commune_id=commune, focal_id=FOCAL)
    assert routed.reason_code in REASONS
    assert len(set(routed.suggestions)) == len(routed.suggestions)
    if routed.dispatch:
        assert routed.agency_id == FOCAL
        assert commune is None or commune in routed.suggestions
    else:
        assert found
        assert {one.now_id for one in found} == {routed.agency_id}
        assert not any(one.unclear for one in found)


def test_a_commune_alone_is_a_suggestion_and_not_a_decision() -> None:
    assert route(None, commune_id=COMMUNE, focal_id=FOCAL) == Route(FOCAL, True, "no_item", (9,))


def test_two_leads_that_became_one_body_are_one_lead() -> None:
    """Sở NN&PTNT and Sở TN&MT of 2024 are one department today."""
    both = [lead("so-nnptnt-2024"), lead("so-tnmt-2024")]
    routed = route(both, commune_id=None, focal_id=FOCAL)
    assert (CODES[routed.agency_id], routed.dispatch) == ("so-nong-nghiep-moi-truong", False)


def test_planning_of_2024_is_finance_today() -> None:
    routed = route([lead("so-khdt-2024")], commune_id=None, focal_id=FOCAL)
    assert (CODES[routed.agency_id], routed.reason_code) == ("so-tai-chinh", "lead_today")


@pytest.mark.parametrize(
    ("code", "text", "offered"),
    [
        ("so-ldtbxh-2024", "Chăm lo cho trẻ em vùng sâu", "so-y-te"),
        ("so-noi-vu", "Công tác tôn giáo ở cơ sở", "so-dan-toc-ton-giao"),
        ("van-phong-ubnd-tinh", "Đồng bào dân tộc thiểu số", "so-dan-toc-ton-giao"),
    ],
)
def test_a_divided_function_is_offered_to_a_person(code: str, text: str, offered: str) -> None:
    routed = route([lead(code, text)], commune_id=None, focal_id=FOCAL)
    assert (routed.dispatch, routed.reason_code) == (True, "split_successor")
    assert offered in {CODES[body] for body in routed.suggestions}


def test_the_same_body_with_another_matter_is_clear() -> None:
    routed = route([lead("so-noi-vu", "Cải cách hành chính")], commune_id=None, focal_id=FOCAL)
    assert (CODES[routed.agency_id], routed.dispatch) == ("so-noi-vu", False)


@given(st.sampled_from(sorted(IDS)), st.dates(date(2024, 1, 1), date(2027, 12, 31)))
def test_nobody_of_the_registry_is_followed_to_a_body_that_is_gone(code: str, on: date) -> None:
    found = lead(code, on=on)
    assert found.now_id is None or BODIES[found.now_id].exists_on(on)
    routed = route([found], commune_id=None, focal_id=IDS["so-noi-vu"])
    assert BODIES[routed.agency_id].exists_on(on)


def test_a_district_has_no_successor() -> None:
    routed = route([lead("huyen-go-dau-2024")], commune_id=COMMUNE, focal_id=FOCAL)
    assert (routed.dispatch, routed.suggestions) == (True, (COMMUNE,))
