"""What the style page shows of forms, dates, steps, papers, comments and supports. No query."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    FileField,
    Form,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)

from feedback.petitions.queries.dates import Waiting
from feedback.petitions.queries.story import DAYS, TOLD_TO_RESIDENTS, Due, Told
from feedback.petitions.rules.deadlines import DeadlineRule
from feedback.petitions.rules.recounting import Cause, Extended, Reopened, Waited, recount
from feedback.workdays.rules import (
    Calendar,
    CalendarRow,
    Term,
    due_on,
    explain,
    working_days_between,
)

TODAY = date(2026, 11, 25)
TERM = Term(15, "wd")
FREE = date(2026, 11, 20)
STATES = ("empty", "filled", "wrong", "disabled")
AGENCY = "Sở Tài chính"
MOMENT = datetime(2026, 11, 23, 3, tzinfo=UTC)
RULE = DeadlineRule(
    code="PAKN_ANSWER",
    step="Trả lời phản ánh, kiến nghị",
    amount=15,
    unit="wd",
    basis="",
    mark="unverified",
    binds="",
)


class SampleForm(Form):
    """One field of each kind."""

    title = StringField(
        _l("In one line"),
        description=_l("For example: Street lights in front of the market are out"),
    )
    text = TextAreaField(_l("Tell what happened, and what you wish"))
    kind = RadioField(_l("What kind is it?"))
    commune = SelectField(_l("Where"))
    file = FileField(_l("Choose pictures, a PDF or a Word document"))
    name_public = BooleanField(_l("Show my name beside my petition"))

    def __init__(self, state: str) -> None:
        super().__init__(prefix=f"{state}-", data=_filled() if state == "filled" else None)
        self.kind.choices = [("concern", _("Report")), ("proposal", _("Proposal"))]
        self.commune.choices = [("", ""), ("25486", "Xã Tân Biên"), ("25459", "Phường Tân Ninh")]
        self.kind.data = self.kind.data or None
        for field in self:
            if state == "disabled":
                field.flags.disabled = True
            elif state == "wrong":
                field.errors = [_("Write one line that says what it is about.")]


def _filled() -> dict[str, Any]:
    return {
        "title": "Đèn đường trước chợ hỏng",
        "text": "Ba bóng trước chợ Long Hoa không sáng từ thứ Hai.",
        "kind": "concern",
        "commune": "25459",
        "name_public": True,
    }


def forms() -> dict[str, SampleForm]:
    return {state: SampleForm(state) for state in STATES}


def dates() -> list[tuple[Any, Due]]:
    """In time, on its last day, late, waiting for the sender, answered; moved, opened again, resting,
    not to be reckoned any more, taken back: each with its petition."""
    calendar = Calendar.of([CalendarRow(FREE, "off", "Nghỉ tránh bão", "announced")])
    return [
        (_petition("in_progress"), _due(date(2026, 11, 12), calendar)),
        (_petition("in_progress"), _due(date(2026, 11, 3), calendar)),
        (_petition("in_progress"), _due(date(2026, 10, 20), calendar)),
        (_petition("needs_info"), _due(date(2026, 11, 10), calendar)),
        (
            _petition("answered", answered=datetime(2026, 11, 23, 3, tzinfo=UTC)),
            _due(FREE, calendar),
        ),
        (_petition("in_progress"), _moved(calendar)),
        (_petition("answered", answered=MOMENT, again=True), _moved(calendar, again=True)),
        (_petition("needs_info"), _resting(calendar)),
        (_petition("in_progress"), replace(_due(date(2026, 11, 12), calendar), counted=False)),
        (_petition("withdrawn"), _due(date(2026, 11, 12), calendar)),
    ]


def _petition(state: str, answered: datetime | None = None, again: bool = False) -> Any:
    return SimpleNamespace(
        agency=SimpleNamespace(name=AGENCY),
        state=state,
        is_open=answered is None and state != "withdrawn",
        answers=[SimpleNamespace(published_at=answered)] * (2 if again else 1) if answered else [],
        answered_on=answered.date() if answered else None,
        closed_on=TODAY,
        on_time=True if answered else None,
    )


def _due(start: date, calendar: Calendar) -> Due:
    end = due_on(start, TERM, calendar)
    rule: Any = SimpleNamespace(**asdict(RULE))
    return Due(
        due_on=end,
        first_due_on=end,
        days_left=working_days_between(TODAY, end, calendar),
        overdue=end < TODAY,
        rule=rule,
        explanation=explain(start, TERM, calendar, TODAY),
        counted=True,
        movements=(),
        reopened=None,
        waiting=None,
        passed_on=(),
    )


def _moved(calendar: Calendar, again: bool = False) -> Due:
    """Three waits, more time and, where it is opened again, a new day zero; passed on in between."""
    start = date(2026, 10, 12)
    causes: list[Cause] = [
        Waited(date(2026, 10, 14), date(2026, 10, 19)),
        Waited(date(2026, 10, 26), date(2026, 10, 28), answered=False),
        Extended(date(2026, 11, 3), date(2026, 12, 4), MOMENT, "Chờ kết quả kiểm định"),
        Extended(date(2026, 11, 4), date(2026, 11, 6), MOMENT, "Chờ đơn vị thi công"),
        Waited(date(2026, 11, 23), date(2026, 11, 24)),
    ]
    if again:
        causes.append(Reopened(date(2026, 11, 24), RULE, MOMENT))
    found = recount(start, RULE, causes, calendar)
    leg: Any = SimpleNamespace(
        agency=SimpleNamespace(name="Sở Xây dựng"),
        started_on=date(2026, 10, 20),
        due_on=date(2026, 11, 10),
    )
    return replace(
        _due(start, calendar),
        due_on=found.due_on,
        movements=found.movements,
        overdue=False,
        days_left=working_days_between(TODAY, found.due_on, calendar),
        reopened=explain(date(2026, 11, 24), TERM, calendar, TODAY) if again else None,
        passed_on=(leg,),
    )


def _resting(calendar: Calendar) -> Due:
    waiting = Waiting(date(2026, 11, 23), date(2026, 12, 7))
    return replace(_due(date(2026, 11, 10), calendar), waiting=waiting)


def steps() -> list[Told]:
    """Each step of a file's story, as its sender reads it."""
    due = date(2026, 12, 8)
    said: dict[str, dict[str, str]] = {
        "petition:answered": {"on_time": "true"},
        "petition:received": {"public": "true"},
        "petition:transferred": {"reason": "Việc thuộc Sở Xây dựng"},
        "petition:asked": {"question": "Chị gửi thêm ảnh biển số nhà được không?"},
        "petition:supplied": {"reply": "Dạ được, tôi gửi kèm đây."},
        "petition:part_asked": {"body": "Sở Y tế"},
        "petition:part_given": {"body": "Sở Y tế"},
        "petition:extended": {"reason": "Chờ kết quả kiểm định"},
        "petition:declined": {"reason": "not_clear"},
        "petition:withdrawn": {"words": "Đèn đã sáng lại."},
        "petition:rated": {"words": "Trả lời rõ ràng."},
        "petition:disputed": {"reason": "Bóng thứ ba vẫn tắt."},
        "petition:supports_reached": {"threshold": "50"},
    }
    days = dict.fromkeys(DAYS, due)
    kinds = list(TOLD_TO_RESIDENTS)
    late = Told("petition:answered", MOMENT, AGENCY, due, {"on_time": "false"}, days)
    hidden = Told("petition:received", MOMENT, AGENCY, due, {"public": "false"}, days)
    told = [Told(kind, MOMENT, AGENCY, due, said.get(kind, {}), days) for kind in reversed(kinds)]
    return [*told, late, hidden]


def papers() -> list[Any]:
    """Papers of a petition, of which the public sees one."""
    public = SimpleNamespace(is_public=True)
    return [
        SimpleNamespace(
            public_id=f"{number:016d}",
            position=number,
            is_public=number == 1,
            petition=public,
            file=SimpleNamespace(
                thumbnail=None, is_picture=False, paper="PDF", size=340_000, name="Don.pdf"
            ),
        )
        for number in (1, 2)
    ]


def comments() -> list[Any]:
    """One that everybody reads, an official reply, and one of each way to be gone."""
    words = "Hẻm 12 có ba bóng đèn hỏng từ tuần trước."
    return [
        SimpleNamespace(
            public_id=f"{number:016d}",
            created_at=datetime(2026, 11, 20 + number, 2, tzinfo=UTC),
            author_name="",
            agency_name=AGENCY if number == 1 else "",
            text=words,
            state=state,
            hidden_reason="private_data" if state == "hidden" else "",
            helpful=3,
        )
        for number, state in enumerate(("visible", "visible", "hidden", "withdrawn", "erased"))
    ]


def supported() -> list[tuple[Any, dict[str, bool] | None]]:
    """Before anybody, for a reader with a proved address, one of many, and after the answer."""
    shapes: list[tuple[str, int, int, dict[str, bool] | None]] = [
        ("in_progress", 0, 0, None),
        ("in_progress", 12, 0, {"given": False}),
        ("in_progress", 63, 50, {"given": True}),
        ("answered", 63, 50, None),
        ("merged", 0, 0, None),
    ]
    return [
        (
            SimpleNamespace(
                public_id="0000000000000000",
                state=state,
                is_open=state == "in_progress",
                supports=number,
                supports_reached=reached,
                head_answers=bool(reached),
            ),
            mine,
        )
        for state, number, reached, mine in shapes
    ]


def shown() -> dict[str, Any]:
    """By the names under which the style page has them."""
    return {
        "forms": forms(),
        "dates": dates(),
        "steps": steps(),
        "papers": papers(),
        "comments": comments(),
        "supported": supported(),
    }
