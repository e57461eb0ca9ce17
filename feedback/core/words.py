"""The words of templates, said in the reader's language.

Flask-Babel finds the language of a request anew for each word; a page says a hundred of them. Here
the language is set once, a said word is kept, and the rest is as Jinja's new-style gettext has it: a
text is a format, and in HTML what is put into it is escaped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

from babel.support import NullTranslations, Translations
from flask import Flask, has_request_context
from flask_babel import force_locale
from jinja2 import nodes, pass_eval_context
from jinja2.nodes import EvalContext
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from feedback.core.config import ROOT
from feedback.core.marking import between

FOLDER = ROOT / "feedback" / "translations"
DEFAULT = "vi"
_language: ContextVar[str] = ContextVar("language", default=DEFAULT)


def init(app: Flask, chosen: Callable[[], str]) -> None:
    """Let templates speak through this module; ``chosen()`` is the language of a request."""
    app.jinja_env.globals.update(_=say, gettext=say, ngettext=say_number)
    app.before_request(lambda: _set(chosen()))
    app.teardown_request(lambda _error: _set(DEFAULT))


def _set(code: str) -> None:
    _language.set(code)


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Within this block templates and messages speak that language, whatever the request's is."""
    token = _language.set(code)
    try:
        with force_locale(code):
            yield
    finally:
        _language.reset(token)


def language() -> str:
    """The language spoken now."""
    return _language.get()


class Looked(NodeTransformer):
    """``_("a word", …)`` becomes ``environment.word("a word", …)``: a page says two hundred, and Jinja asks
    of each call what it wants to be given. Compiled for one language, a word without values is that
    word, one piece with the HTML around it."""

    def __init__(self, code: str = "") -> None:
        self.code = code

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        self.generic_visit(node)
        plain = len(node.args) == 1 and not (node.dyn_args or node.dyn_kwargs)
        named = isinstance(node.node, nodes.Name) and node.node.name == "_"
        if plain and named and isinstance(node.args[0], nodes.Const):
            if self.code and not node.kwargs:
                return nodes.Const(_said_in_html(self.code, node.args[0].value), lineno=node.lineno)
            node.node = nodes.EnvironmentAttribute("word", lineno=node.lineno)
        return node


def word(message: str, **values: Any) -> Markup:
    """A message in the language spoken now, for HTML, with its values put in."""
    if not values:
        return _said_in_html(_language.get(), message)
    return _in_html(_said(_language.get(), message), values)


@pass_eval_context
def say(context: EvalContext, message: str, **values: Any) -> str:
    """A message in the language spoken now, with its values put in."""
    if not values and context.autoescape:
        return _said_in_html(_language.get(), message)
    return _format(context, _said(_language.get(), message), values)


@pass_eval_context
def say_number(context: EvalContext, singular: str, plural: str, number: int, **values: Any) -> str:
    """A message that depends on a number, which it may name as ``num``."""
    text = _translations(_language.get()).ungettext(singular, plural, number)
    return _format(context, text, {"num": number, **values})


def _format(context: EvalContext, text: str, values: dict[str, Any]) -> str:
    if not context.autoescape:
        return text % values if "%" in text else text
    return _in_html(text, values)


def _in_html(text: str, values: dict[str, Any]) -> Markup:
    if _language.get() != DEFAULT and has_request_context():
        values = {name: between(value) for name, value in values.items()}
    safe = {name: v if isinstance(v, int) else escape(v) for name, v in values.items()}
    return Markup(text % safe if "%" in text else text)  # noqa: S704 - our words, escaped values


@cache
def _said(code: str, message: str) -> str:
    return str(_translations(code).ugettext(message))


@cache
def _said_in_html(code: str, message: str) -> Markup:
    text = Markup(_said(code, message))  # noqa: S704 - our own words
    return text % {} if "%" in text else text


@cache
def _translations(code: str) -> NullTranslations:
    return Translations.load(FOLDER, [code])
