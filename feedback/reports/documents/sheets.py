"""What the noticeboard sheets say: of a plan item, of a plan, of an answered petition."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from feedback.core.templating import day as written
from feedback.petitions.models import Petition
from feedback.petitions.rules.deadlines import DeadlineRule
from feedback.plans.models import Plan
from feedback.plans.queries import Board, ItemNow, LineNow, Progress
from feedback.reports.writers.sheet import Section, Sheet
from feedback.workdays.rules import Calendar, Term, due_on

MOST_STEPS = 6


@dataclass(frozen=True)
class Site:
    """What every sheet says of the site, and for how long it is to hang."""

    province: str
    focal: str
    hotline: str
    base_url: str
    day: date
    term: DeadlineRule
    calendar: Calendar

    @property
    def until(self) -> date:
        return due_on(self.day, Term(self.term.amount, self.term.unit), self.calendar)


def item_sheet(item: ItemNow, progress: Progress, site: Site) -> Sheet:
    """An item: what it is, who does it, how far it is."""
    last = progress.last
    said = f"{last.text} ({last.agency}, {written(last.as_of_on)})" if last else ""
    far = Section(
        _("How far is it?"), text=said, rows=_steps(progress, site.day), widths=(0.66, 0.34)
    )
    about = _(
        "Item %(number)s, %(plan)s of %(day)s, %(issuer)s",
        number=item.number,
        plan=item.plan_number,
        day=written(item.issued_on),
        issuer=item.issuer,
    )
    return _sheet(
        site,
        title=item.heading,
        about=about,
        note=_note(progress, site.day),
        path=f"/items/{item.id}",
        steps={
            _("know"): "done",
            _("discuss"): "done",
            _("do"): "now",
            _("check"): "next",
            _("oversee"): "next",
            _("benefit"): "next",
        },
        beside=(Section(_("What is this about?"), text=item.summary or item.text), _who(item)),
        below=(far,) if far.text or far.rows else (),
    )


def plan_sheet(plan: Plan, board: Board, site: Site) -> Sheet:
    """A plan: its parts, how far each is, and whose reports are missing."""
    whole = board.shares.get(None)
    percent, silent = (whole.percent, whole.silent) if whole else (0, 0)
    words = _("%(silent)s of %(all)s tasks have no report.", silent=silent, all=len(board.tasks))
    about = {"number": plan.number, "day": written(plan.issued_on), "issuer": plan.issuer}
    far = Section(_("How far is it?"), rows=_groups(plan, board), widths=(0.66, 0.2, 0.14))
    late = Section(_("Reports that are late"), rows=_late(board), widths=(0.55, 0.27, 0.18))
    return _sheet(
        site,
        title=plan.short_title or plan.title,
        about=_("%(number)s of %(day)s, %(issuer)s", **about),
        note=(_("%(percent)s%% of the plan is done.", percent=percent), words),
        path=f"/plans/{plan.id}",
        below=(far, late) if late.rows else (far,),
    )


def _groups(plan: Plan, board: Board) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (
            f"{item.number} {item.title or item.text}",
            _("%(n)s tasks", n=share.parts),
            f"{share.percent} %",
        )
        for item in plan.items
        if not item.is_task and (share := board.shares.get(item.id)) and "." in item.path
    )


def _late(board: Board) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (one.duty.called, one.duty.lead_names, written(one.standing.due_on))
        for one in board.tasks.values()
        if one.standing.state == "late"
    )


def answer_sheet(petition: Petition, text: str, site: Site) -> Sheet:
    """A public petition and the answer that was approved."""
    flag = _("Answered on time") if petition.on_time else _("Answered late")
    day = written(petition.answered_on)
    return _sheet(
        site,
        title=petition.title,
        about=_(
            "Petition %(reference)s, sent %(day)s",
            reference=petition.reference,
            day=written(petition.submitted_on),
        ),
        note=(f"{petition.agency.name}.", f"{flag}, {day}."),
        path=f"/petitions/{petition.public_id}",
        below=(
            Section(_("What was asked"), text=petition.text),
            Section(_("The answer"), text=text),
        ),
    )


def _sheet(
    site: Site,
    *,
    title: str,
    about: str,
    note: tuple[str, str],
    path: str,
    steps: dict[str, str] | None = None,
    beside: tuple[Section, ...] = (),
    below: tuple[Section, ...] = (),
) -> Sheet:
    address = site.base_url.rstrip("/") + path
    shown = address.split("://", 1)[-1]
    return Sheet(
        office=(
            _("People's Committee of %(province)s province", province=site.province),
            _("%(name)s, focal agency", name=site.focal),
        ),
        kind=(_("Posted for"), _("the people to know")),
        title=title,
        about=about,
        note=note,
        ask=_ask(site, shown),
        address=address,
        alt=_("QR code that opens %(address)s", address=shown),
        foot=_foot(site),
        more=_("Read on at %(address)s", address=shown),
        steps=steps or {},
        beside=beside,
        below=below,
    )


def _ask(site: Site, address: str) -> Section:
    desk = _(
        "Or call %(number)s, or go to the desk of your commune: they write it down for you.",
        number=site.hotline,
    )
    ways = [
        _("Point the camera of your phone at the square."),
        _("Or type %(address)s", address=address),
        desk,
    ]
    lines = [f"{number}. {way}" for number, way in enumerate(ways, start=1)]
    lines.append(_("No account is needed. You get a code to follow the day of the answer."))
    return Section(_("Do you want to ask or propose something?"), text="\n".join(lines))


def _foot(site: Site) -> tuple[str, str]:
    """For how long it hangs, by which article; and who put it up where, to be written by hand."""
    posted = _(
        "Posted from %(first)s until the end of %(last)s, at least %(days)s days (%(basis)s).",
        first=written(site.day),
        last=written(site.until),
        days=site.term.amount,
        basis=site.term.basis,
    )
    return posted, _("Place: %(dots)s  Posted by: %(dots)s", dots="…" * 22)


def _who(item: ItemNow) -> Section:
    words = {"lead": _("Leads"), "coordinating": _("Helps"), "implementing": _("Does it")}
    rows = tuple(
        (words[role], "; ".join(line.then for line in lines), "; ".join(map(_now, lines)))
        for role, lines in item.responsible.items()
        if lines
    )
    head = ("", _("When it was issued"), _("Today"))
    return Section(_("Who does it?"), head=head, rows=rows, widths=(0.2, 0.4, 0.4))


def _now(line: LineNow) -> str:
    if line.is_group:
        if line.group_level == "commune":
            return _("%(n)s communes and wards", n=line.members)
        return _("%(n)s provincial bodies", n=line.members)
    return line.now or _("Being decided")


def _steps(progress: Progress, day: date) -> tuple[tuple[str, str], ...]:
    found = []
    for step in progress.steps[:MOST_STEPS]:
        if step.done_on:
            state = _("Done %(day)s", day=written(step.done_on))
        elif step.is_late(day):
            state = _("Past its day, %(day)s", day=written(step.first_on))
        else:
            state = _("by %(day)s", day=written(step.planned_on))
        found.append((step.title, state))
    return tuple(found)


def _note(progress: Progress, day: date) -> tuple[str, str]:
    said = _("as of %(day)s", day=written(day))
    if progress.last is None:
        return _("No report yet") + ".", _("%(agency)s owes one.", agency=progress.duty.lead_names)
    done = _("%(percent)s%% done", percent=progress.last.percent)
    if not progress.steps:
        return f"{done} ({said}).", ""
    words = _(
        "%(done)s of %(all)s pieces of work are done.",
        done=progress.steps_done,
        all=len(progress.steps),
    )
    return f"{done} ({said}).", words
