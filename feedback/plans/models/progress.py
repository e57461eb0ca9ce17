"""What an item is to reach, and what its agencies reported about it."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.accounts.models import Person
from feedback.agencies.models import Agency
from feedback.core.db import Created, Model, PublicId
from feedback.files.models import StoredFile
from feedback.plans.models.plan import PlanItem

CORRECTED, WITHDRAWN = "corrected", "withdrawn"
STATUSES = ("not_started", "in_progress", "stuck", "done")
LEAD, COORDINATING = "lead", "coordinating"


class Target(Created, Model):
    """What an item is to reach: with ``number`` and ``unit`` a target, without them an objective."""

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(sa.ForeignKey("plan_item.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(300))
    number: Mapped[str] = mapped_column(sa.String(20), default="")  # exact: see rules/numbers.py
    unit: Mapped[str] = mapped_column(sa.String(60), default="")
    due_on: Mapped[date | None]
    withdrawn_on: Mapped[date | None]
    set_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    item: Mapped[PlanItem] = relationship()


class TargetChange(Created, Model):
    """A target put right, or taken back: what it said until then (``name`` … ``due_on``), who and why."""

    id: Mapped[int] = mapped_column(primary_key=True)
    target_id: Mapped[int] = mapped_column(sa.ForeignKey("target.id"), index=True)
    what: Mapped[str] = mapped_column(sa.String(10))
    changed_on: Mapped[date]
    name: Mapped[str] = mapped_column(sa.String(300))
    number: Mapped[str] = mapped_column(sa.String(20))
    unit: Mapped[str] = mapped_column(sa.String(60))
    due_on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(sa.Text)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))


class Milestone(Created, Model):
    """One concrete piece of the work. ``first_on`` keeps the day that was planned first, whatever is said
    later; ``done_on`` is the day that the agency names, ``done_entered_on`` the day on which it said so."""

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(sa.ForeignKey("plan_item.id"), index=True)
    title: Mapped[str] = mapped_column(sa.String(300))
    first_on: Mapped[date]
    planned_on: Mapped[date]
    moved_reason: Mapped[str] = mapped_column(sa.Text, default="")
    done_on: Mapped[date | None]
    done_entered_on: Mapped[date | None]
    set_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    item: Mapped[PlanItem] = relationship()


class ProgressReport(PublicId, Created, Model):
    """What an agency said about an item. Only ever added: a later one corrects an earlier one.

    ``as_of_on`` is the day that it speaks of, ``entered_on`` the day on which it was entered; whether it
    came in time follows from the second alone. A coordinating agency's part has no status of its own.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(sa.ForeignKey("plan_item.id"))
    agency_id: Mapped[int] = mapped_column(sa.ForeignKey("agency.id"), index=True)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    role: Mapped[str] = mapped_column(sa.String(12))
    status: Mapped[str] = mapped_column(sa.String(12), default="")
    percent: Mapped[int | None]
    text: Mapped[str] = mapped_column(sa.Text)
    as_of_on: Mapped[date]
    entered_on: Mapped[date]
    item: Mapped[PlanItem] = relationship()
    agency: Mapped[Agency] = relationship()
    by: Mapped[Person] = relationship()
    evidence: Mapped[list[Evidence]] = relationship(
        back_populates="report", order_by="Evidence.position"
    )
    values: Mapped[list[TargetValue]] = relationship(back_populates="report")
    __table_args__ = (sa.Index("ix_progress_report_item_id_id", "item_id", "id"),)


class TargetValue(Model):
    """How much of a target was reached, as one report says."""

    report_id: Mapped[int] = mapped_column(sa.ForeignKey("progress_report.id"), primary_key=True)
    target_id: Mapped[int] = mapped_column(sa.ForeignKey("target.id"), primary_key=True)
    value: Mapped[str] = mapped_column(sa.String(20))
    report: Mapped[ProgressReport] = relationship(back_populates="values")


class Evidence(PublicId, Model):
    """A cleaned file that shows what a report says. Everybody may read it, as they may read the report."""

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(sa.ForeignKey("progress_report.id"), index=True)
    file_id: Mapped[int] = mapped_column(sa.ForeignKey("stored_file.id"))
    position: Mapped[int]
    report: Mapped[ProgressReport] = relationship(back_populates="evidence")
    file: Mapped[StoredFile] = relationship()


class ItemWeight(Model):
    """How much an item weighs among its neighbours; where there is no row, 1."""

    item_id: Mapped[int] = mapped_column(sa.ForeignKey("plan_item.id"), primary_key=True)
    weight: Mapped[int]


class ReportingRhythm(Created, Model):
    """The operator's rule of how often agencies report: for one plan, or (``plan_id`` empty) for all."""

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int | None] = mapped_column(sa.ForeignKey("plan.id"), unique=True)
    months: Mapped[int]
    term: Mapped[str] = mapped_column(sa.String(8))
    basis: Mapped[str] = mapped_column(sa.String(200), default="")
