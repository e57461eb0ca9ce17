"""What the style page shows of a sender's way: pin, consents, drafts, pictures, her own data. No query."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

from flask_babel import get_locale
from flask_babel import gettext as _
from wtforms import BooleanField, Form, HiddenField

from feedback.core.maps import Bounds
from feedback.pages.samples.general import FREE, TODAY
from feedback.petitions.queries import words_now
from feedback.petitions.queries.owndata import Clock, Half
from feedback.petitions.rules.consents import PURPOSES
from feedback.workdays.rules import Calendar, CalendarRow, Term, due_on, explain

MAP = SimpleNamespace(
    kind="raster", bounds=Bounds(105.8, 10.4, 106.6, 11.8), zooms=(8, 15), version="1", credit="©"
)


class PinForm(Form):
    """Where it is; closed, open with a pin set, and with one outside of the map."""

    pin = HiddenField()

    def __init__(self, state: str, pin: str = "", error: str = "") -> None:
        super().__init__(prefix=f"{state}-", data={"pin": pin})
        self.pin.errors = [error] if error else []


class SampleConsents(Form):
    """The boxes, empty as they always begin, or with what a form says of them."""

    progress = BooleanField()
    sms = BooleanField()
    name_public = BooleanField()

    def __init__(self, state: str, error: str = "") -> None:
        super().__init__(prefix=f"{state}-", data={"progress": bool(error)})
        for purpose in PURPOSES:
            words = words_now(purpose, str(get_locale() or "vi"))
            self[purpose].label.text, self[purpose].version = words.words, words.version
        self.sms.offered = True  # type: ignore[attr-defined]
        self.progress.errors = [error] if error else []


def asked() -> list[tuple[Any, Clock | None]]:
    """Requests about one's own data: just asked, replied to, done, refused; put right; and one whose
    days come out otherwise by now."""
    calendar = Calendar.of([CalendarRow(FREE, "off", "Nghỉ tránh bão", "announced")])
    shapes = [
        ("delete", "open", date(2026, 11, 19), True),
        ("delete", "replied", date(2026, 11, 6), True),
        ("delete", "done", date(2026, 11, 2), False),
        ("account", "done", date(2026, 11, 2), False),
        ("correct", "open", date(2026, 11, 19), True),
        ("correct", "done", date(2026, 11, 2), False),
        ("delete", "refused", date(2026, 11, 2), False),
    ]
    found = [
        (_request(number, *shape[:3], calendar), _clock(shape[2], calendar) if shape[3] else None)
        for number, shape in enumerate(shapes)
    ]
    told, moved = _request(9, "delete", "open", date(2026, 11, 19), calendar), Calendar.of([])
    return [*found, (told, _clock(date(2026, 11, 19), calendar, told=moved))]


def _request(number: int, kind: str, state: str, day: date, calendar: Calendar) -> Any:
    answered = {"replied": "Chúng tôi đã đọc.", "refused": "Phải lưu hồ sơ.\nLuật Lưu trữ"}
    return SimpleNamespace(
        id=number,
        kind=kind,
        state=state,
        asked_on=day,
        reply_due_on=due_on(day, Term(2, "wd"), calendar),
        due_on=due_on(day, Term(20, "d"), calendar),
        ended_on=TODAY,
        answer=answered.get(state, ""),
    )


def _clock(day: date, calendar: Calendar, told: Calendar | None = None) -> Clock:
    terms = {"reply": (2, "wd", "Trả lời ban đầu"), "end": (20, "d", "Xóa dữ liệu cá nhân")}
    halves = {}
    for name, (amount, unit, step) in terms.items():
        term, basis = Term(amount, unit), "Nghị định 356/2025/NĐ-CP"
        rule = SimpleNamespace(amount=amount, unit=unit, step=step, basis=basis)
        found = explain(day, term, calendar, TODAY)
        stored = due_on(day, term, told or calendar)
        halves[name] = Half(stored, rule, found, counted=told is None)  # type: ignore[arg-type]
    return Clock(**halves)


def drafts() -> list[Any]:
    """Files of a form that is not sent yet."""
    return [
        SimpleNamespace(
            public_id=f"{number:016d}", name=name, size=size, paper=paper, thumbnail=None
        )
        for number, (name, size, paper) in enumerate(
            (("Đơn của tổ dân phố 4.pdf", 340_000, "PDF"), ("", 1_300_000, "DOCX")), 1
        )
    ]


def shown() -> dict[str, Any]:
    """By the names under which the style page has them."""
    beyond = _("The pin lies outside of the map. Set it again.")
    return {
        "place_map": MAP,
        "pins": [
            PinForm("closed"),
            PinForm("open", "11.30987,106.10021"),
            PinForm("bad", "", beyond),
        ],
        "boxes": [SampleConsents("agree"), SampleConsents("desk")],
        "unmet": SampleConsents("unmet", _("To be told of each step, write an e-mail address.")),
        "asked": asked(),
        "drafts": drafts(),
    }
