"""Who follows a body through reorganisations: pure rules on plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Body:
    """A public body and the days between which it exists (both inclusive, None is open)."""

    id: int
    valid_from: date | None = None
    valid_to: date | None = None

    def exists_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


@dataclass(frozen=True)
class Step:
    """One function (or, with an empty function, the whole) of a body goes to another on a day.

    ``keywords`` are folded words that show that an item touches this function.
    """

    predecessor_id: int
    successor_id: int
    effective_on: date
    function: str = ""
    keywords: tuple[str, ...] = ()
    mark: str = "found"
    is_main: bool = False


Part = tuple[str, int, str]  # function, successor, mark


@dataclass(frozen=True)
class Outcome:
    """``main_id`` is the one body of the day that follows; None when there is none or it is unclear.

    ``unclear`` means that a person must decide; ``parts`` lists functions that went elsewhere.
    """

    main_id: int | None
    unclear: bool = False
    parts: tuple[Part, ...] = ()
    path: tuple[int, ...] = ()


def today_of(
    body_id: int, day: date, text_folded: str, steps: Sequence[Step], bodies: Mapping[int, Body]
) -> Outcome:
    """Walk from a body to the one that follows it on ``day``.

    A functional split whose keywords occur in the item's folded text makes the outcome unclear:
    such an item is never given to one successor by machine. Never returns a body that does not
    exist on the day.
    """
    words = f" {text_folded} "
    current, path, since = body_id, [body_id], date.min
    parts: list[Part] = []
    unclear = False
    while True:
        taken = [s for s in steps if s.predecessor_id == current and since < s.effective_on <= day]
        functional = [s for s in taken if s.function]
        parts += [(s.function, s.successor_id, s.mark) for s in functional]
        unclear = unclear or any(touches(words, s.keywords) for s in functional)
        mains = {s.successor_id: s.effective_on for s in taken if s.is_main and not s.function}
        if len(mains) != 1 or next(iter(mains)) in path:
            unclear = unclear or len(mains) > 1  # divided among many: a person decides
            break
        ((current, since),) = mains.items()  # what the successor lost before that day is not ours
        path.append(current)
    body = bodies.get(current)
    exists = body is not None and body.exists_on(day)
    if not exists:
        return Outcome(None, unclear=True, parts=tuple(parts), path=tuple(path))
    return Outcome(
        None if unclear else current, unclear=unclear, parts=tuple(parts), path=tuple(path)
    )


def touches(words: str, keywords: Sequence[str]) -> bool:
    """Does any keyword occur as whole words? ``words`` is folded text with a space at both ends."""
    return any(f" {keyword} " in words for keyword in keywords if keyword)
