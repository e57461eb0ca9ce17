"""The people of the sample: the cast that visitors sign in as, and an officer and a head for each body."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from flask import current_app

from feedback import audit
from feedback.accounts import events
from feedback.accounts.actions.people import equip
from feedback.accounts.models import Person, RoleGrant
from feedback.accounts.rules.hashing import hash_password
from feedback.agencies.models import Agency
from feedback.core.db import db
from feedback.core.ids import secret_token

Row = Mapping[str, Any]


class Staff:
    """Who does the work of which body."""

    def __init__(self, people: Mapping[str, Person], rows: Sequence[Row]) -> None:
        self._people = people
        self._rows = rows

    def named(self, key: str) -> Person:
        return self._people[key]

    def head(self, agency: str) -> Person:
        return self._of(agency, "head")[0]

    def clerk(self, agency: str) -> Person:
        """Who takes files in: the clerk, or the head where there is none."""
        return (self._of(agency, "clerk") or self._of(agency, "head"))[0]

    def officer(self, agency: str, number: int = 0) -> Person:
        """Who writes: one of the officers who do not approve."""
        heads = self._of(agency, "head")
        officers = [person for person in self._of(agency, "officer") if person not in heads]
        return officers[0 if number % 4 else -1]  # most files with the first one

    def _of(self, agency: str, role: str) -> list[Person]:
        return [
            self._people[row["key"]]
            for row in self._rows
            if row["agency"] == agency and role in row["roles"]
        ]


def hire(rows: Sequence[Row]) -> Staff:
    """Everybody with the demonstration's password and a second factor of their own."""
    password = hash_password(current_app.config["DEMO_PASSWORD"])
    agencies = {a.code: a.id for a in db.session.scalars(sa.select(Agency))}
    people: dict[str, Person] = {}
    for row in rows:
        agency_id = agencies[row["agency"]] if row["agency"] else None
        person = Person(name=row["name"], email=row["email"], agency_id=agency_id)
        person.grants = [RoleGrant(role=role) for role in row["roles"]]
        equip(person, password_hash=password, seed=secret_token())
        db.session.add(person)
        people[row["key"]] = person
    db.session.flush()
    for person in people.values():
        audit.record(events.JOINED, subject=person, by=person)
    return Staff(people, rows)
