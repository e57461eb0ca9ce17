"""The calendar as rows that an operator can change."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from feedback.core.db import Model


class CalendarDay(Model):
    """A day that differs from the plain week: off, or a Saturday worked in exchange."""

    day: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(10))
    status: Mapped[str] = mapped_column(sa.String(10), default="announced")
    reason: Mapped[str] = mapped_column(sa.String(100), default="")
    __table_args__ = (sa.CheckConstraint("kind IN ('off', 'worked')", name="kind"),)
