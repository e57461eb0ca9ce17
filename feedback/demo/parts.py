"""What another agency was asked for a file of the sample, by the product's own verbs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from feedback.core import clock
from feedback.petitions.actions import parts
from feedback.petitions.models import Part
from feedback.workdays.queries import load_calendar
from feedback.workdays.rules import add_working_days

if TYPE_CHECKING:
    from feedback.demo.stories import Story


class AskedPart:
    """One part of one file: asked, perhaps given, perhaps shown."""

    def __init__(self, story: Story, row: Mapping[str, Any]) -> None:
        self.story, self.row = story, row
        self.made: Part | None = None

    def ask(self) -> None:
        self.made = parts.ask_part(
            self.story.petition,
            to=self.story.world.bodies[self.row["agency"]],
            question=self.row["question"],
            due_on=add_working_days(self.story.days.zero, self.row["due_wd"], load_calendar()),
            on=clock.today(),
            by=self.story.officer(),
        )

    def give(self) -> None:
        by = self.story.staff.officer(self.row["agency"])
        parts.give_part(self._part(), text=self.row["text"], on=clock.today(), by=by)

    def show(self) -> None:
        parts.show_part(self._part(), by=self.story.staff.head(self.story.agency))

    def _part(self) -> Part:
        assert self.made is not None
        return self.made
