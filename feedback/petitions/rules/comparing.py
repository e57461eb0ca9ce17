"""Where the events of its record leave a file, and in what its rows are something else.

The record is chained; the rows are not. Whoever can write the database could change a due day or an answer
beside the record: this tells.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, field, replace

from feedback.petitions.rules.deadlines import DeadlineRule

Said = dict[str, str | None]  # None: the record no longer says, its words were erased

# the state after an event; of the others some stay, some go back (see ``Replay``)
LEADS_TO = {
    "petition:submitted": "submitted",
    "petition:received": "received",
    "petition:assigned": "in_progress",
    "petition:transferred": "submitted",
    "petition:asked": "needs_info",
    "petition:sent_for_approval": "awaiting_approval",
    "petition:sent_back": "in_progress",
    "petition:answered": "answered",
    "petition:declined": "declined",
    "petition:guided": "guided",
    "petition:merged": "merged",
    "petition:withdrawn": "withdrawn",
    "petition:sealed": "sealed",
    "petition:closed": "closed",
}
GOES_BACK = {"petition:supplied", "petition:resumed"}
REOPENED = frozenset({"in_progress", "received"})  # with its officer, or waiting for a new one
WITH_OFFICER = frozenset({"in_progress", "awaiting_approval"})
HANDS = {"petition:submitted", "petition:transferred", "petition:succeeded", "petition:disputed"}
CLOCK = "clock of"
AS_SENT = ("kind", "title", "text", "place", "channel", "day_zero")
WORDS = ("title", "text", "place", "answer")  # somebody's own: compared, never printed


@dataclass(frozen=True)
class Step:
    """One event about a file; ``fields`` holds None where words were erased. ``days``: the day on which
    the record wrote it down, two around midnight."""

    kind: str
    agency: str = ""
    due: str = ""
    fields: Mapping[str, str | None] = field(default_factory=dict)
    days: tuple[str, ...] = ()


@dataclass(frozen=True)
class Difference:
    """The row says ``stored`` where the record says ``said``."""

    name: str
    stored: str
    said: str

    def __str__(self) -> str:
        if self.name.startswith(WORDS):
            return f"{self.name} is not as the record has it"
        if self.name.startswith(CLOCK):
            return f"{self.name}: {self.stored} was written down on {self.said}"
        return f"{self.name} is {self.stored or 'empty'}, the record says {self.said}"


@dataclass
class Replay:
    """What the events said so far. ``states``: those in which they may have left the file, for a
    reorganisation keeps an officer's file with her only if she came along."""

    said: Said = field(default_factory=dict)
    states: frozenset[str] = frozenset()
    asked_from: frozenset[str] = frozenset()
    answers: int = 0
    ratings: int = 0
    clocks: list[Difference] = field(default_factory=list)

    def take(self, step: Step) -> None:
        """Go on by one event."""
        self._move(step)
        if step.due:
            self.said["due"] = step.due
        if step.kind in HANDS:
            self.said["agency"] = step.agency
        if step.kind == "petition:submitted":
            self.said |= {name: step.fields.get(name) for name in AS_SENT}
            self.said["first_due"] = step.due
            if (
                "held" not in step.fields
            ):  # its day zero is the day on which it was sent, the event's a later one
                self._clock(step, "day_zero")
        elif step.kind in {"petition:seal_proposed", "petition:sealed"}:
            self.said["public"] = "false"
        elif step.kind == "petition:received":
            self.said["public"] = step.fields.get("public")
        elif step.kind == "petition:data_corrected":
            if "place" in (step.fields.get("changed") or "place").split():
                self.said["place"] = None
        elif step.kind == "petition:answered":
            self._answered(step)
        elif step.kind == "petition:rated":
            self.ratings += 1
            self.said[f"rating {self.ratings}"] = step.fields.get("score")

    def _move(self, step: Step) -> None:
        if step.kind == "petition:asked":
            self.asked_from = self.states
        if step.kind in LEADS_TO:
            self.states = frozenset({LEADS_TO[step.kind]})
        elif step.kind in GOES_BACK:
            self.states = self.asked_from
        elif step.kind == "petition:disputed":
            self.states = REOPENED
        elif step.kind == "petition:succeeded":
            self.states = _or_received(self.states)
            self.asked_from = _or_received(self.asked_from)

    def _answered(self, step: Step) -> None:
        """The first answer's flag stays for good; each answer's words stand as they were approved."""
        self.answers += 1
        self.said[f"answer {self.answers}"] = step.fields.get("text")
        if self.answers == 1:
            self.said["answered_on"] = step.fields.get("answered_on")
            self.said["on_time"] = step.fields.get("on_time")
        self._clock(step, "answered_on")

    def _clock(self, step: Step, name: str) -> None:
        """The record's time never runs back: a day that is another one was said by a clock set wrong."""
        day = step.fields.get(name)
        if day and step.days and day not in step.days:
            self.clocks.append(Difference(f"{CLOCK} {name}", day, step.days[-1]))


def _or_received(states: frozenset[str]) -> frozenset[str]:
    return states | {"received"} if states & WITH_OFFICER else states


def differences(steps: Iterable[Step], state: str, stored: Mapping[str, str]) -> list[Difference]:
    """In what the rows of a file (``stored``, by the names that ``Replay`` uses) are not what its events
    say, oldest first. What was erased from the record is not compared."""
    replay = Replay()
    for step in steps:
        replay.take(step)
    if not replay.said:
        return [Difference("file", state, "nothing of it")]
    found = [
        Difference(name, stored.get(name, ""), said)
        for name, said in replay.said.items()
        if said is not None and stored.get(name, "") != said
    ]
    more = [name for name in stored if name.startswith(("answer", "rating", "on_time"))]
    found += [Difference(n, stored[n], "nothing of it") for n in more if n not in replay.said]
    found += replay.clocks
    if state not in replay.states:
        found.append(Difference("state", state, " or ".join(sorted(replay.states))))
    return found


def table_mark(rules: Iterable[DeadlineRule]) -> str:
    """One hash of a table of terms, whatever the order and the keys of its rows."""
    rows = sorted(json.dumps(astuple(replace(rule, id=None)), default=str) for rule in rules)
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()
