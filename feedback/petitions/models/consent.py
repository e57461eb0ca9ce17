"""What somebody agreed to, as proof, and what she asks about her own data."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.core.db import Created, Model, PublicId, UTCDateTime
from feedback.petitions.models.petition import Petition


class Consent(Model):
    """One purpose that the sender of one file agreed to, or took back again.

    ``version`` and ``locale`` name the words (petitions/data/consents.csv, whose rows are never changed,
    only added to); ``channel``: web, desk or phone, and where it was taken back.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(sa.String(40), index=True)  # "petition:4f0…"
    purpose: Mapped[str] = mapped_column(sa.String(20))
    version: Mapped[str] = mapped_column(sa.String(10))
    locale: Mapped[str] = mapped_column(sa.String(5))
    channel: Mapped[str] = mapped_column(sa.String(10))
    given_at: Mapped[datetime] = mapped_column(UTCDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class DataRequest(PublicId, Created, Model):
    """What somebody asks about her own data that a person must decide: to delete, to correct what she
    cannot correct herself, or to delete all that is held about her (``account``, kept with the newest of
    her files). Due dates by the terms DATA_REPLY, DATA_DELETE and DATA_VIEW.

    ``address``: of an account's request the address that she proved, until it is decided; ``uncount``:
    she wants her supports taken back as well, where they still can be.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(sa.ForeignKey("petition.id"), index=True)
    kind: Mapped[str] = mapped_column(sa.String(10))  # delete | correct | account
    words: Mapped[str] = mapped_column(sa.Text, default="")
    state: Mapped[str] = mapped_column(
        sa.String(10), default="open"
    )  # open | replied | done | refused
    asked_on: Mapped[date]
    reply_due_on: Mapped[date]
    due_on: Mapped[date]
    term_rule_id: Mapped[int] = mapped_column(sa.ForeignKey("term_rule.id"))
    replied_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    answer: Mapped[str] = mapped_column(sa.Text, default="")  # what the person who asked reads
    reason_code: Mapped[str] = mapped_column(sa.String(20), default="")
    address: Mapped[str] = mapped_column(sa.String(254), default="", index=True)
    uncount: Mapped[bool] = mapped_column(default=False)
    lock: Mapped[int] = mapped_column(default=1)

    petition: Mapped[Petition] = relationship()
    __mapper_args__ = {"version_id_col": lock}
    __table_args__ = (sa.Index("ix_data_request_desk", "state", "due_on", "id"),)
