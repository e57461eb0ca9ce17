"""Comments of the sample: written by residents, decided by the moderator, by the product's own verbs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Any

from feedback.agencies.models import Agency
from feedback.comments import actions
from feedback.comments.actions import Sender
from feedback.comments.models import PENDING, VISIBLE, Comment
from feedback.core import clock
from feedback.demo.days import Step, at
from feedback.demo.people import Staff
from feedback.demo.stories import submission_key
from feedback.plans.models import PlanItem

EARLY_S, LATE_S = 7 * 3600, 21 * 3600  # people are awake
READ_WITHIN = timedelta(hours=3)


def steps(
    rows: Sequence[Mapping[str, Any]],
    items: Mapping[str, PlanItem],
    *,
    staff: Staff,
    agencies: Mapping[str, Agency],
    now: datetime,
) -> list[Step]:
    """Each comment is written at its moment and read by the moderator some hours later; then people and
    agencies reply, find it helpful or report it."""
    chance = Random("comments")  # noqa: S311 - the same sample whenever it is loaded
    made: list[Step] = []
    for number, row in enumerate(rows):
        day = clock.day_of(now) - timedelta(days=row["days_ago"])
        said = min(at(day, chance.randint(EARLY_S, LATE_S)), now)
        one = _One(row, items[row["item"]], f"comment-{number}", staff, agencies)
        made.append(Step(said, one.write))
        if row["state"] != PENDING:
            made.append(Step(min(said + READ_WITHIN, now), one.decide))
        for place, reply in enumerate(row.get("replies", ())):
            moment = min(said + timedelta(hours=reply["hours"]), now)
            made.append(Step(moment, partial(one.answer, place)))
        if "helpful" in row or "reported" in row:
            made.append(Step(min(said + READ_WITHIN + timedelta(hours=9), now), one.react))
    return made


class _One:
    """One row: its comment exists from the first step on, and its replies one by one."""

    def __init__(
        self,
        row: Mapping[str, Any],
        item: PlanItem,
        key: str,
        staff: Staff,
        agencies: Mapping[str, Agency],
    ) -> None:
        self.row, self.item, self.key = row, item, key
        self.staff, self.agencies, self.minh = staff, agencies, staff.named("minh")
        self.comment: Comment | None = None
        self.replies: list[Comment] = []

    def write(self) -> None:
        self.comment = self._said(self.row, self.key)

    def decide(self) -> None:
        assert self.comment is not None
        actions.let_appear(self.comment, seen=PENDING, by=self.minh)

    def answer(self, place: int) -> None:
        """The reply at this place of the row: of a body, in whose name somebody writes, or of a resident."""
        assert self.comment is not None
        reply, key = self.row["replies"][place], f"{self.key}-{place}"
        parent = self.replies[reply["to"]] if "to" in reply else self.comment
        if "by" in reply:
            by, agency = self.staff.named(reply["by"]), self.agencies[reply["agency"]]
            made = actions.reply_for_agency(
                parent=parent, text=reply["text"], key=submission_key(key), agency=agency, by=by
            )
        else:
            made = self._said(reply, key, parent)
            actions.let_appear(made, seen=PENDING, by=self.minh)
        self.replies.append(made)
        if "hidden" in reply:
            actions.hide(made, reason=reply["hidden"], seen=VISIBLE, by=self.minh)

    def react(self) -> None:
        assert self.comment is not None
        for number in range(self.row.get("helpful", 0)):
            actions.mark(self.comment, sender=Sender(visitor=f"{self.key}-{number}"))
        if "reported" in self.row:
            sender = Sender(visitor=self.key)
            actions.report(self.comment, reason=self.row["reported"], sender=sender)

    def _said(self, row: Mapping[str, Any], key: str, parent: Comment | None = None) -> Comment:
        text, name, key = row["text"], row["name"], submission_key(key)
        return actions.write(item=self.item, text=text, author_name=name, parent=parent, key=key)
