"""Loading the registry of bodies from the shipped tables; running it again changes nothing."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from feedback import audit
from feedback.agencies.models import (
    Agency,
    AgencyAlias,
    AgencyContact,
    AgencyGroup,
    FormerDistrict,
    GroupAlias,
    GroupTerm,
    Reorganisation,
    Succession,
)
from feedback.agencies.rules.contacts import BadContact, ContactRow
from feedback.core.db import db
from feedback.core.text import fold

DATA = Path(__file__).parents[1] / "data"
FOCAL = "so-noi-vu"
CONTACT = ("address", "phone", "hours", "reception", "source", "checked_on")


def load_registry(folder: Path = DATA) -> int:
    """Bodies, aliases, groups, acts and successions into an empty registry; returns their number.

    Does nothing (and returns 0) when the registry holds bodies already.
    """
    if db.session.scalar(sa.select(sa.func.count()).select_from(Agency)):
        return 0
    bodies = _bodies(folder)
    db.session.flush()
    _groups(folder)
    _successions(folder, bodies)
    _former_districts(folder, bodies)
    db.session.flush()
    audit.record(
        "agency:registry_loaded",
        subject="agency:registry",
        by=None,
        fields={"bodies": (str(len(bodies)), "public")},
    )
    return len(bodies)


def set_contacts(rows: Iterable[ContactRow], *, by: Any = None) -> int:
    """Put down how bodies are reached; returns how many were new or different.

    A row replaces what was known of its body; a body without a row stays as it is. One event for
    each body that changed. Raises BadContact for a code that no body has.
    """
    bodies = {agency.code: agency for agency in db.session.scalars(sa.select(Agency))}
    known = {row.agency_id: row for row in db.session.scalars(sa.select(AgencyContact))}
    changed = 0
    for row in rows:
        body = bodies.get(row.code)
        if body is None:
            raise BadContact(f"no body has the code {row.code!r}")
        stored = known.setdefault(body.id, AgencyContact(agency_id=body.id))
        changed += _set_contact(stored, body, row, by)
    return changed


def _set_contact(stored: AgencyContact, body: Agency, row: ContactRow, by: Any) -> bool:
    wanted = {name: getattr(row, name) for name in CONTACT}
    if {name: getattr(stored, name) or None for name in CONTACT} == {
        name: value or None for name, value in wanted.items()
    }:
        return False
    for name, value in wanted.items():
        setattr(stored, name, value)
    db.session.add(stored)
    fields = {name: (value, "public") for name, value in row.told.items()}
    audit.record("agency:contact_changed", subject=f"agency:{body.code}", by=by, fields=fields)
    return True


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as source:
        yield from csv.DictReader(source)


def _day(value: str) -> date | None:
    return date.fromisoformat(value) if value else None


def _names(value: str) -> list[str]:
    return [name.strip() for name in value.split("|") if name.strip()]


def _bodies(folder: Path) -> dict[str, Agency]:
    found: dict[str, Agency] = {}
    for row in _rows(folder / "agencies.csv"):
        agency = Agency(
            code=row["code"],
            name=row["name"],
            short_name=row["short_name"],
            folded=fold(row["name"]),
            level=row["level"],
            place_code=row.get("place_code") or None,
            place_name=row.get("place_name") or None,
            is_focal=row["code"] == FOCAL,
            valid_from=_day(row["valid_from"]),
            valid_to=_day(row["valid_to"]),
        )
        names = {fold(name): name for name in [*_names(row["aliases"]), row["short_name"]]}
        names.pop(agency.folded, None)
        agency.aliases = [AgencyAlias(name=name, folded=key) for key, name in names.items()]
        db.session.add(agency)
        found[agency.code] = agency
    return found


def _groups(folder: Path) -> None:
    groups: dict[str, AgencyGroup] = {}
    for row in _rows(folder / "groups.csv"):
        group = AgencyGroup(code=row["code"], name=row["name"])
        names = {fold(name): name for name in [row["name"], *_names(row["aliases"])]}
        group.aliases = [GroupAlias(name=name, folded=key) for key, name in names.items()]
        groups[group.code] = group
    for row in _rows(folder / "group_terms.csv"):
        groups[row["group"]].terms.append(
            GroupTerm(
                level=row["level"],
                valid_from=_day(row["valid_from"]),
                valid_to=_day(row["valid_to"]),
            )
        )
    db.session.add_all(groups.values())


def _successions(folder: Path, bodies: dict[str, Agency]) -> None:
    acts: dict[str, Reorganisation] = {}
    for row in _rows(folder / "reorganisations.csv"):
        acts[row["code"]] = Reorganisation(
            code=row["code"],
            title=row["title"],
            kind=row["kind"],
            effective_on=date.fromisoformat(row["effective_on"]),
            legal_basis=row["legal_basis"],
            mark=row["mark"],
        )
    for row in _rows(folder / "successions.csv"):
        acts[row["act"]].successions.append(
            Succession(
                predecessor=bodies[row["predecessor"]],
                successor=bodies[row["successor"]],
                function=row["function"],
                keywords=row["keywords"],
                is_main=row["is_main"] in {"1", "true"},
                mark=row["mark"],
            )
        )
    db.session.add_all(acts.values())


def _former_districts(folder: Path, bodies: dict[str, Agency]) -> None:
    for row in _rows(folder / "former_districts.csv"):
        db.session.add(
            FormerDistrict(
                district_id=bodies[row["district"]].id, commune_id=bodies[row["commune"]].id
            )
        )
