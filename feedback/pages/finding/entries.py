"""How each kind of thing stands in the index: from plain values, so that a loader in bulk can say it too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple
from urllib.parse import urlencode

from feedback.agencies.rules.places import proper_name
from feedback.search.rules.terms import Entry

FORMER = "former"  # the state of a body that is no more
DEPARTMENT = "Sở "


class Case(NamedTuple):
    """A public petition, as far as it can be found."""

    id: int
    public_id: str
    title: str
    text: str
    day: date
    agency: str
    agency_name: str
    plan_id: int | None
    state: str
    commune: str | None


def petition(case: Case) -> Entry:
    return Entry(
        kind="petition",
        ref=case.id,
        title=case.title,
        body=case.text,
        address=f"/petitions/{case.public_id}",
        day=case.day,
        note=case.agency_name,
        agencies=(case.agency,),
        plan=str(case.plan_id or ""),
        state=case.state,
        commune=case.commune or "",
    )


def answer(case: Case, *, ref: int, number: int, text: str, day: date) -> Entry:
    """One published answer, the ``number``-th of its petition; ``case`` with the body that gave it."""
    return Entry(
        kind="answer",
        ref=ref,
        title=case.title,
        body=text,
        address=f"/petitions/{case.public_id}#answer-{number}",
        day=day,
        note=case.agency_name,
        named=False,
        agencies=(case.agency,),
        plan=str(case.plan_id or ""),
        state=case.state,
        commune=case.commune or "",
    )


def comment(
    *,
    ref: int,
    public_id: str,
    text: str,
    day: date,
    heading: str,
    plan_id: int,
    agency: str | None = None,
    agency_name: str | None = None,
) -> Entry:
    """One visible comment, or a body's reply, under an item."""
    return Entry(
        kind="comment",
        ref=ref,
        title=heading,
        body=text,
        address=f"/comments/{public_id}",
        day=day,
        note=agency_name or "",
        named=False,
        agencies=(agency,) if agency else (),
        plan=str(plan_id),
    )


def item(
    *,
    ref: int,
    heading: str,
    text: str,
    wordings: Iterable[str],
    number: str,
    plan_id: int,
    plan_number: str,
    day: date,
    agencies: Iterable[str],
) -> Entry:
    """One task of a published plan; ``agencies``: who leads it, as named and today."""
    return Entry(
        kind="item",
        ref=ref,
        title=heading,
        body=f"{text} {'; '.join(wordings)}".strip(),
        address=f"/items/{ref}",
        day=day,
        note=f"{number}, {plan_number}",
        agencies=tuple(dict.fromkeys(agencies)),
        plan=str(plan_id),
    )


def agency(
    *,
    ref: int,
    code: str,
    name: str,
    place: str,
    names: Sequence[str],
    level: str,
    exists: bool,
    followers: Sequence[tuple[str, str]],
) -> Entry:
    """One body, of today or former; ``followers``: (code, name) of who took over."""
    others = [*names, *([place, proper_name(place)] if place else [])]
    if name.startswith(DEPARTMENT):
        others.append(name.removeprefix(DEPARTMENT))
    return Entry(
        kind="agency",
        ref=ref,
        title=name,
        body="",
        address=_address(code, name, level, exists, followers),
        note=", ".join(follower for _code, follower in followers),
        names=tuple(dict.fromkeys(others)),
        agencies=(code,),
        state="" if exists else FORMER,
    )


def _address(
    code: str, name: str, level: str, exists: bool, followers: Sequence[tuple[str, str]]
) -> str:
    """A commune's own page; of other bodies what can be found about them, or about who followed."""
    if level == "commune" and exists:
        return f"/communes/{code}"
    if level in {"district", "merged_district"}:
        return f"/communes?{urlencode({'q': name})}"
    known = code if exists or not followers else followers[0][0]
    return f"/search?{urlencode({'agency': known})}"
