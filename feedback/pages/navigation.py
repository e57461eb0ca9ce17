"""The staff's main menu, built in one place from what the person may do."""

from __future__ import annotations

from typing import Any

from flask import Flask, request
from flask_babel import gettext as _

from feedback.core.permissions import current_person
from feedback.notifications.queries import unread_count


def init(app: Flask) -> None:
    @app.context_processor
    def menu() -> dict[str, Any]:
        return {"desk_nav": _Menu()}


class _Menu:
    """Made when a template asks for it: public pages and error pages never do."""

    def __iter__(self) -> Any:
        person = current_person()
        if person is None:
            return
        entries = [
            ("petitions:read", "/officer", _("Work to do")),
            ("petitions:read", "/officer/parts", _("Parts for others")),
            ("progress:report", "/officer/progress", _("Progress")),
            ("publications:keep", "/officer/publications", _("Publishing")),
            ("petitions:dispatch", "/officer/dispatch", _("Dispatch")),
            ("petitions:read_held", "/officer/held", _("Held")),
            ("petitions:enter", "/officer/entries", _("Entries for residents")),
            ("comments:moderate", "/officer/comments", _("Comments to read")),
            ("supports:read", "/officer/supports", _("Supports")),
            ("plans:import", "/officer/plans", _("Plans")),
            ("oversight:read", "/oversight", _("Supervision")),
            ("data:decide", "/officer/data-requests", _("Personal data")),
            ("people:manage", "/admin", _("Administration")),
        ]
        for permission, address, label in entries:
            if person.may(permission):
                yield address, label, _here(address), 0
        unread = unread_count(person)
        yield "/officer/inbox", _("Inbox"), _here("/officer/inbox"), unread


def _here(address: str) -> bool:
    if address == "/officer":
        return request.path == address or request.path.startswith("/officer/petitions/")
    return request.path.startswith(address)
