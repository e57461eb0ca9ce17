"""When a petition may be supported; docs/supports.md says the same and a test compares them."""

from __future__ import annotations

from feedback.petitions.rules.states import OPEN_STATES

# verb → states of the petition in which it is possible; always of one that the public may read
MOVES: dict[str, frozenset[str]] = {
    "support": OPEN_STATES,
    "take_back": OPEN_STATES | {"answered"},
    "count": OPEN_STATES | {"answered"},
    "leave_out": OPEN_STATES | {"answered"},
}

COUNTED, SUSPECT, LEFT_OUT, TAKEN_BACK, JOINED = (
    "counted",
    "suspect",
    "left_out",
    "taken_back",
    "joined",
)
# how one support stands: only ``counted`` is in the number; ``joined``: its person supports the file
# to which this one was joined
STANDINGS = (COUNTED, SUSPECT, LEFT_OUT, TAKEN_BACK, JOINED)
GIVEN = frozenset({COUNTED, SUSPECT, LEFT_OUT})  # its person has not taken it back


def bar(verb: str, state: str, *, is_public: bool) -> str:
    """Why it is not possible now: ``private``, ``answered`` or ``ended``; empty when it is."""
    if not is_public or state == "sealed":
        return "private"
    if state in MOVES[verb]:
        return ""
    return "answered" if state in {"answered", "closed"} else "ended"
