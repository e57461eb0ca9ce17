"""docs/states.md says what rules/states.py does, and the table keeps its promises."""

from __future__ import annotations

import pytest

from feedback.core.config import ROOT
from feedback.petitions.rules.states import (
    ANSWERED_STATES,
    BACK,
    ENDED_STATES,
    MOVES,
    OPEN_STATES,
    STATES,
    STAYS,
    STEP_OF_STATE,
    STEPS,
    MoveForbidden,
    check_move,
    moves_from,
    steps_of,
)

PAGE = (ROOT / "docs" / "states.md").read_text(encoding="utf-8")


def table(heading: str) -> list[list[str]]:
    """Rows of the table under a heading, without its header."""
    part = PAGE.split(f"## {heading}\n")[1].split("\n## ")[0]
    rows = [line for line in part.splitlines() if line.startswith("| ")][1:]
    return [[cell.strip().replace("`", "") for cell in row.strip("|").split("|")] for row in rows]


def words(cell: str) -> list[str]:
    return [word for word in cell.split(", ") if word != "–"]


def test_every_state_is_described_with_its_step() -> None:
    rows = table("States")
    assert [row[0] for row in rows] == list(STATES)
    assert {row[0]: row[3] for row in rows} == STEP_OF_STATE
    group = {"open": OPEN_STATES, "answered": ANSWERED_STATES, "ended": ENDED_STATES}
    assert {row[0]: row[2] for row in rows} == {
        state: name for name, states in group.items() for state in states
    }
    assert all(row[1] for row in rows)


def test_every_move_is_described_as_the_code_has_it() -> None:
    rows = table("Moves")
    assert [row[0] for row in rows] == list(MOVES)
    for verb, sources, target, who, condition, clock, *_ in rows:
        move = MOVES[verb]
        assert words(sources) == [s for s in STATES if s in move.sources], verb
        assert target == move.target, verb
        assert tuple(words(who)) == move.who, verb
        assert (condition if condition != "–" else "") == move.condition, verb
        assert clock == move.clock, verb


def test_every_state_is_open_answered_or_ended() -> None:
    assert len(STATES) == len(set(STATES))
    assert set(STATES) == OPEN_STATES | ANSWERED_STATES | ENDED_STATES
    assert not OPEN_STATES & ANSWERED_STATES
    assert not ENDED_STATES & (OPEN_STATES | ANSWERED_STATES)


def test_every_state_can_be_reached_from_a_submission() -> None:
    reached, before = {"submitted"}, set()
    while reached != before:
        before = set(reached)
        reached |= {m.target for state in before for m in moves_from(state)} - {BACK, STAYS}
    assert reached == set(STATES)


def test_every_open_file_can_move_on_and_an_ended_one_can_only_be_sealed() -> None:
    assert all(moves_from(state) for state in OPEN_STATES)
    for state in ENDED_STATES | {"closed"}:
        verbs = {move.verb for move in moves_from(state)}
        assert verbs == (set() if state == "sealed" else {"seal"}), state


def test_a_resident_may_take_any_open_file_back() -> None:
    assert MOVES["withdraw"].sources == OPEN_STATES


@pytest.mark.parametrize("state", ["answered", "closed"])
def test_an_answered_petition_cannot_be_transferred(state: str) -> None:
    with pytest.raises(MoveForbidden) as refused:
        check_move("transfer", state)
    assert (refused.value.verb, refused.value.state) == ("transfer", state)


def test_a_petition_is_submitted_once() -> None:
    for state in STATES:
        with pytest.raises(MoveForbidden):
            check_move("submit", state)


def test_only_named_moves_touch_the_residents_clock() -> None:
    effect = {
        clock: {v for v, m in MOVES.items() if m.clock == clock}
        for clock in ("start", "pause", "resume", "extend", "reopen")
    }
    assert effect == {
        "start": {"submit"},
        "pause": {"ask_resident"},
        "resume": {"supply"},
        "extend": {"extend"},
        "reopen": {"dispute"},
    }
    assert MOVES["transfer"].clock == MOVES["split"].clock == "runs"


def test_every_way_to_stop_the_clock_is_an_answer_or_a_reason() -> None:
    stops = {verb: move for verb, move in MOVES.items() if move.clock == "stop"}
    assert {m.target for m in stops.values()} == ENDED_STATES | {"answered"}
    assert {verb for verb, move in stops.items() if not move.condition} == {"withdraw"}


@pytest.mark.parametrize("state", STATES)
def test_the_rail_has_one_place_for_each_petition(state: str) -> None:
    rail = steps_of(state)
    here = STEPS.index(STEP_OF_STATE[state])
    assert tuple(rail) == STEPS
    assert list(rail.values()) == ["done"] * here + ["now"] + ["next"] * (len(STEPS) - here - 1)
