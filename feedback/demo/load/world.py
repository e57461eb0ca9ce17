"""What made-up lives happen among: bodies with their people, the plan's items, words."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate
from typing import Any

from feedback.demo.load.when import Days

RECENT = 50  # public files of a body that a new one may be joined to


@dataclass(frozen=True, slots=True)
class Someone:
    """A person, and how the record names her."""

    id: int
    public_id: str
    actor: str


@dataclass(frozen=True, slots=True)
class Desk:
    """One body and who does its work. ``punctual``: the share of its answers that are in time."""

    id: int
    code: str
    name: str
    place: str
    head: Someone
    clerk: Someone
    officers: Sequence[Someone]
    punctual: float
    recent: deque[tuple[int, int, str]] = field(default_factory=lambda: deque(maxlen=RECENT))


@dataclass(frozen=True, slots=True)
class Item:
    """One task of a plan and where its files go today; ``path`` is empty for "no item"."""

    id: int | None
    path: str
    plan_id: int | None
    heading: str
    desk: Desk
    dispatch: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Weighted:
    """Things of which the first come far more often than the last."""

    things: Sequence[Any]
    sums: Sequence[float]

    @classmethod
    def of(cls, things: Sequence[Any], slope: float = 0.9) -> Weighted:
        return cls(things, list(accumulate(1 / (n + 1) ** slope for n in range(len(things)))))


@dataclass(frozen=True)
class World:
    """``bodies`` are departments, ``communes`` the communes and wards, the busiest first."""

    words: Mapping[str, Any]
    days: Days
    today: date
    now_ms: int
    items: Weighted
    no_item: Item
    bodies: Weighted
    communes: Weighted
    dispatcher: Someone
    counter: Someone  # who writes down what people say at the counter or on the telephone

    def desk(self, code: str) -> Desk | None:
        desks = [*self.bodies.things, *self.communes.things]
        return next((desk for desk in desks if desk.code == code), None)

    def item(self, path: str) -> Item:
        return next(item for item in self.items.things if item.path == path)
