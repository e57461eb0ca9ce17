"""What the bodies of the sample had to publish, and how they did, by the product's own verbs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from random import Random
from typing import Any

from feedback.agencies.models import Agency
from feedback.core import clock
from feedback.demo.days import Step, at
from feedback.demo.people import Staff
from feedback.plans.models import PlanItem
from feedback.publication import actions
from feedback.publication.models import Publication

DESK_S = (8 * 3600, 16 * 3600)


def steps(
    rows: Sequence[Mapping[str, Any]],
    items: Mapping[str, PlanItem],
    *,
    staff: Staff,
    bodies: Mapping[str, Agency],
    now: datetime,
) -> list[Step]:
    """Each entry on the day of its decision, each form some days later, on the day on which it was put up."""
    made: list[Step] = []
    for row in rows:
        one = _One(row, items, staff, bodies)
        chance = Random(row["title"])  # noqa: S311 - the same sample whenever it is loaded
        zero = clock.day_of(now) - timedelta(days=row["ago"])

        def on(day: date, chance: Random = chance) -> datetime:
            return min(at(day, chance.randint(*DESK_S)), now)

        made.append(Step(on(zero), one.register))
        for posting in row["postings"]:
            put_up = zero + timedelta(days=posting["after"])
            made.append(Step(on(put_up), partial(one.post, posting)))
            if "down" in posting:
                down = put_up + timedelta(days=posting["down"])
                made.append(Step(on(down), partial(one.take_down, posting)))
    return [step for step in made if step.at <= now]


class _One:
    """One entry; it exists from its first step on."""

    def __init__(
        self,
        row: Mapping[str, Any],
        items: Mapping[str, PlanItem],
        staff: Staff,
        bodies: Mapping[str, Agency],
    ) -> None:
        self.row, self.items = row, items
        self.agency, self.by = bodies[row["agency"]], staff.officer(row["agency"])
        self.made: Publication | None = None

    def register(self) -> None:
        row, day = self.row, clock.today()
        item = self.items.get(row.get("item", ""))
        what = actions.What(
            title=row["title"],
            kind=row["kind"],
            decided_on=day,
            decision=row["decision"],
            item_id=item.id if item else None,
        )
        self.made = actions.register(what, agency=self.agency, on=day, by=self.by)

    def post(self, posting: Mapping[str, Any]) -> None:
        entry, day = self._entry(), clock.today()
        how = actions.How(
            form=posting["form"], place=posting["place"], person=posting["person"], from_on=day
        )
        actions.post(entry, how, seen=entry.lock, on=day, by=self.by)

    def take_down(self, posting: Mapping[str, Any]) -> None:
        day = clock.today()
        found = next(p for p in self._entry().postings if p.form == posting["form"])
        actions.take_down(found, to_on=day, on=day, by=self.by)

    def _entry(self) -> Publication:
        assert self.made is not None
        return self.made
