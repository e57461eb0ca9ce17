"""People who work on the site, what they may do, and how they are known between two requests."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from flask_login import UserMixin
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.accounts.roles import PERMISSIONS
from feedback.core.db import Created, Model, PublicId, UTCDateTime
from feedback.core.indexes import index_present


class Person(UserMixin, PublicId, Created, Model):
    """A member of staff: of an agency, of the Fatherland Front, or the operator's own."""

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    email: Mapped[str] = mapped_column(sa.String(254), unique=True)  # stored lower case
    agency_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agency.id"), index=True)
    password_hash: Mapped[str | None] = mapped_column(sa.String(200))
    # only a seed: the secret is made of it and the site's key, so a stolen backup opens no second factor
    totp_seed: Mapped[str | None] = mapped_column(sa.String(64))
    totp_last_step: Mapped[int | None]  # a code works once (RFC 6238, section 5.2)
    enabled: Mapped[bool] = mapped_column(default=True)
    locale: Mapped[str] = mapped_column(sa.String(5), default="vi")
    # kind of notice → how she wants to learn of it; what she did not choose comes as usual
    notice_ways: Mapped[dict[str, str] | None] = mapped_column(sa.JSON(none_as_null=True))

    grants: Mapped[list[RoleGrant]] = relationship(
        back_populates="person", cascade="all, delete-orphan"
    )

    @property
    def subject(self) -> str:
        """The person's name in the record."""
        return f"person:{self.public_id}"

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(grant.role for grant in self.grants)

    def may(self, permission: str) -> bool:
        """Does any of the person's roles carry this permission?"""
        return any(permission in PERMISSIONS.get(role, ()) for role in self.roles)

    @property
    def is_active(self) -> bool:
        return self.enabled

    def get_id(self) -> str:
        return self.public_id


class RoleGrant(Created, Model):
    """One role of one person."""

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), primary_key=True)
    role: Mapped[str] = mapped_column(sa.String(20), primary_key=True)
    person: Mapped[Person] = relationship(back_populates="grants")


class StaffSession(Created, Model):
    """A signed-in browser. Only the hash of its token is kept; ending it here ends it everywhere."""

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    last_seen_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    # password given, second factor still to come: such a session opens nothing but that page
    totp_passed: Mapped[bool] = mapped_column(default=False)
    person: Mapped[Person] = relationship(lazy="joined")


class Throttle(Model):
    """How often something failed lately; counted in SQL, so that two processes count as one."""

    key: Mapped[str] = mapped_column(sa.String(64), primary_key=True)  # keyed hash, no address
    failures: Mapped[int] = mapped_column(default=0)
    window_started_at: Mapped[datetime] = mapped_column(UTCDateTime)
    wait_until: Mapped[datetime | None] = mapped_column(UTCDateTime)  # a delay, never a lock


class Invitation(Created, Model):
    """A one-use link by which a person sets the first password and second factor."""

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    person: Mapped[Person] = relationship(lazy="joined")


class Contact(PublicId, Created, Model):
    """How a resident can be reached; no account, nothing but the address she left."""

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str | None] = mapped_column(sa.String(254))
    phone: Mapped[str | None] = mapped_column(sa.String(20))
    verified_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    locale: Mapped[str] = mapped_column(sa.String(5), default="vi")

    __table_args__ = (
        index_present("ix_contact_email", "email"),
        index_present("ix_contact_phone", "phone"),
    )


class ContactCode(Created, Model):
    """A one-time code sent to a resident's e-mail so that she can see her own petitions."""

    id: Mapped[int] = mapped_column(primary_key=True)
    email_hash: Mapped[str] = mapped_column(sa.String(64), index=True)
    code_hash: Mapped[str] = mapped_column(sa.String(64))
    tries: Mapped[int] = mapped_column(default=0)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class ResidentSession(Created, Model):
    """A resident's browser that proved an e-mail address or a number with a one-time code."""

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    email: Mapped[str] = mapped_column(sa.String(254))  # empty where a number was proved
    phone: Mapped[str] = mapped_column(sa.String(20), default="")
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
