"""Plans as they were issued, item by item, and who is responsible for each."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.agencies.models import Agency, AgencyGroup
from feedback.core.db import Created, Model, UTCDateTime

ASSIGNMENT_ROLES = ("lead", "coordinating", "implementing")
MANY = 12  # tasks that a phone shows without folding them under their headings


class Plan(Created, Model):
    """One plan document. A draft is seen by editors only."""

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(sa.String(60))
    kind: Mapped[str] = mapped_column(sa.String(60))
    title: Mapped[str] = mapped_column(sa.Text)
    short_title: Mapped[str] = mapped_column(sa.String(160), default="")
    issuer: Mapped[str] = mapped_column(sa.String(200))
    issued_on: Mapped[date]
    signer: Mapped[str] = mapped_column(sa.String(120), default="")
    focal_agency_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agency.id"))
    # whether the plan binds today, in the operator's words; shown on the plan's page
    standing: Mapped[str] = mapped_column(sa.Text, default="")
    published_at: Mapped[datetime | None] = mapped_column(UTCDateTime, index=True)
    published_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    lock: Mapped[int] = mapped_column(default=1)

    focal_agency: Mapped[Agency | None] = relationship()
    versions: Mapped[list[PlanVersion]] = relationship(
        back_populates="plan", order_by="PlanVersion.number"
    )
    items: Mapped[list[PlanItem]] = relationship(
        back_populates="plan", order_by="PlanItem.position"
    )
    __mapper_args__ = {"version_id_col": lock}

    @property
    def is_public(self) -> bool:
        return self.published_at is not None

    @property
    def in_force(self) -> list[PlanItem]:
        """The items of the newest version, in its order."""
        return [item for item in self.items if item.gone_in is None]

    @property
    def chapters(self) -> list[tuple[PlanItem | None, list[PlanItem]]]:
        """The tasks in force, each run of them with the heading right above it; None where there is none."""
        found: list[tuple[PlanItem | None, list[PlanItem]]] = []
        for item in self.in_force:
            if not item.is_task:
                if "." in item.path:  # the document's parts (I, II, III) are no headings of ours
                    found.append((item, []))
            elif found:
                found[-1][1].append(item)
            else:
                found.append((None, [item]))
        return found

    @property
    def is_long(self) -> bool:
        """Too many tasks to run an eye over on a phone."""
        return sum(len(tasks) for _head, tasks in self.chapters) > MANY

    @property
    def gone(self) -> list[PlanItem]:
        """Tasks of earlier versions that the newest one no longer names."""
        return [item for item in self.items if item.gone_in is not None and item.is_task]


class PlanVersion(Created, Model):
    """One reading of the plan's document; texts of earlier versions stay readable."""

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(sa.ForeignKey("plan.id"), index=True)
    number: Mapped[int]
    source_name: Mapped[str] = mapped_column(sa.String(255))
    source_sha256: Mapped[str] = mapped_column(sa.String(64))
    # of this version's document; a version may come under a number and a day of its own
    plan_number: Mapped[str] = mapped_column(sa.String(60), default="")
    issued_on: Mapped[date | None]
    imported_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    plan: Mapped[Plan] = relationship(back_populates="versions")
    __table_args__ = (sa.UniqueConstraint("plan_id", "number"),)


def untitled(number: str) -> str:
    return f"Mục {number}"


def called(number: str, heading: str) -> str:
    """Number and everyday title, in a list of several plans' items; the number is said once."""
    return heading if heading == untitled(number) else f"{number} {heading}"


class Named:
    """How people name an item, from its path, label and title."""

    path: Any
    label: Any
    title: Any

    @property
    def number(self) -> str:
        """How people name it: 2.2c, 3.4."""
        path = self.path.partition("~")[0]
        number = path.split(".", 1)[-1] if "." in path else self.label
        head, _dot, last = number.rpartition(".")
        return head + last if head and last.isalpha() else number

    @property
    def heading(self) -> str:
        """The everyday title, or the item's number; never a cut-off of the official text."""
        return self.title or untitled(self.number)

    @property
    def called(self) -> str:
        return called(self.number, self.heading)


class PlanItem(Named, Model):
    """A section, a group or a task of a plan. Its key stays the same through all versions."""

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(sa.ForeignKey("plan.id"))
    parent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("plan_item.id"), index=True)
    shared_from_id: Mapped[int | None] = mapped_column(sa.ForeignKey("plan_item.id"))
    position: Mapped[int]
    path: Mapped[str] = mapped_column(sa.String(60))  # III.2.2c
    label: Mapped[str] = mapped_column(sa.String(20))  # 2.2 / c
    is_task: Mapped[bool] = mapped_column(default=True)
    title: Mapped[str] = mapped_column(sa.String(200), default="")  # everyday words, by a person
    text: Mapped[str] = mapped_column(sa.Text)  # the official text of the current version
    summary: Mapped[str] = mapped_column(sa.Text, default="")  # everyday words, by a person
    deadline_text: Mapped[str] = mapped_column(sa.String(200), default="")
    deadline_on: Mapped[date | None]
    # the number of the version that no longer names it; empty while it is in force
    gone_in: Mapped[int | None]

    plan: Mapped[Plan] = relationship(back_populates="items")
    parent: Mapped[PlanItem | None] = relationship(
        remote_side=[id], foreign_keys=[parent_id], back_populates="children"
    )
    children: Mapped[list[PlanItem]] = relationship(
        foreign_keys=[parent_id], back_populates="parent", order_by="PlanItem.position"
    )
    shared_from: Mapped[PlanItem | None] = relationship(
        remote_side=[id], foreign_keys=[shared_from_id]
    )
    assignments: Mapped[list[Assignment]] = relationship(
        back_populates="item", order_by="Assignment.position"
    )

    __table_args__ = (
        sa.UniqueConstraint("plan_id", "path"),
        sa.Index("ix_plan_item_plan_id_position", "plan_id", "position"),
    )


class ItemText(Model):
    """What one version of the plan says of an item: its official text, its deadline, whom it names.

    ``named``: [role, wording, whom it means] in the document's order (``Assignment.who``); None where a
    version was read before this was kept.
    """

    version_id: Mapped[int] = mapped_column(sa.ForeignKey("plan_version.id"), primary_key=True)
    item_id: Mapped[int] = mapped_column(sa.ForeignKey("plan_item.id"), primary_key=True)
    text: Mapped[str] = mapped_column(sa.Text)
    deadline_text: Mapped[str | None] = mapped_column(sa.String(200))
    deadline_on: Mapped[date | None]
    named: Mapped[list[list[str]] | None] = mapped_column(sa.JSON(none_as_null=True))


class Assignment(Model):
    """A body or a group named by an item, in the document's wording and as resolved."""

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(sa.ForeignKey("plan_item.id"), index=True)
    role: Mapped[str] = mapped_column(sa.String(20))
    wording: Mapped[str] = mapped_column(sa.String(300))
    position: Mapped[int]
    agency_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agency.id"), index=True)
    group_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agency_group.id"))
    # where the succession is unclear, a person says who is responsible today
    decided_agency_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agency.id"))
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    item: Mapped[PlanItem] = relationship(back_populates="assignments")
    agency: Mapped[Agency | None] = relationship(foreign_keys=[agency_id])
    group: Mapped[AgencyGroup | None] = relationship()
    decided_agency: Mapped[Agency | None] = relationship(foreign_keys=[decided_agency_id])
    __table_args__ = (
        sa.CheckConstraint("agency_id IS NULL OR group_id IS NULL", name="agency_or_group"),
    )

    @property
    def who(self) -> str:
        """The body or group that the wording means, as a version keeps it: a12, g3; empty for nobody."""
        if self.agency_id:
            return f"a{self.agency_id}"
        return f"g{self.group_id}" if self.group_id else ""
