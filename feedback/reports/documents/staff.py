"""Everybody who works on the site as a table, for the administrator."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from flask_babel import gettext as _

from feedback.agencies.queries import Member
from feedback.reports.writers.lists import Cell, Column, Listing


def listing(province: str, day: date) -> Listing:
    """The heads of the table."""
    columns = (
        Column(_("Name"), 26),
        Column(_("Agency"), 40),
        Column(_("Roles"), 34),
        Column(_("E-mail"), 34),
        Column(_("Account"), 12),
    )
    return Listing(
        office=(_("People's Committee of %(province)s province", province=province).upper(), ""),
        title=_("People who work on the site"),
        about=_("As of %(day)s", day=f"{day:%d/%m/%Y}"),
        columns=columns,
        sheet=f"{day:%Y-%m-%d}",
        cut="",
        motto=("", ""),
    )


def rows(people: Iterable[Member]) -> Iterator[tuple[Cell, ...]]:
    names = {
        "officer": _("officer"),
        "head": _("head"),
        "deputy": _("deputy head"),
        "clerk": _("clerk"),
        "dispatcher": _("dispatcher"),
        "editor": _("editor of plans"),
        "desk_clerk": _("desk clerk"),
        "front": _("Fatherland Front"),
        "moderator": _("moderator"),
        "admin": _("administrator"),
    }
    for one in people:
        roles = ", ".join(names.get(role, role) for role in one.roles)
        yield one.name, one.agency, roles, one.email, _("in use") if one.enabled else _("closed")
