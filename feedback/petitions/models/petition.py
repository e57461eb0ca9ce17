"""The file of one petition."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.accounts.models import Contact, Person
from feedback.agencies.models import Agency
from feedback.core.db import Created, Model, PublicId, UTCDateTime
from feedback.core.indexes import index_where
from feedback.petitions.models.answer import Answer
from feedback.petitions.models.leg import Leg
from feedback.petitions.rules.pins import SHOWN, Pin, write_pin
from feedback.petitions.rules.references import write_reference
from feedback.plans.models import PlanItem


class Petition(PublicId, Created, Model):
    """What a resident sent, who owns it now, and its clocks.

    ``submitted_on`` is day zero whatever anyone clicks later. ``due_on`` is the resident's clock;
    ``first_due_on`` never changes. ``on_time`` is frozen when the answer is published.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    code_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)  # keyed hash of the code
    submission_key: Mapped[str] = mapped_column(sa.String(64), unique=True)
    fingerprint: Mapped[str] = mapped_column(sa.String(64))  # of the body sent with that key

    kind: Mapped[str] = mapped_column(sa.String(20))
    channel: Mapped[str] = mapped_column(sa.String(10), default="web")  # web | desk | phone
    title: Mapped[str] = mapped_column(sa.String(160))
    text: Mapped[str] = mapped_column(sa.Text)
    place: Mapped[str] = mapped_column(sa.String(300), default="")
    lat: Mapped[float | None] = mapped_column(sa.Float(53))  # where the sender set a pin by hand
    lon: Mapped[float | None] = mapped_column(sa.Float(53))
    pin_public: Mapped[bool] = mapped_column(default=False)  # shown, rounded, to everybody
    item_id: Mapped[int | None] = mapped_column(sa.ForeignKey("plan_item.id"))
    commune_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agency.id"))
    contact_id: Mapped[int | None] = mapped_column(sa.ForeignKey("contact.id"), index=True)
    sender_name: Mapped[str] = mapped_column(sa.String(120), default="")
    name_public: Mapped[bool] = mapped_column(default=False)
    # what is written to the sender: progress (she agreed), needed (what the law asks), none (taken back)
    notices: Mapped[str] = mapped_column(sa.String(10), default="needed")
    entered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    locale: Mapped[str] = mapped_column(sa.String(5), default="vi")

    state: Mapped[str] = mapped_column(sa.String(20), default="submitted")
    is_open: Mapped[bool] = mapped_column(default=True)
    is_public: Mapped[bool] = mapped_column(default=False)
    screened_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    screened_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    agency_id: Mapped[int] = mapped_column(sa.ForeignKey("agency.id"))
    in_dispatch: Mapped[bool] = mapped_column(default=False)
    route_reason: Mapped[str] = mapped_column(sa.String(40), default="")
    assignee_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    leg_number: Mapped[int] = mapped_column(default=1)

    submitted_at: Mapped[datetime] = mapped_column(UTCDateTime)
    submitted_on: Mapped[date] = mapped_column(index=True)
    term_code: Mapped[str] = mapped_column(sa.String(30))
    term_rule_id: Mapped[int] = mapped_column(sa.ForeignKey("term_rule.id"))
    first_due_on: Mapped[date]
    due_on: Mapped[date]
    late_marked_on: Mapped[date | None]  # set once by the clock, and stays
    answered_on: Mapped[date | None]
    on_time: Mapped[bool | None]
    answer_days: Mapped[int | None]  # working days from day zero to the first answer
    closed_on: Mapped[date | None]
    # kept by the supports, in their own transactions; never through ``lock``: a support is no change of
    # the file, and must not disturb who works on it
    supports: Mapped[int] = mapped_column(default=0)
    supports_reached: Mapped[int] = mapped_column(default=0)  # the largest threshold so far
    head_answers: Mapped[bool] = mapped_column(default=False)  # many ask: nobody else may approve
    lock: Mapped[int] = mapped_column(default=1)

    item: Mapped[PlanItem | None] = relationship()
    commune: Mapped[Agency | None] = relationship(foreign_keys=[commune_id])
    agency: Mapped[Agency] = relationship(foreign_keys=[agency_id])
    # the body at whose desk or telephone a clerk wrote it down
    desk: Mapped[Agency | None] = relationship(
        secondary="person",
        primaryjoin="Petition.entered_by_id == Person.id",
        secondaryjoin="Person.agency_id == Agency.id",
        uselist=False,
        viewonly=True,
    )
    contact: Mapped[Contact | None] = relationship()
    assignee: Mapped[Person | None] = relationship(foreign_keys=[assignee_id])
    legs: Mapped[list[Leg]] = relationship(back_populates="petition", order_by="Leg.number")
    answers: Mapped[list[Answer]] = relationship(
        back_populates="petition", order_by="Answer.leg_number"
    )

    __mapper_args__ = {"version_id_col": lock}
    __table_args__ = (
        sa.Index("ix_petition_queue", "agency_id", "is_open", "due_on", "id"),
        sa.Index("ix_petition_desk", "agency_id", "is_open", "in_dispatch", "due_on", "id"),
        sa.Index("ix_petition_unassigned", "agency_id", "is_open", "assignee_id", "due_on", "id"),
        sa.Index("ix_petition_state", "agency_id", "state", "due_on", "id"),
        sa.Index("ix_petition_place", "agency_id", "is_open", "commune_id", "due_on", "id"),
        sa.Index("ix_petition_kind", "agency_id", "is_open", "kind", "due_on", "id"),
        sa.Index("ix_petition_commune", "commune_id", "is_public", "submitted_on", "id"),
        sa.Index("ix_petition_open_due", "is_open", "due_on", "id"),
        # a new file stands in none of these; the last two columns are what an item's figures count
        index_where(
            "is_public", "ix_petition_item", "item_id", "submitted_on", "id", "is_open", "on_time"
        ),
        index_where("is_public", "ix_petition_answered", "answered_on", "id"),
        index_where("in_dispatch", "ix_petition_dispatch", "is_open", "due_on", "id"),
    )

    @property
    def reference(self) -> str:
        """The number that staff and papers use; it opens nothing by itself."""
        return write_reference(self.id, self.submitted_on)

    @property
    def pin(self) -> Pin | None:
        return None if self.lat is None or self.lon is None else (self.lat, self.lon)

    @property
    def pin_exactly(self) -> str:
        """For staff, as a ``geo:`` address writes it; empty without a pin."""
        return write_pin(self.pin) if self.pin else ""

    @property
    def pin_about(self) -> str:
        """For everybody: to about a hundred metres."""
        return write_pin(self.pin, SHOWN) if self.pin else ""

    @property
    def subject(self) -> str:
        """How the record names this file."""
        return f"petition:{self.public_id}"

    @property
    def leg(self) -> Leg:
        """The leg under way (or the last one)."""
        return self.legs[-1]

    @property
    def clock_runs(self) -> bool:
        """Somebody owes an answer, and it is not the sender's turn."""
        return self.is_open and self.state != "needs_info"

    @property
    def was_disputed(self) -> bool:
        """The sender was not satisfied with an answer: a leg was opened again."""
        return any(leg.reason_kind == "reopened" for leg in self.legs)

    def is_overdue(self, day: date) -> bool:
        """Open, its clock running, and past its day. Computed when read, so a stopped worker never flatters."""
        return self.clock_runs and self.due_on < day
