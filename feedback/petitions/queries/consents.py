"""The words of each consent, by version, and what the sender of one file agreed to."""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import sqlalchemy as sa

from feedback.core import texting
from feedback.core.db import db
from feedback.petitions.models import Consent, Petition
from feedback.petitions.rules.consents import PURPOSES, SMS

DATA = Path(__file__).resolve().parents[1] / "data" / "consents.csv"


@dataclass(frozen=True)
class Words:
    """One version of what somebody agrees to. Rows of the file are added to, never changed."""

    purpose: str
    version: str
    since: date
    locale: str
    words: str


@cache
def all_words() -> tuple[Words, ...]:
    with DATA.open(encoding="utf-8", newline="") as source:
        return tuple(
            Words(
                row["purpose"],
                row["version"],
                date.fromisoformat(row["since"]),
                row["locale"],
                row["words"],
            )
            for row in csv.DictReader(source)
        )


def words_now(purpose: str, locale: str) -> Words:
    """The newest words of a purpose, in a language that there is."""
    of_it = [one for one in all_words() if one.purpose == purpose]
    spoken = [one for one in of_it if one.locale == locale] or of_it
    return max(spoken, key=lambda one: (one.since, one.version))


def words_of(consent: Consent) -> str:
    """The very words that somebody agreed to."""
    key = consent.purpose, consent.version, consent.locale
    found = {(one.purpose, one.version, one.locale): one.words for one in all_words()}
    return found.get(key) or words_now(consent.purpose, consent.locale).words


def versions() -> Mapping[str, Collection[str]]:
    """Every version that ever stood beside a box."""
    return {
        purpose: {one.version for one in all_words() if one.purpose == purpose}
        for purpose in PURPOSES
    }


def offered() -> tuple[str, ...]:
    """What somebody can agree to here: text messages only where the operator can send them."""
    return PURPOSES if texting.offered() else tuple(one for one in PURPOSES if one != SMS)


def agrees_to(petition: Petition, purpose: str) -> bool:
    """Does this consent stand now?"""
    held = sa.select(Consent.id).where(
        Consent.subject == petition.subject,
        Consent.purpose == purpose,
        Consent.withdrawn_at.is_(None),
    )
    return db.session.scalar(held.limit(1)) is not None


def consents_of(petition: Petition) -> Sequence[Consent]:
    """All that was agreed to and taken back, oldest first."""
    return db.session.scalars(
        sa.select(Consent).where(Consent.subject == petition.subject).order_by(Consent.id)
    ).all()


def standing(consents: Sequence[Consent]) -> dict[str, Consent]:
    """Of these, what holds now, by purpose."""
    return {one.purpose: one for one in consents if one.withdrawn_at is None}
