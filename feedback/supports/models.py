"""Who supports what, by pseudonym; and everything that happened to a support, in the order of time."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from feedback.core.db import Created, Model


class Support(Created, Model):
    """One verified contact supports one petition. ``contact_hash`` is a keyed hash of the address in its
    one form; the address itself is not kept here. Where it came from is forgotten after some days."""

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(sa.ForeignKey("petition.id"))
    contact_hash: Mapped[str] = mapped_column(sa.String(64), index=True)
    standing: Mapped[str] = mapped_column(sa.String(10))  # of rules.moves.STANDINGS
    network_hash: Mapped[str] = mapped_column(sa.String(64), default="")
    domain_hash: Mapped[str] = mapped_column(sa.String(64), default="")
    __table_args__ = (
        sa.UniqueConstraint("petition_id", "contact_hash"),
        sa.Index("ix_support_standing", "petition_id", "standing"),
        sa.Index("ix_support_network", "petition_id", "network_hash", "created_at"),
        sa.Index("ix_support_domain", "petition_id", "domain_hash", "created_at"),
        sa.Index("ix_support_doubtful", "standing", "petition_id"),
    )


class SupportEntry(Created, Model):
    """One line of the book of supports: only ever added. The worker seals what is new into the record.

    Whose person asked to be forgotten has no pseudonym any more; its hash stands there (``leaf``), so
    that what was sealed can still be checked."""

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(sa.ForeignKey("petition.id"), index=True)
    contact_hash: Mapped[str] = mapped_column(sa.String(64), index=True)
    leaf: Mapped[str] = mapped_column(sa.String(64), default="")
    what: Mapped[str] = mapped_column(sa.String(10))  # a standing, or "moved" to this petition
    batch_id: Mapped[int | None] = mapped_column(sa.ForeignKey("support_batch.id"), index=True)


class SupportBatch(Created, Model):
    """Lines sealed together: the record holds their number and the root of their hashes."""

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    root: Mapped[str] = mapped_column(sa.String(64))


class SupportThreshold(Created, Model):
    """The operator's rule: so many supports bring this about. An empty ``kind`` or ``level`` means any;
    the row that says more wins; a number of 0 turns the effect off."""

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(20), default="")  # of the petition
    level: Mapped[str] = mapped_column(sa.String(20), default="")  # of the agency that answers
    effect: Mapped[str] = mapped_column(sa.String(12))  # of rules.thresholds.EFFECTS
    number: Mapped[int]
    tell: Mapped[str] = mapped_column(sa.String(60), default="")  # code of a body told besides
    __table_args__ = (sa.UniqueConstraint("kind", "level", "effect"),)


class SupportCrossing(Created, Model):
    """A petition has reached a threshold: once for each effect, and for good."""

    petition_id: Mapped[int] = mapped_column(sa.ForeignKey("petition.id"), primary_key=True)
    effect: Mapped[str] = mapped_column(sa.String(12), primary_key=True)
    number: Mapped[int]
    __table_args__ = (sa.Index("ix_support_crossing_lately", "created_at"),)
