"""The roll-ups: how many files share the facts that figures are made of."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from feedback.core.db import Model

# the clock of a file that is closed, or that rests while the resident is asked for more
NO_CLOCK = date(9999, 12, 31)
OUTCOMES = ("none", "on_time", "late")
# each file is counted once in each: for the agency that has it, and for the commune it is about
DIMENSIONS = AGENCY, COMMUNE = "agency", "commune"
NO_PLACE = (
    0  # the commune of a file that names none: a line of its own, so that both sums are equal
)
NO_ANSWER = -1  # the days of a file without an answer
# kept in the order of the key: a period of one dimension is one stretch of the table
_IN_ORDER = {"sqlite_with_rowid": False}


class Tally(Model):
    """Number of unsealed files with the same facts. Grows with bodies and months, not with files.

    ``body_id`` is an agency, or a commune or NO_PLACE. ``month`` counts months since year 0 (2026-11
    is 2026 * 12 + 10). ``outcome`` is that of the first answer. ``clock_on`` is the due day of an open
    file, NO_CLOCK where no clock runs.
    """

    dimension: Mapped[str] = mapped_column(sa.String(8), primary_key=True)
    month: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(primary_key=True)
    public_kind: Mapped[bool] = mapped_column(primary_key=True)
    outcome: Mapped[str] = mapped_column(sa.String(8), primary_key=True)
    is_open: Mapped[bool] = mapped_column(primary_key=True)
    disputed: Mapped[bool] = mapped_column(primary_key=True)
    clock_on: Mapped[date] = mapped_column(primary_key=True)
    number: Mapped[int]
    __table_args__ = (_IN_ORDER,)


class TallyDays(Model):
    """Number of answered files by working days from day zero to the first answer (``MOST``: or more)."""

    dimension: Mapped[str] = mapped_column(sa.String(8), primary_key=True)
    month: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(primary_key=True)
    public_kind: Mapped[bool] = mapped_column(primary_key=True)
    days: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    __table_args__ = (_IN_ORDER,)


class TallyPlace(Model):
    """Where one file is counted now, so that a change takes it out of there and puts it elsewhere."""

    petition_id: Mapped[int] = mapped_column(
        sa.ForeignKey("petition.id"), primary_key=True, autoincrement=False
    )
    agency_id: Mapped[int]
    commune_id: Mapped[int]
    month: Mapped[int]
    public_kind: Mapped[bool]
    outcome: Mapped[str] = mapped_column(sa.String(8))
    is_open: Mapped[bool]
    disputed: Mapped[bool]
    clock_on: Mapped[date]
    days: Mapped[int]
