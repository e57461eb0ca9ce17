"""Everybody who works on the site, with the body they belong to, as an administrator looks for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from feedback.accounts.models import Person, RoleGrant
from feedback.agencies.models import Agency
from feedback.core.db import db
from feedback.core.text import fold


@dataclass(frozen=True)
class Member:
    """One person; ``agency`` is empty where she belongs to none."""

    name: str
    agency: str
    roles: tuple[str, ...]
    email: str
    enabled: bool


def _given(name: str) -> str:
    """Vietnamese names are looked up by the given name, which stands last."""
    return fold(" ".join([*name.split()[-1:], name]))


ORDERS: Mapping[str, Callable[[Member], tuple[str, ...]]] = {
    "agency": lambda one: (fold(one.agency), _given(one.name)),
    "name": lambda one: (_given(one.name), fold(one.agency)),
    "email": lambda one: (one.email,),
}


def staff(words: str = "", sort: str = "agency") -> list[Member]:
    """Those in whose name, body or address every word stands, accents or not; ``sort`` is a key of ORDERS,
    with a minus in front the other way round. Some hundreds: sorted here, alike on both engines."""
    roles: dict[int, list[str]] = defaultdict(list)
    for person_id, role in db.session.execute(sa.select(RoleGrant.person_id, RoleGrant.role)):
        roles[person_id].append(role)
    rows = db.session.execute(
        sa.select(Person.id, Person.name, Person.email, Person.enabled, Agency.name).outerjoin(
            Agency, Agency.id == Person.agency_id
        )
    )
    found = [
        Member(name, agency or "", tuple(sorted(roles[key])), email, enabled)
        for key, name, email, enabled, agency in rows
    ]
    wanted = fold(words).split()
    found = [one for one in found if all(word in _said(one) for word in wanted)]
    order = ORDERS.get(sort.removeprefix("-"), ORDERS["agency"])
    return sorted(found, key=order, reverse=sort.startswith("-"))


def _said(one: Member) -> str:
    return fold(f"{one.name} {one.agency} {one.email}")
