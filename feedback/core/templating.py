"""Filters and names that every template may use."""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, MutableMapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from flask import Flask, current_app, request
from flask.templating import Environment
from flask_babel import format_decimal
from flask_babel import gettext as _
from jinja2 import nodes
from markupsafe import Markup

from feedback.core import clock, words
from feedback.core.html import to_html
from feedback.core.reading import NAMES, TEXT_SIZE
from feedback.core.text import cut


class Templates(Environment):
    """Flask's own, whose templates share their names: Jinja's chained maps are walked anew each time
    that one template takes a macro from another."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return super().make_globals(d) if d else self.globals

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        if name and name.endswith(".html"):  # where a word may be Markup
            words.Looked().visit(tree)
        return tree


SAID_AT_MOST = 2000
_said: dict[Hashable, Markup] = {}  # a dict's own steps need no lock


def day(value: date | None) -> str:
    """dd/mm/yyyy, as people here write a date."""
    return f"{value.day:02}/{value.month:02}/{value.year}" if value else ""


def moment(value: datetime | None) -> str:
    """HH:MM dd/mm/yyyy in Viet Nam's time."""
    if value is None:
        return ""
    local = value.astimezone(clock.LOCAL)
    return f"{local.hour:02}:{local.minute:02} {day(local)}"


def local_day(value: datetime | None) -> str:
    """The day in Viet Nam on which a moment falls, dd/mm/yyyy."""
    return day(clock.day_of(value)) if value else ""


def weekday_day(value: date | datetime | None) -> str:
    """The day with its weekday: ``Thứ Năm 26/11/2026``."""
    if value is None:
        return ""
    local = value.astimezone(clock.LOCAL) if isinstance(value, datetime) else value
    names = (
        _("Monday"),
        _("Tuesday"),
        _("Wednesday"),
        _("Thursday"),
        _("Friday"),
        _("Saturday"),
        _("Sunday"),
    )
    return f"{names[local.weekday()]} {local.strftime('%d/%m/%Y')}"


def file_size(number: int) -> str:
    """``340 KB`` or ``1,2 MB``, as this language writes a number."""
    if number < 1024 * 1024:
        return f"{max(1, round(number / 1024))} KB"
    return f"{format_decimal(number / 1024 / 1024, format='0.#')} MB"


def asset(name: str) -> str:
    """Address of a built static file, its content's hash in the name."""
    return f"/static/{_asset_names().get(name, name)}"


def _asset_names() -> dict[str, str]:
    names: dict[str, str] | None = current_app.extensions.get("feedback.assets")
    if names is None:
        path = Path(current_app.static_folder or "") / "assets.json"
        names = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
        current_app.extensions["feedback.assets"] = names
    return names


def once(macro: Any, *arguments: Any) -> Markup:
    """What a macro says that depends on nothing but its arguments and the language: said once for each
    of them. ``{{ once(rail, steps, label) }}``; the arguments are plain values, or dicts of such."""
    key = macro.name, words.language(), *map(_frozen, arguments)
    said = _said.get(key)
    if said is None:
        if len(_said) >= SAID_AT_MOST:
            _said.clear()
        said = _said[key] = macro(*arguments)
    return said


def _frozen(value: Any) -> Any:
    return tuple(value.items()) if isinstance(value, dict) else value


def init(app: Flask, language: Callable[[], str]) -> None:
    """``language()`` is the code of the language that this request is answered in."""
    app.jinja_env.filters.update(day=day, moment=moment, local_day=local_day)
    app.jinja_env.filters.update(weekday_day=weekday_day, prose=to_html)
    app.jinja_env.filters.update(file_size=file_size, short_name=cut)
    app.jinja_env.globals.update(asset=asset, once=once, today=clock.today)
    words.init(app, language)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True

    @app.context_processor
    def names() -> dict[str, Any]:
        config = current_app.config
        site = {
            "name": config["SITE_NAME"],
            "province": config["PROVINCE"],
            "hotline": config["HOTLINE"],
            "demo": config["DEMO"],
            "base_url": config["BASE_URL"],
        }
        size = TEXT_SIZE.of(request.environ) if request else TEXT_SIZE.words[0]
        return {"site": site, "locale": words.language(), "text_size": size, "languages": NAMES}
