"""Is an act that is being prepared whole? Pure rules on what a person entered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from feedback.agencies.rules.succession import Body

KINDS = ("merge", "split", "rename", "dissolve")
ENDS, STAYS, BEGINS = "ends", "stays", "begins"
PARTS = (ENDS, STAYS, BEGINS)


@dataclass(frozen=True)
class Involved:
    """A body in the act: one that ends, one that stays, or one that begins (``body`` is then None)."""

    key: int
    part: str
    name: str
    level: str
    body: Body | None = None
    is_focal: bool = False


@dataclass(frozen=True)
class Handing:
    """Giver hands a function (or, with an empty one, the whole) to taker."""

    giver: int
    taker: int
    function: str = ""
    keywords: tuple[str, ...] = ()
    is_main: bool = False


@dataclass(frozen=True)
class Problem:
    """What must be put right: a code for the sentence, and the name that it is about."""

    code: str
    name: str = ""


def problems(
    kind: str,
    on: date,
    bodies: Sequence[Involved],
    handings: Sequence[Handing],
    *,
    elsewhere: frozenset[int] = frozenset(),
    names: frozenset[str] = frozenset(),
) -> list[Problem]:
    """Everything that keeps the act from being carried out, in the order of the page.

    ``elsewhere``: keys of bodies that another act in preparation ends; ``names``: names of bodies that
    exist on the day and do not end in this act.
    """
    found = _of_bodies(on, bodies, elsewhere, names)
    by_key = {body.key: body for body in bodies}
    for handing in handings:
        found += _of_handing(by_key[handing.giver], by_key[handing.taker], handing)
    return found + _of_kind(kind, bodies, handings) + _of_givers(kind, bodies, handings)


def _of_bodies(
    on: date, bodies: Sequence[Involved], elsewhere: frozenset[int], names: frozenset[str]
) -> list[Problem]:
    found = []
    for body in bodies:
        if body.part == BEGINS:
            found += [Problem("name_taken", body.name)] if body.name in names else []
            continue
        # one that stays may have begun by another act of the same day
        day, known = on - timedelta(days=body.part == ENDS), body.body
        if known is None or not known.exists_on(day):
            found.append(Problem("not_there", body.name))
        if known is not None and known.id in elsewhere:
            found.append(Problem("overlap", body.name))
    return found


def _of_handing(giver: Involved, taker: Involved, handing: Handing) -> list[Problem]:
    found = []
    if taker.part == ENDS:
        found.append(Problem("cycle", taker.name))
    if giver.part == BEGINS or giver.key == taker.key:
        found.append(Problem("no_giver", giver.name))
    if not handing.function and giver.part == STAYS:
        found.append(Problem("whole_stays", giver.name))
    if handing.function and not handing.keywords:
        found.append(Problem("no_keywords", handing.function))
    return found


def _of_kind(kind: str, bodies: Sequence[Involved], handings: Sequence[Handing]) -> list[Problem]:
    ends = [body for body in bodies if body.part == ENDS]
    begins = [body for body in bodies if body.part == BEGINS]
    if kind == "rename" and (len(ends), len(begins), len(handings)) != (1, 1, 1):
        return [Problem("rename_is_one_to_one")]
    if kind == "split" and not any(h.function for h in handings) and len(handings) < 2:
        return [Problem("split_into_one")]
    if kind in {"merge", "dissolve"} and not ends:
        return [Problem("nothing_ends")]
    return []


def _of_givers(kind: str, bodies: Sequence[Involved], handings: Sequence[Handing]) -> list[Problem]:
    found = []
    for body in bodies:
        own = [h for h in handings if h.giver == body.key]
        mains = [h for h in own if h.is_main and not h.function]
        if len(mains) > 1:
            found.append(Problem("two_mains", body.name))
        if body.part != ENDS:
            continue
        if not own and kind != "dissolve":
            found.append(Problem("no_taker", body.name))
        if body.is_focal and len(mains) != 1:
            found.append(Problem("focal_without_heir", body.name))
    return found
