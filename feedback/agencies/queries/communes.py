"""Today's communes, how each is reached, and the districts that were before them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from feedback.agencies.models import Agency, AgencyAlias, AgencyContact, FormerDistrict
from feedback.agencies.queries.bodies import bodies_on
from feedback.core.db import db
from feedback.core.text import fold
from feedback.pagecache.memory import remembered


def communes_on(day: date) -> tuple[tuple[str, str], ...]:
    """Code and everyday name of the communes of a day, by name: what a form offers."""
    return remembered(("communes", day), lambda: _communes_on(day))


def commune_ids_on(day: date) -> Mapping[str, int]:
    """Key of each commune of a day, by its code."""
    return remembered(
        ("commune ids", day), lambda: {c.code: c.id for c in bodies_on(day, "commune")}
    )


def _communes_on(day: date) -> tuple[tuple[str, str], ...]:
    return tuple((c.code, c.place_name or c.name) for c in bodies_on(day, "commune"))


def known_commune(code: str, day: date) -> str:
    """The code, if it is that of a commune of the day; else nothing."""
    return code if code and code in commune_ids_on(day) else ""


@dataclass(frozen=True)
class CommuneNow:
    """A commune as its page shows it: plain values. What is empty is not known.

    ``districts`` are the abolished districts from whose area it was made.
    """

    id: int
    code: str
    body: str
    place: str
    ended_on: date | None
    districts: tuple[str, ...]
    address: str = ""
    phone: str = ""
    hours: str = ""
    reception: str = ""
    source: str = ""
    checked_on: date | None = None

    @property
    def dial(self) -> str:
        """The telephone number as a telephone takes it."""
        return "".join(c for c in self.phone if c.isdigit() or c == "+")


def commune_now(code: str) -> CommuneNow | None:
    """A commune by its code, an ended one too; kept in memory until reference data changes."""
    return remembered(("commune", code), lambda: _commune_now(code))


def _commune_now(code: str) -> CommuneNow | None:
    found = db.session.execute(
        sa.select(Agency, AgencyContact)
        .outerjoin(AgencyContact)
        .where(Agency.code == code, Agency.level == "commune")
    ).one_or_none()
    if found is None:
        return None
    body, contact = found
    names = ("address", "phone", "hours", "reception", "source", "checked_on")
    known = {name: getattr(contact, name) for name in names} if contact else {}
    districts = db.session.scalars(
        sa.select(Agency.short_name)
        .join(FormerDistrict, FormerDistrict.district_id == Agency.id)
        .where(FormerDistrict.commune_id == body.id)
        .order_by(Agency.folded)
    )
    return CommuneNow(
        body.id,
        body.code,
        body.name,
        body.place_name or body.short_name,
        body.valid_to,
        tuple(map(_place_of, districts)),
        **known,
    )


def former_districts() -> tuple[str, ...]:
    """Names of the abolished districts, by name; one that two districts shared stands once."""
    return remembered("former districts", _former_districts)


def _former_districts() -> tuple[str, ...]:
    ids = sa.select(FormerDistrict.district_id)
    rows = db.session.scalars(
        sa.select(Agency.short_name).where(Agency.id.in_(ids)).order_by(Agency.folded)
    )
    return tuple(dict.fromkeys(map(_place_of, rows)))


def _place_of(short_name: str) -> str:
    return short_name.removeprefix("UBND ")


def communes_of_former_district(typed: str) -> Sequence[Agency]:
    """Today's communes of an abolished district that somebody typed; empty when it is none.

    A name that two districts shared (Châu Thành) gives the communes of both.
    """
    districts = (
        sa.select(Agency.id)
        .outerjoin(AgencyAlias)
        .where(
            Agency.level.in_(("district", "merged_district")),
            sa.or_(Agency.folded == fold(typed), AgencyAlias.folded == fold(typed)),
        )
    )
    communes = sa.select(FormerDistrict.commune_id).where(FormerDistrict.district_id.in_(districts))
    return db.session.scalars(
        sa.select(Agency).where(Agency.id.in_(communes)).order_by(Agency.folded)
    ).all()
