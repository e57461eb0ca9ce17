"""Who wants to hear how a plan or one of its items goes on."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.core.db import Created, Model, PublicId
from feedback.plans.models.plan import Plan, PlanItem


class PlanFollower(PublicId, Created, Model):
    """A proved e-mail address, or a member of staff who reads it in her inbox. ``item_id`` empty: the whole
    plan. ``who`` is what makes one wish the same as another: the address's fingerprint or the person."""

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(sa.String(20))  # plan:1, item:12
    plan_id: Mapped[int] = mapped_column(sa.ForeignKey("plan.id"))
    item_id: Mapped[int | None] = mapped_column(sa.ForeignKey("plan_item.id"))
    who: Mapped[str] = mapped_column(sa.String(72), index=True)
    email: Mapped[str] = mapped_column(sa.String(254), default="")
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    locale: Mapped[str] = mapped_column(sa.String(5), default="vi")
    plan: Mapped[Plan] = relationship()
    item: Mapped[PlanItem | None] = relationship()
    __table_args__ = (sa.UniqueConstraint("subject", "who"),)
