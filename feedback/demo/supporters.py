"""Neighbours who support a file of the sample, one after the other, by the product's own verb."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from feedback.accounts.rules.addresses import Proven
from feedback.demo.days import Step
from feedback.supports import actions
from feedback.supports.actions import Whence

if TYPE_CHECKING:
    from feedback.demo.stories import Story

ONE_ROOM = Whence(
    network="203.0.113.0/24", most=0
)  # all at once from one place: nobody is counted yet


def steps(story: Story) -> list[Step]:
    """From the moment when everybody may read it until its answer, or until now."""
    number, doubtful = story.row.get("supports", 0), story.row.get("doubtful_supports", 0)
    if not number:
        return []
    first = next(step.at for step in story.steps if step.act == story.receive)
    ends = [step.at for step in story.steps if step.act in (story.approve, story.merge)]
    last = min([*ends, story.world.now])
    apart = (last - first) / (number + 2)
    found = [_step(story, n, first + apart * (n + 1), Whence()) for n in range(number)]
    crowd = first + apart * number
    found += [
        _step(story, number + n, crowd + timedelta(seconds=20 * n), ONE_ROOM)
        for n in range(doubtful)
    ]
    return found


def _step(story: Story, number: int, moment: datetime, whence: Whence) -> Step:
    who = Proven(email=f"dan@{story.row['key']}-{number}.example")
    return Step(moment, partial(_support, story, who, whence))


def _support(story: Story, who: Proven, whence: Whence) -> None:
    actions.support(story.petition, who=who, whence=whence)
