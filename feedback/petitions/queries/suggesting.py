"""What a resident who writes is offered: plan items that fit her words, and what others sent already.

Items are compared in memory (a few dozen, prepared once for each version of the plans); petitions in one
statement that takes a bounded number of the newest ones, of the communes named and of the likely items.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import sqlalchemy as sa

from feedback.agencies.queries import communes_on
from feedback.agencies.rules.places import proper_name
from feedback.core.db import db
from feedback.core.text import clean, fold
from feedback.pagecache.memory import remembered
from feedback.petitions.models import Petition
from feedback.petitions.rules import likeness
from feedback.petitions.rules.states import OPEN_STATES
from feedback.plans import queries as plans
from feedback.search.models import SearchEntry

DATA = Path(__file__).resolve().parents[1] / "data" / "everyday_words.csv"
MOST_ITEMS, MOST_PETITIONS = 3, 3
NEWEST, NEAR = 150, 100  # petitions that are looked at: of all, and of each commune and item
READ = 700  # folded characters of a petition that are compared
ITEM_AT_LEAST, ITEM_BESIDE_BEST = 13.5, 0.6
ALIKE = 0.34  # part of the typed words' weight that a petition must hold to be "the same"
SAME_COMMUNE, SAME_ITEM, SAME_KIND, FRESH = 0.10, 0.06, 0.02, 0.04
OTHER_COMMUNE = 0.14  # the same words about another place are another matter
VOTE = 6.0  # what a petition exactly alike says about its item
OFFERED = (*OPEN_STATES, "answered", "closed")


@dataclass(frozen=True)
class ItemOffer:
    """A task of a plan that may be what the words are about."""

    id: int
    number: str
    heading: str
    summary: str


@dataclass(frozen=True)
class PetitionOffer:
    """A public petition that may be the same matter."""

    public_id: str
    title: str
    place: str
    submitted_on: date
    answered: bool
    likeness: float


@dataclass(frozen=True)
class Offers:
    items: tuple[ItemOffer, ...] = ()
    petitions: tuple[PetitionOffer, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.items or self.petitions)


@dataclass(frozen=True)
class Writing:
    """What stands in the form so far; ``commune`` is a code, ``item_id`` what she chose already."""

    title: str
    text: str = ""
    kind: str = ""
    commune: str = ""
    item_id: int | None = None

    @property
    def words(self) -> str:
        return clean(f"{self.title}\n{self.text[:2000]}")


def offers(writing: Writing, *, on: date) -> Offers:
    """The items and the petitions to offer, best first; nothing where the words say too little."""
    if len(likeness.terms(fold(writing.words))) < 2:
        return Offers()
    scores = _shelf(on).scores(likeness.wanted(writing.words, themes()))
    likely = sorted(scores, key=lambda key: (-scores[key], key))[:MOST_ITEMS]
    alike = _alike(writing, likely, on)
    for found, item_id in alike:
        if item_id is not None and found.likeness >= ALIKE / 2:
            scores[item_id] = scores.get(item_id, 0.0) + VOTE * found.likeness
    same = [found for found, _item in alike if found.likeness >= ALIKE]
    return Offers(_items(scores, on), tuple(same[:MOST_PETITIONS]))


def themes() -> Sequence[tuple[str, ...]]:
    """Everyday words that go together, each row one theme (petitions/data/everyday_words.csv)."""
    return remembered("everyday words", _themes)


def _themes() -> tuple[tuple[str, ...], ...]:
    with DATA.open(encoding="utf-8", newline="") as source:
        return tuple(tuple(word.casefold() for word in row) for row in csv.reader(source))


def _shelf(on: date) -> likeness.Shelf:
    return remembered(("shelf of items", on), _make_shelf)


def _make_shelf() -> likeness.Shelf:
    return likeness.shelf(
        {
            task.id: (
                (fold(task.title), 1.5),
                (fold(task.summary), 1.1),
                (fold(task.text), 1.0),
            )
            for task in plans.tasks()
        }
    )


def _items(scores: dict[int, float], on: date) -> tuple[ItemOffer, ...]:
    best = max(scores.values(), default=0.0)
    least = max(ITEM_AT_LEAST, best * ITEM_BESIDE_BEST)
    ranked = sorted(
        (k for k, score in scores.items() if score >= least), key=lambda k: (-scores[k], k)
    )
    found = (plans.item_now(item_id, on) for item_id in ranked[:MOST_ITEMS])
    return tuple(
        ItemOffer(item.id, item.number, item.heading, item.summary or item.text)
        for item in found
        if item is not None
    )


def _alike(
    writing: Writing, likely: Sequence[int], on: date
) -> list[tuple[PetitionOffer, int | None]]:
    """Petitions by likeness, with the item that each is about."""
    places = _communes_meant(writing, on)
    rows = db.session.execute(_candidates(places, likely)).all()
    typed = likeness.terms(fold(writing.words))
    shares = likeness.shares(typed, {row.public_id: f"{row.folded} " for row in rows})
    found = []
    for row in rows:
        share = shares.get(row.public_id, 0.0)
        if not share:
            continue
        offer = PetitionOffer(
            row.public_id,
            row.title,
            row.place_name or "",
            row.submitted_on,
            row.answered_on is not None,
            share + _nearness(row, writing, places, on),
        )
        found.append((offer, row.item_id))
    return sorted(found, key=lambda pair: (-pair[0].likeness, pair[0].public_id))


def _nearness(
    row: sa.Row[tuple[object, ...]], writing: Writing, places: Sequence[str], on: date
) -> float:
    """What place, item, kind and freshness add to the likeness of words, or take from it."""
    near = FRESH * max(0.0, 1 - (on - row.submitted_on).days / 365)
    if places and row.commune:
        near += SAME_COMMUNE if row.commune in places else -OTHER_COMMUNE
    near += SAME_KIND if row.kind == writing.kind else 0.0
    near += SAME_ITEM if writing.item_id and row.item_id == writing.item_id else 0.0
    return near


def _communes_meant(writing: Writing, on: date) -> list[str]:
    """The commune that she came from or chose, else those that her words name (at most three)."""
    if writing.commune:
        return [writing.commune]
    padded = f" {fold(writing.words)} "
    named = [code for code, place in communes_on(on) if f" {fold(proper_name(place))} " in padded]
    return named[:3]


def _candidates(places: Sequence[str], items: Sequence[int]) -> sa.Select[tuple[object, ...]]:
    """One statement, bounded: the newest of all, of the communes and of the items."""
    commune = sa.orm.aliased(Petition.commune.property.mapper.class_)
    shown = sa.and_(Petition.is_public, Petition.state.in_(OFFERED))
    parts = [sa.select(Petition.id).where(shown).order_by(Petition.id.desc()).limit(NEWEST)]
    if places:
        ids = sa.select(commune.id).where(commune.code.in_(places))
        parts.append(_newest(shown, Petition.commune_id.in_(ids)))
    parts += [_newest(shown, Petition.item_id == item_id) for item_id in items]
    chosen = sa.union(*(sa.select(part.subquery().c.id) for part in parts)).subquery()
    return (
        sa.select(
            Petition.public_id,
            Petition.title,
            Petition.kind,
            Petition.item_id,
            Petition.submitted_on,
            Petition.answered_on,
            commune.code.label("commune"),
            commune.place_name,
            sa.func.substr(SearchEntry.folded, 1, READ).label("folded"),
        )
        .join(chosen, chosen.c.id == Petition.id)
        .join(SearchEntry, sa.and_(SearchEntry.kind == "petition", SearchEntry.ref == Petition.id))
        .outerjoin(commune, commune.id == Petition.commune_id)
    )


def _newest(*conditions: sa.ColumnElement[bool]) -> sa.Select[int]:
    return (
        sa.select(Petition.id)
        .where(*conditions)
        .order_by(Petition.submitted_on.desc(), Petition.id.desc())
        .limit(NEAR)
    )
