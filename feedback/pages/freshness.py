"""Which pages an event makes old: followers of the record, registered in app.py."""

from __future__ import annotations

import sqlalchemy as sa

from feedback import audit
from feedback.core.db import db, table_of
from feedback.pagecache.actions import changed, reference_changed
from feedback.petitions.models import Petition

PETITION, COMMENT = "petition:", "comment:"
AT_ONCE = 500  # within every engine's limit of parameters


def petition_changed(happening: audit.Happening) -> None:
    """The items that the changed petitions are about. All of one commit together, when the last of
    their events is told: after the roll-up's rows, before the head of the record, in that order in
    every transaction."""
    told = [h for h in audit.pending() if h.tag.startswith(PETITION)]
    if told[-1] is not happening:
        return
    items = {h.thing.item_id for h in told if h.thing is not None}
    by_name_only = {h.subject.partition(":")[2] for h in told if h.thing is None}
    if by_name_only:
        petition = table_of(Petition)
        names = sorted(by_name_only)
        for start in range(0, len(names), AT_ONCE):
            some = petition.c.public_id.in_(names[start : start + AT_ONCE])
            items |= set(db.session.scalars(sa.select(petition.c.item_id).where(some)))
    changed(item_version(item_id) for item_id in items if item_id is not None)


def comment_changed(happening: audit.Happening) -> None:
    """The item under which the comment stands."""
    item_id = getattr(happening.thing, "item_id", None)
    if item_id is None:  # erased, or told by name only
        reference_changed()
    else:
        changed([item_version(item_id)])


def publication_registered(happening: audit.Happening) -> None:
    """What the register has about a plan item is named on the item's page; it is rarely about one."""
    entry = happening.thing
    if entry is None or entry.item_id is not None or entry.plan_id is not None:
        reference_changed()


def something_changed(_happening: audit.Happening) -> None:
    """Plans, bodies, terms, the calendar: what every page may show."""
    reference_changed()


def item_version(item_id: int) -> str:
    return f"item:{item_id}"
