"""Filters and names that every template may use."""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterable, Mapping, MutableMapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from types import FunctionType
from typing import Any, cast

from flask import Flask, current_app, request
from flask.sansio.app import App
from flask.templating import Environment
from flask_babel import format_decimal
from flask_babel import gettext as _
from jinja2 import Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import EvalContext
from jinja2.runtime import Context, Macro, missing
from markupsafe import Markup, _escape_inner, escape

from feedback.core import clock, marking, words
from feedback.core.html import to_html
from feedback.core.reading import NAMES, TEXT_SIZE
from feedback.core.text import cut

Globals = MutableMapping[str, Any] | None
PASSED = "jinja_pass_arg"  # Jinja's mark on a function that wants the context


def shown(value: Any) -> str:
    """What stands in the page for a value: escaped, or as it is where it is Markup. As ``escape``, which
    makes a Markup anew of each piece (a page has six hundred) though the page only joins them."""
    kind = type(value)
    if kind is str:
        return _escape_inner(value)
    if kind is int:
        return str(value)
    return value if kind is Markup else escape(value)


def _macro(
    called: Macro, context: EvalContext, args: Sequence[Any], kwargs: Mapping[str, Any]
) -> Any:
    """A macro that is given nothing by name is its own function: a list's page calls one for each line."""
    missing_ones = called._argument_count - len(args)
    special = called.caller or called.catch_varargs or called.catch_kwargs
    if kwargs or special or missing_ones < 0:
        return called(context, *args, **kwargs)
    said = called._func(*args, *(missing,) * missing_ones)
    return Markup(said) if context.autoescape else said  # noqa: S704 - as Macro itself does


class Names(Context):
    """What a template knows. It calls macros and plain functions at once: of each callable Jinja asks
    twice what it wants to be given."""

    def call(self, called: Any, /, *args: Any, **kwargs: Any) -> Any:
        kind = type(called)
        if kind is Macro:
            return _macro(called, self.eval_ctx, args, kwargs)
        if kind is FunctionType and PASSED not in called.__dict__:
            return called(*args, **kwargs)
        return super().call(called, *args, **kwargs)


class Compiler(CodeGenerator):
    """Compiled templates put values out by ``shown``, and hand no copy of a loop's or a block's names to
    what they call: only a function that asks for the whole context could use it, and none here does."""

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        frame = frame.copy()
        frame.loop_frame = frame.block_frame = False
        if isinstance(node.node, nodes.EnvironmentAttribute):  # words.Looked
            self.visit(node.node, frame)
            self.write("(")
            self.visit(node.args[0], frame)
            self.signature(nodes.Call(node.node, [], node.kwargs, None, None), frame)
            self.write(")")
        else:
            super().visit_Call(node, frame, forward_caller=forward_caller)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if isinstance(node, nodes.Call) and isinstance(node.node, nodes.EnvironmentAttribute):
            self.write("(" + (finalize.src or ""))  # a word is Markup
        elif frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.shown(" + (finalize.src or ""))


class Templates(Environment):
    """Flask's own, whose templates share their names: Jinja's chained maps are walked anew each time
    that one template takes a macro from another. Templates are compiled for each language, from the
    environment of that language; one template's parents and macros are of its own."""

    code_generator_class = Compiler
    context_class = Names
    shown = staticmethod(shown)
    word = staticmethod(words.word)
    language = ""  # that this one speaks; "": the one that all the others are made from

    def __init__(self, app: App, **options: Any) -> None:
        super().__init__(app, **options)
        self._spoken: dict[str, Templates] = {}

    def spoken(self) -> Templates:
        """Where templates in the language spoken now are."""
        if self.language:
            return self
        code = words.language()
        found = self._spoken.get(code)
        if found is None:
            made = cast(Templates, self.overlay())
            made.language = code
            found = self._spoken.setdefault(code, made)
        return found

    def get_template(
        self, name: str | Template, parent: str | None = None, globals: Globals = None
    ) -> Template:
        return Environment.get_template(self.spoken(), name, parent, globals)

    def select_template(
        self, names: Iterable[str | Template], parent: str | None = None, globals: Globals = None
    ) -> Template:
        return Environment.select_template(self.spoken(), names, parent, globals)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return super().make_globals(d) if d else self.globals

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        if name and name.endswith(".html"):  # where a word may be Markup
            words.Looked(self.language).visit(tree)
        return tree


SAID_AT_MOST = 2000
_said: dict[Hashable, Markup] = {}  # a dict's own steps need no lock


@lru_cache(4000)  # a page names few days, and often
def day(value: date | None) -> str:
    """dd/mm/yyyy, as people here write a date."""
    return _written(value) if value else ""


def _written(value: date) -> str:
    return f"{value.day:02}/{value.month:02}/{value.year}"


def moment(value: datetime | None) -> str:
    """HH:MM dd/mm/yyyy in Viet Nam's time."""
    if value is None:
        return ""
    local = value.astimezone(clock.LOCAL)
    return f"{local.hour:02}:{local.minute:02} {_written(local)}"


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


def number(value: str | int | float) -> str:
    """1.234,5: as this language writes a number."""
    return str(format_decimal(value))


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
    key = macro.name, words.language(), *arguments
    try:
        said = _said.get(key)
    except TypeError:  # a dict among them
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
    app.jinja_env.filters.update(file_size=file_size, short_name=cut, number=number)
    app.jinja_env.globals.update(asset=asset, once=once, today=clock.today)
    words.init(app, language)
    marking.init(app, words.language)
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
