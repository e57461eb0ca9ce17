"""One choice for each kind of notice that may reach a person."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField

from feedback.accounts.models import Person
from feedback.notifications.kinds import NOTICES, NoticeKind
from feedback.notifications.rules import AT_ONCE, DAILY, NONE, QUIET, SITE

WAYS = {
    AT_ONCE: _l("At once, by e-mail"),
    DAILY: _l("In one mail at 7 a.m."),
    SITE: _l("In the inbox only"),
    NONE: _l("Not at all"),
}


def notice_form(person: Person) -> Any:
    """The kinds of her roles, with what she chose or what is usual."""
    chosen = person.notice_ways or {}
    fields: dict[str, Any] = {
        kind: _field(sort, chosen.get(kind, sort.usual))
        for kind, sort in NOTICES.items()
        if sort.roles & person.roles
    }
    fields[QUIET] = BooleanField(
        _l("No e-mail from 6 p.m. to 7 a.m."),
        description=_l("What comes in the night is in the mail at 7 a.m."),
        default=bool(chosen.get(QUIET)),
    )
    return type("NoticeForm", (FlaskForm,), fields)()


def _field(sort: NoticeKind, way: str) -> SelectField:
    offered = [(code, said) for code, said in WAYS.items() if code != NONE or not sort.owed]
    return SelectField(sort.title, choices=offered, default=way)
