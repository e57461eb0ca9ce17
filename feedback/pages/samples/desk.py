"""What the style page shows of the desk: codes and their words, legs, parts, a file's events. No query."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Form, SelectMultipleField

from feedback.accounts.roles import ROLES
from feedback.pages.samples.general import AGENCY, MOMENT, TODAY
from feedback.petitions.kinds import KINDS
from feedback.petitions.rules.codes import DECLINE_REASONS
from feedback.petitions.rules.floods import ASIDE, WHYS
from feedback.petitions.rules.states import STATES


class TickForm(Form):
    """Which pictures everybody may see."""

    shown = SelectMultipleField(_l("Which of these may everybody see?"))

    def __init__(self, attachments: list[Any]) -> None:
        super().__init__(prefix="ticks-")
        self.shown.choices = [(one.public_id, one.public_id) for one in attachments]
        self.shown.data = [attachments[0].public_id]


ROUTES = ("lead_today", "no_item", "groups_only", "split_successor", "several_leads")


def codes() -> dict[str, Any]:
    """Every code that has an everyday word, by kind of code."""
    return {
        "states": STATES,
        "kinds": tuple(KINDS),
        "roles": ROLES,
        "leads": ("lead", "coordinating", "implementing"),
        "routes": ROUTES,
        "reasons": tuple(DECLINE_REASONS.values()),
        "whys": WHYS,
        "asides": ASIDE,
        "held": [SimpleNamespace(is_aside=aside) for aside in (False, True)],
        "channels": [
            SimpleNamespace(channel="phone", desk=None),
            SimpleNamespace(channel="desk", desk=SimpleNamespace(name="UBND xã Tân Biên")),
            SimpleNamespace(channel="desk", desk=None),
        ],
    }


def legs() -> list[Any]:
    """Sent, passed on, opened anew: whose hands it went through."""
    shapes = (
        (AGENCY, date(2026, 10, 12), date(2026, 10, 20), "", ""),
        ("Sở Xây dựng", date(2026, 10, 20), date(2026, 11, 10), "transfer", "Việc của Sở Xây dựng"),
        ("Sở Xây dựng", date(2026, 11, 24), None, "reopened", ""),
    )
    return [
        SimpleNamespace(
            days=6,
            leg=SimpleNamespace(
                agency=SimpleNamespace(name=name),
                started_on=start,
                ended_on=end,
                due_on=date(2026, 12, 8),
                reason_kind=kind,
                reason=reason,
            ),
        )
        for name, start, end, kind, reason in shapes
    ]


def parts() -> list[Any]:
    """Parts of coordinating agencies, wherever they may stand."""

    def part(standing: str) -> Any:
        given = standing in ("on_time", "given_late")
        return SimpleNamespace(
            standing=lambda _day: standing,
            is_open=lambda _day: standing in ("asked", "late"),
            asked_on=date(2026, 11, 17),
            due_on=date(2026, 11, 27),
            given_on=TODAY if given else None,
            given_at=MOMENT if given else None,
        )

    return [part(one) for one in ("asked", "late", "on_time", "given_late", "moot")]


def events() -> list[Any]:
    """A file's events as the desk reads them."""
    said: list[tuple[str, dict[str, str]]] = [
        ("petition:sent_back", {"note": "Nói rõ ngày thay bóng."}),
        ("petition:decline_proposed", {"reason": "not_clear"}),
        ("petition:part_asked", {"body": "Sở Y tế"}),
    ]
    return [SimpleNamespace(kind=kind, at=MOMENT, fields=fields) for kind, fields in said]


def petitions() -> list[Any]:
    """Lines of a list: in time, overdue, answered, ended."""
    shapes = (("in_progress", None), ("received", None), ("answered", True), ("withdrawn", None))
    return [
        SimpleNamespace(
            public_id=f"{number:016d}",
            title="Đèn đường trước chợ hỏng",
            state=state,
            on_time=on_time,
            is_open=number < 2,
            is_overdue=lambda _day, late=number == 1: late,
            due_on=date(2026, 12, 8) if number != 1 else date(2026, 11, 20),
            answered_on=TODAY if on_time else None,
            closed_on=TODAY,
            submitted_on=date(2026, 11, 3),
            supports=12,
            head_answers=number == 1,
        )
        for number, (state, on_time) in enumerate(shapes)
    ]


def attached() -> list[Any]:
    """What a screener ticks: papers and a picture whose small copy is not made yet."""
    petition = SimpleNamespace(public_id="0" * 16, is_public=True)
    return [
        SimpleNamespace(
            public_id=f"{number:016d}",
            position=number,
            is_public=number == 1,
            blurred=number == 3,
            petition=petition,
            file=SimpleNamespace(
                thumbnail=None,
                is_picture=number == 3,
                paper="PDF",
                size=340_000,
                name="Don.pdf",
            ),
        )
        for number in (1, 2, 3)
    ]


def shown() -> dict[str, Any]:
    """By the names under which the style page has them."""
    attachments = attached()
    return {
        "codes": codes(),
        "legs_gone": legs(),
        "asked_parts": parts(),
        "desk_events": events(),
        "listed": petitions(),
        "tickable": attachments,
        "ticked": TickForm(attachments),
    }
