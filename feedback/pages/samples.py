"""What the style page shows: invented values in every state that a component knows. No query."""

from __future__ import annotations

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

from feedback.petitions.queries.story import Due, Told
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
    """In time, on its last day, late, waiting for the sender, answered: each with its petition."""
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
    ]


def _petition(state: str, answered: datetime | None = None) -> Any:
    return SimpleNamespace(
        agency=SimpleNamespace(name=AGENCY),
        state=state,
        is_open=answered is None,
        answers=[SimpleNamespace(published_at=answered)] if answered else [],
        on_time=True if answered else None,
    )


def _due(start: date, calendar: Calendar) -> Due:
    end = due_on(start, TERM, calendar)
    rule: Any = SimpleNamespace(
        amount=15, unit="wd", step="Trả lời phản ánh, kiến nghị", basis="", mark="unverified"
    )
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


def steps() -> list[Told]:
    """A file's story, newest first."""
    due = date(2026, 12, 8)
    told: list[tuple[str, int, dict[str, str]]] = [
        ("petition:answered", 25, {"on_time": "true"}),
        ("petition:received", 18, {"public": "true"}),
        ("petition:submitted", 17, {}),
    ]
    return [
        Told(kind, datetime(2026, 11, day, 2, 30, tzinfo=UTC), AGENCY, due, fields, {})
        for kind, day, fields in told
    ]


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
