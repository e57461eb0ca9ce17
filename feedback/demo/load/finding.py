"""What of a made-up file can be found, as ``pages.finding`` would have put it into the index."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from feedback.demo.load.world import Desk
from feedback.pages.finding import entries

if TYPE_CHECKING:
    from feedback.demo.load.lives import Life


class Given(NamedTuple):
    """One published answer."""

    id: int
    text: str
    day: date
    desk: Desk


def let_find(life: Life) -> None:
    """The petition and its answers."""
    petition, commune = life.petition, life.commune
    case = entries.Case(
        petition["id"],
        petition["public_id"],
        petition["title"],
        petition["text"],
        life.zero,
        life.desk.code,
        life.desk.name,
        life.item.plan_id,
        petition["state"],
        commune.code if commune else None,
    )
    life.batch.find(entries.petition(case))
    for number, given in enumerate(life.answers, start=1):
        own = case._replace(agency=given.desk.code, agency_name=given.desk.name)
        found = entries.answer(own, ref=given.id, number=number, text=given.text, day=given.day)
        life.batch.find(found)
