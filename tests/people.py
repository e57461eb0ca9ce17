"""The cast: every test tells its story with these people."""

from __future__ import annotations

import sqlalchemy as sa

from feedback.accounts.models import Person, RoleGrant
from feedback.agencies.models import Agency
from feedback.core.db import db

CAST: dict[str, tuple[str, str | None, tuple[str, ...]]] = {
    "binh": ("Nguyễn Thanh Bình", "so-tai-chinh", ("officer",)),
    "lan": ("Trần Ngọc Lan", "so-tai-chinh", ("officer",)),
    "giang": ("Lê Hoài Giang", "so-tai-chinh", ("head", "officer")),
    "thu": ("Phạm Minh Thu", "so-tai-chinh", ("clerk",)),
    "cuc": ("Võ Kim Cúc", "so-y-te", ("officer",)),
    "yen": ("Đặng Hải Yến", "so-noi-vu", ("editor", "dispatcher")),
    "dung": ("Huỳnh Quốc Dũng", "mat-tran-tinh", ("front",)),
    "minh": ("Bùi Đức Minh", "so-noi-vu", ("moderator",)),
    "an": ("Hồ Bảo An", None, ("admin",)),
    "sau": ("Ngô Văn Sáu", None, ("desk_clerk",)),
}


def person(name: str) -> Person:
    """The member of the cast, made when first asked for (the registry must be loaded)."""
    email = f"{name}@demo.example"
    found = db.session.scalar(sa.select(Person).where(Person.email == email))
    if found is not None:
        return found
    full_name, agency_code, roles = CAST[name]
    agency = db.session.scalar(sa.select(Agency).where(Agency.code == agency_code))
    made = Person(name=full_name, email=email, agency_id=agency.id if agency else None)
    made.grants = [RoleGrant(role=role) for role in roles]
    db.session.add(made)
    db.session.flush()
    return made


def colleague(name: str, role: str, *, agency: str = "so-tai-chinh") -> Person:
    """Somebody beside the cast, for stories that need a second head or dispatcher."""
    found = db.session.scalars(sa.select(Agency).where(Agency.code == agency)).one()
    made = Person(name=f"{role} {name}", email=f"{name}@demo.example", agency_id=found.id)
    made.grants = [RoleGrant(role=role)]
    db.session.add(made)
    db.session.flush()
    return made
