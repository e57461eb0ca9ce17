"""What moves when bodies change: plain values, and the one question who decides where a thing goes.

A *choice* is a word: ``to:7`` (the body with key 7 in the act), ``stay`` (with the body that lives on),
``dispatch`` (the focal agency finds an owner), ``level:commune`` (a group means that level from then on).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from feedback.agencies.rules.succession import touches
from feedback.core.text import fold, whole

STAY, DISPATCH, UNDECIDED = "stay", "dispatch", ""


@dataclass(frozen=True)
class Function:
    """One function that goes elsewhere; an item or a file that holds one of its folded words is
    decided by a person."""

    name: str
    keywords: tuple[str, ...]
    taker: int


@dataclass(frozen=True)
class Giver:
    """A body that ends or loses functions. ``main`` takes over the whole of one that ends."""

    id: int
    name: str
    ends: bool
    main: int | None = None
    functions: tuple[Function, ...] = ()

    @property
    def reads_words(self) -> bool:
        """Must texts be read to know where a thing goes?"""
        return bool(self.functions)


@dataclass(frozen=True)
class Taker:
    """A body that takes over; ``agency_id`` is None until one that begins exists."""

    key: int
    name: str
    agency_id: int | None


@dataclass(frozen=True)
class Act:
    """One reorganisation as movers see it. ``on`` is its first day; ``choices`` what people decided,
    by mover and subject."""

    title: str
    kind: str
    on: date
    givers: Mapping[int, Giver]
    takers: Mapping[int, Taker]
    choices: Mapping[tuple[str, str], str] = field(default_factory=dict)
    begins: Mapping[str, int] = field(default_factory=dict)  # new bodies by level

    @property
    def ending(self) -> frozenset[int]:
        """Keys of the bodies that end."""
        return frozenset(g.id for g in self.givers.values() if g.ends)

    def by_rule(self, giver_id: int, words: str = "") -> str:
        """Where a thing of this body goes without asking anybody; UNDECIDED where a person must say.

        ``words`` is plain text; it is folded only where a function of the body went elsewhere.
        """
        giver = self.givers[giver_id]
        if giver.reads_words:
            folded = f" {fold(words)} "
            if any(touches(folded, function.keywords) for function in giver.functions):
                return UNDECIDED
        if not giver.ends:
            return STAY
        return f"to:{giver.main}" if giver.main is not None else UNDECIDED

    def touched(self, giver_id: int, words: str) -> str:
        """Which functions that go elsewhere these words show, for a person to read."""
        folded = f" {fold(words)} "
        functions = self.givers[giver_id].functions
        return ", ".join(dict.fromkeys(f.name for f in functions if touches(folded, f.keywords)))

    def options(self, giver_id: int, *, dispatch: bool) -> tuple[str, ...]:
        """What a person may choose: the bodies that took something over, first those of this giver."""
        giver = self.givers[giver_id]
        own = [giver.main] if giver.main is not None else []
        own += [function.taker for function in giver.functions]
        keys = dict.fromkeys([*own, *self.takers])
        stay = () if giver.ends else (STAY,)
        return (*stay, *(f"to:{key}" for key in keys), *((DISPATCH,) if dispatch else ()))

    def decided(self, mover: str, subject: str) -> str:
        """What a person said, or UNDECIDED."""
        return self.choices.get((mover, subject), UNDECIDED)

    def target(self, choice: str) -> int | None:
        """The key of the body behind ``to:…``, once it exists."""
        kind, _colon, key = choice.partition(":")
        if kind != "to" or whole(key, otherwise=-1) not in self.takers:
            return None
        return self.takers[whole(key)].agency_id


@dataclass(frozen=True)
class Flow:
    """So many things of a body go the same clear way."""

    giver: str
    choice: str
    number: int


@dataclass(frozen=True)
class Thing:
    """One thing whose way is not clear: ``choice`` is what a person decided, or UNDECIDED."""

    subject: str
    title: str
    giver: str
    choice: str
    options: tuple[str, ...]
    note: str = ""
    touched: str = ""  # functions that go elsewhere, by name
    address: str = ""


class Mover(Protocol):
    """What a feature registers in app.py. Everything happens inside the caller's transaction."""

    name: str

    def flows(self, act: Act) -> Sequence[Flow]:
        """What goes a clear way, counted."""

    def things(self, act: Act) -> Iterator[Thing]:
        """What a person decides, decided or not, in an order that stays."""

    def apply(self, act: Act, *, on: date, by: Any) -> int:
        """Move everything; returns how many things."""

    def strays(self, on: date) -> Mapping[int, int]:
        """How many things are due from bodies that do not exist on the day, by body: none, ever."""


MOVERS: dict[str, Mover] = {}


def add_mover(mover: Mover) -> None:
    """Let reorganisations move this sort of thing too, after those registered before."""
    MOVERS[mover.name] = mover


def counted(givers: Mapping[int, Giver], choices: Iterable[tuple[int, str]]) -> list[Flow]:
    """Flows of things given one by one as (giver, choice); what is undecided is no flow."""
    numbers: dict[tuple[int, str], int] = {}
    for giver_id, choice in choices:
        if choice != UNDECIDED:
            numbers[giver_id, choice] = numbers.get((giver_id, choice), 0) + 1
    return [Flow(givers[giver].name, way, number) for (giver, way), number in numbers.items()]
