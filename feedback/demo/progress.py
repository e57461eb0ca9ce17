"""What the agencies of the sample reported about the plan's items, by the product's own verbs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from feedback.agencies.models import Agency
from feedback.core import clock
from feedback.demo import pictures
from feedback.demo.days import Step, at
from feedback.demo.people import Staff
from feedback.files.actions import keep_cleaned
from feedback.files.models import StoredFile
from feedback.plans import actions, queries
from feedback.plans.models import Milestone, Plan, PlanItem, Target
from feedback.plans.rules.reporting import Rhythm, period_of, reported_period
from feedback.workdays.queries import load_calendar
from feedback.workdays.rules import ONE, add_working_days

EDITOR = "yen"
SET_AFTER = timedelta(days=2)  # targets are set when the plan has just come
DESK_S = (8 * 3600, 16 * 3600)


def steps(
    rows: Sequence[Mapping[str, Any]],
    plan: Plan,
    *,
    staff: Staff,
    bodies: Mapping[str, Agency],
    opened: datetime,
    now: datetime,
) -> list[Step]:
    """Targets and milestones when the plan has come; a report for each period that a row names."""
    items = {item.path: item for item in plan.items}
    codes = {body.id: code for code, body in bodies.items()}
    leads = {d.item_id: codes[d.leads[0][0]] for d in queries.duties(clock.day_of(now))}
    made: list[Step] = []
    for row in rows:
        item = items[row["item"]]
        one = _One(row, item, leads[item.id], staff, bodies, now)
        made.append(Step(opened + SET_AFTER, one.measure))
        for report in row["reports"]:
            made += one.reported(report)
        for part in row.get("parts", ()):
            made += one.helped(part)
    return [step for step in made if opened < step.at <= now]


class _One:
    """One item: its targets and milestones exist from the first step on."""

    def __init__(
        self,
        row: Mapping[str, Any],
        item: PlanItem,
        lead: str,
        staff: Staff,
        bodies: Mapping[str, Agency],
        now: datetime,
    ) -> None:
        self.row, self.item, self.lead = row, item, lead
        self.staff, self.bodies = staff, bodies
        self.now, self.today = now, clock.day_of(now)
        self.chance = Random(row["item"])  # noqa: S311 - the same sample whenever it is loaded
        self.targets: list[Target] = []
        self.milestones: list[Milestone] = []

    def measure(self) -> None:
        editor = self.staff.named(EDITOR)
        for row in self.row["targets"]:
            due = self.today + timedelta(days=row["in_days"]) if row["in_days"] else None
            name, number, unit = row["name"], row["number"], row["unit"]
            self.targets.append(
                actions.set_target(
                    self.item, name=name, number=number, unit=unit, due_on=due, by=editor
                )
            )
        by = self.staff.officer(self.lead)
        for row in self.row["milestones"]:
            day = self.today + timedelta(days=row["in_days"])
            self.milestones.append(
                actions.plan_milestone(self.item, title=row["title"], planned_on=day, by=by)
            )

    def reported(self, report: Mapping[str, Any]) -> list[Step]:
        """The report, and with it the milestones that are moved then."""
        moment = self._moment(report["back"], report["wd"])
        return [Step(moment, lambda: self._report(report))]

    def helped(self, part: Mapping[str, Any]) -> list[Step]:
        return [Step(self._moment(0, part["wd"]), lambda: self._part(part))]

    def _moment(self, back: int, working_days: int) -> datetime:
        """So many working days after the period's end; where that is not here yet, now."""
        rhythm = Rhythm()
        period = reported_period(self.today, rhythm)
        for _n in range(back):
            period = period_of(period.first_on - ONE, rhythm)
        day = add_working_days(period.last_on, working_days, load_calendar())
        if day > self.today:  # the period is still to end
            day = self.today
        return min(at(day, self.chance.randint(*DESK_S)), self.now)

    def _report(self, report: Mapping[str, Any]) -> None:
        day = clock.today()
        duty = queries.duty(self.item.id, day)
        assert duty is not None
        as_of = day - timedelta(days=report.get("as_of_back", 0))
        values = zip(self.targets, report.get("values", ()), strict=False)
        told = actions.Told(
            text=report["text"],
            as_of_on=as_of,
            status=report["status"],
            percent=report.get("percent"),
            done={self.milestones[n].id: self._done_on(n, as_of) for n in report.get("done", ())},
            values={target.id: typed for target, typed in values},
            files=[_evidence(title) for title in report.get("pictures", ())],
        )
        agency, by = self.bodies[self.lead], self.staff.officer(self.lead)
        seen = queries.newest_report_id(self.item.id)
        actions.report_progress(duty, told, agency=agency, seen=seen, on=day, by=by)
        self._move(by)

    def _done_on(self, number: int, as_of: date) -> date:
        return min(self.milestones[number].planned_on, as_of)

    def _move(self, by: Any) -> None:
        for step, row in zip(self.milestones, self.row["milestones"], strict=True):
            moved = row.get("moved")
            if moved and not step.moved_reason and step.done_on is None:
                day = self.today + timedelta(days=moved["in_days"])
                actions.move_milestone(step, to_on=day, reason=moved["reason"], by=by)

    def _part(self, part: Mapping[str, Any]) -> None:
        day = clock.today()
        duty = queries.duty(self.item.id, day)
        assert duty is not None
        told = actions.Told(text=part["text"], as_of_on=day)
        agency, by = self.bodies[part["agency"]], self.staff.officer(part["agency"])
        actions.add_part(duty, told, agency=agency, on=day, by=by)


def _evidence(title: str) -> StoredFile:
    """A drawn picture, kept like one that somebody sent with the report's form."""
    return keep_cleaned(pictures.draw(title), name="anh.jpg", subject="progress:sample")
