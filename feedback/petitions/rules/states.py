"""The table of states and moves. docs/states.md says the same and a test compares them."""

from __future__ import annotations

from dataclasses import dataclass

OPEN_STATES = frozenset({"submitted", "received", "in_progress", "needs_info", "awaiting_approval"})
ANSWERED_STATES = frozenset({"answered", "closed"})
ENDED_STATES = frozenset({"declined", "guided", "merged", "withdrawn", "sealed"})
STATES = (
    "submitted",
    "received",
    "in_progress",
    "needs_info",
    "awaiting_approval",
    "answered",
    "closed",
    "declined",
    "guided",
    "merged",
    "withdrawn",
    "sealed",
)
BACK = "back"  # the state from which the question was asked
STAYS = "stays"


@dataclass(frozen=True)
class Move:
    """One row of the table. ``clock`` says what the move does to the resident's clock:
    start, pause, resume, stop, runs, extend, reopen."""

    verb: str
    sources: frozenset[str]
    target: str
    who: tuple[str, ...]
    condition: str
    clock: str


class MoveForbidden(Exception):
    """The table has no such move from this state."""

    def __init__(self, verb: str, state: str) -> None:
        super().__init__(f"{verb} from {state}")
        self.verb = verb
        self.state = state


_EARLY = frozenset({"submitted", "received"})
_WORK = _EARLY | {"in_progress"}


def _move(
    verb: str, sources: frozenset[str], target: str, who: str, condition: str, clock: str
) -> Move:
    return Move(verb, sources, target, tuple(who.split("|")), condition, clock)


MOVES: dict[str, Move] = {
    move.verb: move
    for move in (
        _move("submit", frozenset(), "submitted", "resident|desk_clerk", "enough_words", "start"),
        _move("receive", frozenset({"submitted"}), "received", "clerk|head|dispatcher", "", "runs"),
        _move("ask_resident", _WORK, "needs_info", "officer", "question", "pause"),
        _move("supply", frozenset({"needs_info"}), BACK, "resident|clock", "", "resume"),
        _move("decline", _EARLY, "declined", "screener", "reason_and_second_person", "stop"),
        _move("guide", _EARLY, "guided", "screener", "which_body", "stop"),
        _move("merge", _WORK, "merged", "screener", "other_file", "stop"),
        _move("split", _WORK, STAYS, "officer", "which_part", "runs"),
        _move("transfer", _WORK, "submitted", "head|dispatcher", "reason", "runs"),
        _move(
            "assign",
            frozenset({"received", "in_progress"}),
            "in_progress",
            "head|clerk",
            "own_officer",
            "runs",
        ),
        _move("ask_part", frozenset({"in_progress"}), STAYS, "officer", "part_before_lead", "runs"),
        _move(
            "send_for_approval",
            frozenset({"in_progress"}),
            "awaiting_approval",
            "officer",
            "answer_version",
            "runs",
        ),
        _move(
            "approve", frozenset({"awaiting_approval"}), "answered", "head", "not_author", "stop"
        ),
        _move("send_back", frozenset({"awaiting_approval"}), "in_progress", "head", "note", "runs"),
        _move(
            "extend", frozenset({"in_progress"}), STAYS, "officer|head", "reason_ceiling", "extend"
        ),
        _move("rate", frozenset({"answered"}), STAYS, "resident", "once", "none"),
        _move("dispute", frozenset({"answered"}), "in_progress", "resident", "once_30_d", "reopen"),
        _move("close", frozenset({"answered"}), "closed", "clock", "30_d", "none"),
        _move("withdraw", OPEN_STATES, "withdrawn", "resident", "", "stop"),
        # a reorganisation is carried out: by a person, or by the clock on its day
        _move("succeed", OPEN_STATES, STAYS, "admin|clock", "act_carried_out", "runs"),
        _move(
            "seal",
            frozenset(STATES) - {"sealed"},
            "sealed",
            "officer|head",
            "second_person",
            "stop",
        ),
    )
}

# Where a petition stands on the six steps of the motto, told once for all pages: said (ban), taken
# up (lam), its clock running for everybody to check (kiem_tra), its answer there to be judged
# (giam_sat), settled (thu_huong). What ended without an answer stays where it ended: the steps
# after that were not gone.
STEPS = ("biet", "ban", "lam", "kiem_tra", "giam_sat", "thu_huong")
STEP_OF_STATE = {
    "submitted": "ban",
    "received": "lam",
    "in_progress": "kiem_tra",
    "needs_info": "kiem_tra",
    "awaiting_approval": "kiem_tra",
    "answered": "giam_sat",
    "closed": "thu_huong",
    "declined": "lam",
    "guided": "lam",
    "merged": "lam",
    "withdrawn": "ban",
    "sealed": "ban",
}


def check_move(verb: str, state: str) -> Move:
    """The table's row. Raises MoveForbidden when the verb is not possible from the state, KeyError
    for a verb that the table does not know."""
    move = MOVES[verb]
    if state not in move.sources:
        raise MoveForbidden(verb, state)
    return move


def moves_from(state: str) -> tuple[Move, ...]:
    """What may happen next, in the order of the table."""
    return tuple(move for move in MOVES.values() if state in move.sources)


def steps_of(state: str) -> dict[str, str]:
    """The rail of a petition: done before its step, now at it, next after it."""
    here = STEPS.index(STEP_OF_STATE[state])
    return {
        step: "done" if at < here else "now" if at == here else "next"
        for at, step in enumerate(STEPS)
    }
