"""One file of the sample: the steps that carry it, by the product's own verbs, to where it stands today."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from feedback.accounts.models import Person
from feedback.core import clock
from feedback.demo import supporters
from feedback.demo.days import Days, Step
from feedback.demo.parts import AskedPart
from feedback.demo.people import Staff
from feedback.petitions import queries
from feedback.petitions.actions import answering, ending, intake, judging, waiting
from feedback.petitions.actions.submit import Submission, submit
from feedback.petitions.models import Petition
from feedback.workdays.queries import load_calendar
from feedback.workdays.rules import add_working_days

DISPATCHER = "yen"
FOCAL = "so-noi-vu"
DONE = frozenset({"answered", "closed"})


@dataclass
class World:
    """What every story needs: the people, the plan's items and the communes by code, the files made."""

    staff: Staff
    items: Mapping[str, int]
    bodies: Mapping[str, Any]
    leads: Mapping[str, str]  # path of an item: code of the one body that leads it today
    now: datetime
    petitions: dict[str, Petition]


class Story:
    """Collects the steps of one row; nothing happens before they are run."""

    def __init__(self, row: Mapping[str, Any], world: World) -> None:
        self.row, self.world, self.staff = row, world, world.staff
        self.chance = Random(row["key"])  # noqa: S311 - the same sample whenever it is loaded
        zero = clock.day_of(world.now) - timedelta(days=row["days_ago"])
        calendar = load_calendar()
        self.days = Days(zero, now=world.now, calendar=calendar, chance=self.chance)
        self.steps: list[Step] = []
        lead = world.leads.get(row["item"] or "")
        self.first = lead or FOCAL
        self.queued = lead is None
        self.agency = self.first if row["agency"] in {"lead", "dispatch"} else row["agency"]

    @property
    def petition(self) -> Petition:
        return self.world.petitions[self.row["key"]]

    def write(self) -> list[Step]:
        """Every step in order."""
        state = self.row["state"]
        sent = self._resident if self.row["channel"] == "web" else self._office
        sent(self.days.zero, self._submit)
        ends = {"withdrawn": self._withdrawn, "sealed": self._sealed}
        ends |= {"declined": self._declined, "guided": self._guided}
        if state in ends:
            ends[state]()
        elif not (state == "submitted" and self.row["agency"] in {"lead", "dispatch"}):
            self._worked(state)
        return self.steps + supporters.steps(self)

    # --- the way through the agency ----------------------------------------------------------

    def _worked(self, state: str) -> None:
        taken = self._passed_on()
        if state == "submitted":
            return
        self._office(taken, self.receive)
        if state == "merged":
            self._office(self.days.working(self.row["ended_wd"]), self.merge)
            return
        if state == "received":
            return
        self._office(self.days.working(min(self._before_end(), 2)), self._assign)
        self._waits()
        if "extension" in self.row:
            self._extends(self.row["extension"])
        self._parts()
        if "answer" in self.row:
            self._answers(state)

    def _passed_on(self) -> date:
        """The day on which the body that works on it takes it in."""
        if self.agency == self.first and not self.queued:
            return self.days.working(1)
        self._office(self.days.working(1), self._transfer)
        return self.days.working(1 if self._before_end() < 3 else 2)

    def _before_end(self) -> int:
        """Working days that the file has until its last step."""
        row = self.row
        return int(row.get("ended_wd") or row.get("asked_wd") or row.get("answered_wd") or 3)

    def _waits(self) -> None:
        if "question" not in self.row:
            return
        self._office(self.days.working(self.row["asked_wd"]), self._ask)
        if "reply" in self.row:
            self._resident(self.days.working(self.row["replied_wd"]), self._supply)

    def _extends(self, extension: Mapping[str, Any]) -> None:
        day = self.days.working(extension["asked_wd"])
        self._office(day, lambda: self._ask_extension(extension))
        if extension["approved"]:
            self._office(day, self._approve_extension)

    def _parts(self) -> None:
        """What other agencies were asked, gave, and what the head let everybody read."""
        for row in self.row.get("parts", ()):
            part = AskedPart(self, row)
            self._office(self.days.working(row["asked_wd"]), part.ask)
            if "text" in row:
                self._office(self.days.working(row["given_wd"]), part.give)
            if row.get("shown"):
                self._office(self.days.working(row["given_wd"] + 1), part.show)

    def _answers(self, state: str) -> None:
        if state == "awaiting_approval":
            passed = self.days.elapsed(self.days.today)
            self._office(self.days.working(max(2, passed - 1)), self._send)
            return
        told = self.row["answered_wd"]
        self._office(self.days.working(told - 1), self._send)
        answered = self.days.working(told)
        self._office(answered, self.approve)
        if "rating" in self.row:
            self._resident(answered + timedelta(days=self.chance.randint(0, 2)), self._rate)
        if "dispute" in self.row:
            ago = timedelta(days=self.row["dispute_days_ago"])
            self._resident(max(answered, self.days.today - ago), self._dispute)

    # --- ends without an answer --------------------------------------------------------------

    def _withdrawn(self) -> None:
        self._resident(self.days.working(self.row["ended_wd"]), self._withdraw)

    def _sealed(self) -> None:
        day = self.days.working(self.row["ended_wd"])
        held: list[Any] = []
        officer, head = self.staff.officer(self.agency), self.staff.head(self.agency)
        self._office(day, lambda: held.append(ending.propose_seal(self.petition, by=officer)))
        self._office(
            day,
            lambda: ending.confirm_seal(self.petition, held[0], on=clock.today(), by=head),
        )

    def _declined(self) -> None:
        day = self.days.working(self.row["ended_wd"])
        held: list[Any] = []
        reason, words = self.row["reason_code"], self.row["words"]
        by, second = self.staff.named(DISPATCHER), self.staff.head(self.agency)
        self._office(
            day,
            lambda: held.append(
                ending.propose_decline(self.petition, reason_code=reason, words=words, by=by)
            ),
        )
        self._office(
            day,
            lambda: ending.confirm_decline(self.petition, held[0], on=clock.today(), by=second),
        )

    def _guided(self) -> None:
        words, by = self.row["words"], self.staff.named(DISPATCHER)
        self._office(
            self.days.working(self.row["ended_wd"]),
            lambda: ending.guide(self.petition, words=words, on=clock.today(), by=by),
        )

    # --- verbs -------------------------------------------------------------------------------

    def _submit(self) -> None:
        row = self.row
        submission = Submission(
            key=submission_key(row["key"]),
            kind=row["kind"],
            title=row["title"],
            text=row["text"],
            item_id=self.world.items[row["item"]] if row["item"] else None,
            commune_id=self.world.bodies[row["commune"]].id if row["commune"] else None,
            place=row["place"],
            email=row.get("email", ""),
            sender_name=row["name"],
            name_public=row["name_public"],
            consents=_agreed(row),
            channel=row["channel"],
        )
        by = None if row["channel"] == "web" else self.staff.named("sau")
        made = submit(submission, on=clock.today(), by=by).petition
        self.world.petitions[row["key"]] = made

    def _transfer(self) -> None:
        to = self.world.bodies[self.agency]
        by = self.staff.named(DISPATCHER) if self.queued else self.staff.head(self.first)
        reason = self.row["dispatch_reason"]
        intake.transfer(self.petition, to=to, reason=reason, on=clock.today(), by=by)

    def receive(self) -> None:
        by = self.staff.clerk(self.agency)
        intake.receive(self.petition, show=True, on=clock.today(), by=by)

    def _assign(self) -> None:
        by = self.staff.clerk(self.agency)
        intake.assign(self.petition, officer=self.officer(), on=clock.today(), by=by)

    def merge(self) -> None:
        into = self.world.petitions[self.row["merge_into"]]
        by = self.staff.clerk(self.agency)
        ending.merge(self.petition, into=into, on=clock.today(), by=by)

    def _ask(self) -> None:
        question = self.row["question"]
        by = self.officer()
        waiting.ask_resident(self.petition, question=question, on=clock.today(), by=by)

    def _supply(self) -> None:
        waiting.supply(self.petition, reply=self.row["reply"], on=clock.today())

    def _ask_extension(self, extension: Mapping[str, Any]) -> None:
        waiting.ask_extension(
            self.petition,
            to_on=add_working_days(self.days.zero, extension["to_wd"], load_calendar()),
            reason=extension["reason"],
            on=clock.today(),
            by=self.officer(),
        )

    def _approve_extension(self) -> None:
        asked = queries.open_extension(self.petition)
        assert asked is not None
        by = self.staff.head(self.agency)
        waiting.approve_extension(self.petition, asked, on=clock.today(), by=by)

    def _send(self) -> None:
        text, by = self.row["answer"], self.officer()
        answering.send_for_approval(self.petition, text=text, on=clock.today(), by=by)

    def approve(self) -> None:
        version = self.petition.answers[-1].latest
        assert version is not None
        by = self.staff.head(self.agency)
        answering.approve(self.petition, version_id=version.id, on=clock.today(), by=by)

    def _rate(self) -> None:
        rating = self.row["rating"]
        judging.rate(self.petition, score=rating["score"], words=rating["words"])

    def _dispute(self) -> None:
        judging.dispute(self.petition, reason=self.row["dispute"], on=clock.today())

    def _withdraw(self) -> None:
        ending.withdraw(self.petition, words=self.row["words"], on=clock.today())

    # --- when --------------------------------------------------------------------------------

    def officer(self) -> Person:
        """Who works on it."""
        return self.staff.officer(self.agency, number=int(self.row["key"][1:]))

    def _office(self, day: date, act: Callable[[], object]) -> None:
        self.steps.append(Step(self.days.office(day), act))

    def _resident(self, day: date, act: Callable[[], object]) -> None:
        self.steps.append(Step(self.days.resident(day), act))


def submission_key(key: str) -> str:
    """The form's key of a row: its tracking code can be made again, by this site alone."""
    return f"sample-{key}"


def _agreed(row: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Who left an address wishes to hear of each step; a shown name was agreed to."""
    asked = (("progress", row.get("email")), ("name_public", row["name_public"]))
    return tuple((purpose, "1") for purpose, yes in asked if yes)
