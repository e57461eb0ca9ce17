"""Wordings of documents that the registry does not know, and what a person said they mean."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.agencies.models.bodies import Agency, AgencyGroup
from feedback.core.db import Created, Model, UTCDateTime

WORDING_STATES = ("open", "body", "alias", "group", "refused")


class Wording(Created, Model):
    """How a document names somebody. What a person decided once holds for the next document too.

    ``body``: this wording alone means the body; ``alias``: it became one of the body's names;
    ``refused``: it names nobody who could be responsible.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    folded: Mapped[str] = mapped_column(sa.String(300), unique=True)
    words: Mapped[str] = mapped_column(sa.String(300))  # as the first document wrote it
    source: Mapped[str] = mapped_column(sa.String(120), default="")  # that document's number
    state: Mapped[str] = mapped_column(sa.String(10), default="open", index=True)
    agency_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agency.id"))
    group_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agency_group.id"))
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    lock: Mapped[int] = mapped_column(default=1)

    agency: Mapped[Agency | None] = relationship()
    group: Mapped[AgencyGroup | None] = relationship()
    __mapper_args__ = {"version_id_col": lock}
