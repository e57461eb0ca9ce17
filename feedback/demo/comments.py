"""Comments of the sample: written by residents, decided by the moderator, by the product's own verbs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from feedback.accounts.models import Person
from feedback.comments import actions
from feedback.comments.models import PENDING, Comment
from feedback.core import clock
from feedback.demo.days import at
from feedback.demo.stories import Step, submission_key
from feedback.plans.models import PlanItem

EARLY_S, LATE_S = 7 * 3600, 21 * 3600  # people are awake
READ_WITHIN = timedelta(hours=3)


def steps(
    rows: Sequence[Mapping[str, Any]], items: Mapping[str, PlanItem], *, by: Person, now: datetime
) -> list[Step]:
    """Each comment is written at its moment, and read by ``by`` some hours later."""
    chance = Random("comments")  # noqa: S311 - the same sample whenever it is loaded
    made: list[Step] = []
    for number, row in enumerate(rows):
        day = clock.day_of(now) - timedelta(days=row["days_ago"])
        said = min(at(day, chance.randint(EARLY_S, LATE_S)), now)
        one = _One(row, items[row["item"]], submission_key(f"comment-{number}"), by)
        made.append(Step(said, one.write))
        if row["state"] != PENDING:
            made.append(Step(min(said + READ_WITHIN, now), one.decide))
    return made


class _One:
    """One row: its comment exists from the first step on."""

    def __init__(self, row: Mapping[str, Any], item: PlanItem, key: str, by: Person) -> None:
        self.row, self.item, self.key, self.by = row, item, key, by
        self.comment: Comment | None = None

    def write(self) -> None:
        text, name = self.row["text"], self.row["name"]
        self.comment = actions.write(item=self.item, text=text, author_name=name, key=self.key)

    def decide(self) -> None:
        assert self.comment is not None
        actions.let_appear(self.comment, seen=PENDING, by=self.by)
