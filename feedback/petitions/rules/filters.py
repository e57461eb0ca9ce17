"""What the list of a desk is narrowed to, as its address says it. Whatever is broken in it falls back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from feedback.core.text import clean_line
from feedback.petitions.rules import looking
from feedback.petitions.rules.references import parse_number
from feedback.petitions.rules.states import STATES

# how the due day lies: past, within three working days, until Sunday, resting while the sender is asked
CLOCKS = ("late", "soon", "week", "rests")
FOUND_STATES = tuple(state for state in STATES if state != "sealed")
ME, NOBODY = "me", "nobody"
# open and ended ones: of one's own body, or of every body for whoever may read them all
ALL, EVERYWHERE = "all", "everywhere"
SOON_DAYS = 3  # working days
LONGEST = 40  # characters of a number that somebody types


@dataclass(frozen=True)
class Filter:
    """Empty where nothing is asked for. A number finds one file wherever it stands, so it stands alone."""

    number: str = ""  # as typed
    words: str = ""  # looked for in title, text and place
    state: str = ""  # empty: every open one
    clock: str = ""  # one of CLOCKS, or a day as YYYY-MM-DD
    kind: str = ""
    officer: str = ""  # ME, NOBODY or a public id
    commune: str = ""

    def __bool__(self) -> bool:
        return any(asdict(self).values())

    @property
    def args(self) -> dict[str, str]:
        """The part of an address that asks for the same again."""
        return {name: value for name, value in asdict(self).items() if value}

    @property
    def whole(self) -> bool:
        """Open and ended ones alike."""
        return self.state in (ALL, EVERYWHERE)

    @property
    def rests(self) -> bool:
        return self.clock == "rests"

    @property
    def due_on(self) -> date | None:
        return _day(self.clock)


# what a heading of the desk asks for, said as a filter; the others ask for more than that
TABS_AS_FILTERS = {
    "overdue": Filter(clock="late"),
    "soon": Filter(clock="soon"),
    "mine": Filter(officer=ME),
    "unassigned": Filter(officer=NOBODY),
}


def read_filter(
    args: Mapping[str, str],
    *,
    kinds: Collection[str],
    officers: Collection[str],
    communes: Collection[str],
    everywhere: bool = False,
) -> Filter:
    """``kinds``, ``officers`` and ``communes``: the codes that one may choose; ``everywhere``: may one look at
    every body? There is one field for words and number: what looks like a number is one."""
    words = clean_line(args.get("words", ""))[: looking.LONGEST]
    number = args.get("number", "").strip()[:LONGEST] or (words if parse_number(words) else "")
    if number:
        return Filter(number=number)
    clock = args.get("clock", "")
    clock = clock if clock in CLOCKS or _day(clock) else ""
    officer = _one_of(args.get("officer", ""), {ME, NOBODY, *officers})
    return Filter(
        words=words if looking.words_of(words) else "",
        state=_state(args.get("state", ""), clock, officer, everywhere),
        clock=clock,
        kind=_one_of(args.get("kind", ""), kinds),
        officer=officer,
        commune=_one_of(args.get("commune", ""), communes),
    )


def _state(asked: str, clock: str, officer: str, everywhere: bool) -> str:
    """A clock runs, or rests, for an open file alone; an officer is one of the own body."""
    state = _one_of(asked, (*FOUND_STATES, ALL, EVERYWHERE))
    if state in (ALL, EVERYWHERE) and clock:
        return ""
    return ALL if state == EVERYWHERE and (officer or not everywhere) else state


def tab_of(asked: Filter) -> str:
    """The heading that asks for just this; empty where there is none."""
    return next((tab for tab, same in TABS_AS_FILTERS.items() if same == asked), "")


def week_ends(day: date) -> date:
    """The Sunday of the day's week."""
    return day + timedelta(days=6 - day.weekday())


def _one_of(value: str, known: Collection[str]) -> str:
    return value if value in known else ""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
