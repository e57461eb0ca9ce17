"""Bodies valid between two days, groups of them, and the acts by which one followed another."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.core.db import Model

# merged_district: a district of a province that merged in; no body of this registry's groups, only a
# name that residents still type
LEVELS = ("department", "district", "merged_district", "commune", "front", "office")


class Agency(Model):
    """A public body. It never changes its name: a renamed one is another body with a succession."""

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(60), unique=True)
    name: Mapped[str] = mapped_column(sa.String(200))
    short_name: Mapped[str] = mapped_column(sa.String(120))
    folded: Mapped[str] = mapped_column(sa.String(200), index=True)
    level: Mapped[str] = mapped_column(sa.String(20), index=True)
    place_code: Mapped[str | None] = mapped_column(sa.String(10), unique=True)  # official ward code
    place_name: Mapped[str | None] = mapped_column(sa.String(80))  # "xã Tân Biên"
    is_focal: Mapped[bool] = mapped_column(default=False)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]  # the last day; empty while it exists
    aliases: Mapped[list[AgencyAlias]] = relationship(back_populates="agency")

    def exists_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


class AgencyAlias(Model):
    """Another way in which documents write a body's name."""

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(sa.ForeignKey("agency.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(200))
    folded: Mapped[str] = mapped_column(sa.String(200), index=True)
    agency: Mapped[Agency] = relationship(back_populates="aliases")


class AgencyContact(Model):
    """How people reach a body, as the operator knows it. What is empty is unknown, and said to be."""

    agency_id: Mapped[int] = mapped_column(sa.ForeignKey("agency.id"), primary_key=True)
    address: Mapped[str] = mapped_column(sa.String(200), default="")
    phone: Mapped[str] = mapped_column(sa.String(40), default="")
    hours: Mapped[str] = mapped_column(sa.String(200), default="")  # when the office is open
    reception: Mapped[str] = mapped_column(
        sa.String(200), default=""
    )  # when leaders receive people
    source: Mapped[str] = mapped_column(sa.String(200), default="")  # who says so
    checked_on: Mapped[date | None]


class AgencyGroup(Model):
    """A collective phrase: "Các sở, ban, ngành tỉnh"."""

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(60), unique=True)
    name: Mapped[str] = mapped_column(sa.String(200))
    terms: Mapped[list[GroupTerm]] = relationship(back_populates="group", lazy="selectin")
    aliases: Mapped[list[GroupAlias]] = relationship(back_populates="group")


class GroupTerm(Model):
    """Which level of bodies a collective phrase means between two days."""

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(sa.ForeignKey("agency_group.id"), index=True)
    level: Mapped[str] = mapped_column(sa.String(20))
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    group: Mapped[AgencyGroup] = relationship(back_populates="terms")


class GroupAlias(Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(sa.ForeignKey("agency_group.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(200))
    folded: Mapped[str] = mapped_column(sa.String(200), index=True)
    group: Mapped[AgencyGroup] = relationship(back_populates="aliases")


class Reorganisation(Model):
    """One act: merge, split, rename or dissolve, from a day on, on a legal basis."""

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(60), unique=True)
    title: Mapped[str] = mapped_column(sa.String(250))
    kind: Mapped[str] = mapped_column(sa.String(20))
    effective_on: Mapped[date]
    legal_basis: Mapped[str] = mapped_column(sa.String(250), default="")
    mark: Mapped[str] = mapped_column(sa.String(12))
    successions: Mapped[list[Succession]] = relationship(back_populates="act")


class Succession(Model):
    """Which body took over which function of another; an empty function is the body as a whole."""

    id: Mapped[int] = mapped_column(primary_key=True)
    act_id: Mapped[int] = mapped_column(sa.ForeignKey("reorganisation.id"), index=True)
    predecessor_id: Mapped[int] = mapped_column(sa.ForeignKey("agency.id"), index=True)
    successor_id: Mapped[int] = mapped_column(sa.ForeignKey("agency.id"), index=True)
    function: Mapped[str] = mapped_column(sa.String(200), default="")
    keywords: Mapped[str] = mapped_column(sa.String(400), default="")  # folded, parted by |
    is_main: Mapped[bool] = mapped_column(default=False)
    mark: Mapped[str] = mapped_column(sa.String(12))
    act: Mapped[Reorganisation] = relationship(back_populates="successions", lazy="joined")
    predecessor: Mapped[Agency] = relationship(foreign_keys=[predecessor_id])
    successor: Mapped[Agency] = relationship(foreign_keys=[successor_id])


class FormerDistrict(Model):
    """Into which of today's communes the area of an abolished district fell."""

    district_id: Mapped[int] = mapped_column(sa.ForeignKey("agency.id"), primary_key=True)
    commune_id: Mapped[int] = mapped_column(sa.ForeignKey("agency.id"), primary_key=True)
