"""Who wants to hear how a petition goes on, besides its sender."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.core.db import Created, Model, PublicId
from feedback.petitions.models.petition import Petition


class Follower(PublicId, Created, Model):
    """A proved address to which word of this petition goes, because its owner asked for it.

    ``own``: she opened the file with its code and added it to her list; she may open it from there.
    ``steps``: she asked to hear of the steps on the way too, not of answer and end alone.
    The row goes when she says so, and with it the address; the others go once the file is at rest.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(sa.ForeignKey("petition.id"))
    contact_hash: Mapped[str] = mapped_column(sa.String(64), index=True)
    email: Mapped[str] = mapped_column(sa.String(254), default="")
    phone: Mapped[str] = mapped_column(sa.String(20), default="")
    locale: Mapped[str] = mapped_column(sa.String(5), default="vi")
    own: Mapped[bool] = mapped_column(default=False)
    steps: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    petition: Mapped[Petition] = relationship()
    __table_args__ = (sa.UniqueConstraint("petition_id", "contact_hash"),)
