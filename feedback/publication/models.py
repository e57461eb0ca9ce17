"""What has to be published, and each form in which it was."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.accounts.models import Person
from feedback.agencies.models import Agency
from feedback.core.db import Created, Model, PublicId
from feedback.files.models import StoredFile


class Publication(PublicId, Created, Model):
    """One thing that people must be told. ``decided_on`` is day zero of its term; ``entered_on`` the day on
    which it came into the register. ``first_on``: the first day of its first form; empty until there is one."""

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(sa.String(300))
    kind: Mapped[str] = mapped_column(sa.String(20))  # of rules.terms.KINDS
    decision: Mapped[str] = mapped_column(sa.String(120), default="")  # its number, as written
    agency_id: Mapped[int] = mapped_column(sa.ForeignKey("agency.id"))
    plan_id: Mapped[int | None] = mapped_column(sa.ForeignKey("plan.id"))
    item_id: Mapped[int | None] = mapped_column(sa.ForeignKey("plan_item.id"), index=True)
    decided_on: Mapped[date]
    due_on: Mapped[date]
    first_on: Mapped[date | None]
    entered_on: Mapped[date]
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    lock: Mapped[int] = mapped_column(default=1)
    agency: Mapped[Agency] = relationship()
    by: Mapped[Person] = relationship()
    postings: Mapped[list[Posting]] = relationship(
        back_populates="publication", order_by="Posting.from_on, Posting.id"
    )
    __table_args__ = (
        sa.Index("ix_publication_decided_on", "decided_on", "id"),
        sa.Index("ix_publication_agency", "agency_id", "decided_on", "id"),
    )
    __mapper_args__ = {"version_id_col": lock}


class Posting(PublicId, Created, Model):
    """One form: a noticeboard, the web, the loudspeaker… ``least_on`` is the last day that it must stay.
    Beside each day that somebody claims stands the day on which it was entered."""

    id: Mapped[int] = mapped_column(primary_key=True)
    publication_id: Mapped[int] = mapped_column(sa.ForeignKey("publication.id"), index=True)
    form: Mapped[str] = mapped_column(sa.String(20))  # of rules.terms.FORMS
    place: Mapped[str] = mapped_column(sa.String(200))
    person: Mapped[str] = mapped_column(sa.String(120))  # who put it up, as people there know them
    from_on: Mapped[date]
    least_on: Mapped[date | None]
    to_on: Mapped[date | None]
    entered_on: Mapped[date]
    ended_entered_on: Mapped[date | None]
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    evidence_id: Mapped[int | None] = mapped_column(sa.ForeignKey("stored_file.id"))
    publication: Mapped[Publication] = relationship(back_populates="postings")
    by: Mapped[Person] = relationship()
    evidence: Mapped[StoredFile | None] = relationship()
