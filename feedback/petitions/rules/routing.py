"""Whose petition is it today? Pure rules on what is known of the item and the commune."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Lead:
    """One lead body of an item as it is today: ``now_id`` None where a person must decide."""

    now_id: int | None
    unclear: bool = False
    parts: tuple[int, ...] = ()


@dataclass(frozen=True)
class Route:
    """Where a new petition goes. ``dispatch``: into the focal agency's queue, a person decides.

    ``reason_code`` says why, for people to read; ``suggestions`` are bodies offered to that person.
    """

    agency_id: int
    dispatch: bool
    reason_code: str
    suggestions: tuple[int, ...] = ()


def route(leads: Sequence[Lead] | None, *, commune_id: int | None, focal_id: int) -> Route:
    """``leads`` is None when no plan item was chosen, empty when the item names groups only."""
    commune = (commune_id,) if commune_id else ()
    if leads is None:
        return Route(focal_id, True, "no_item", commune)
    if not leads:
        return Route(focal_id, True, "groups_only", commune)
    today = sorted({lead.now_id for lead in leads if lead.now_id is not None})
    unclear = any(lead.unclear or lead.now_id is None for lead in leads)
    parts = tuple(part for lead in leads for part in lead.parts)
    if unclear:
        return Route(focal_id, True, "split_successor", _once(*today, *parts, *commune))
    if len(today) > 1:
        return Route(focal_id, True, "several_leads", _once(*today, *commune))
    return Route(today[0], False, "lead_today")


def _once(*bodies: int) -> tuple[int, ...]:
    return tuple(dict.fromkeys(bodies))
