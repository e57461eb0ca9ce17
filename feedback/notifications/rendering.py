"""Texts of messages, from the files under templates/emails; user text is only ever a variable in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import current_app, render_template

from feedback.core.html import to_html
from feedback.core.words import speaking
from feedback.notifications.rules import one_line


@dataclass(frozen=True)
class Words:
    """A message in one language."""

    subject: str
    text: str
    html: str


def words(template: str, params: dict[str, Any], locale: str) -> Words:
    """Subject, text and HTML of an e-mail. Raises ValueError if the subject is not one line."""
    with speaking(locale):
        subject = _subject(template, params)
        text = _render(f"{template}.txt", params)
        html = _render_html(template, params, subject, text)
    return Words(subject, text.strip() + "\n", html)


def inbox_words(template: str, params: dict[str, Any], locale: str) -> Words:
    """Subject and text for the inbox on the site: ``<template>.inbox.txt``, else the e-mail's text."""
    with speaking(locale):
        subject = _subject(template, params)
        names = [f"emails/{template}.inbox.txt", f"emails/{template}.txt"]
        chosen = current_app.jinja_env.select_template(names)
        text = render_template(chosen, bare=True, url=absolute, **params)
    return Words(subject, text.strip(), "")


def sms_words(template: str, params: dict[str, Any], locale: str) -> str:
    """The text of a message to a telephone, ``<template>.sms.txt``, in one line."""
    with speaking(locale):
        return " ".join(_render(f"{template}.sms.txt", params).split())


def absolute(path: str) -> str:
    """The whole address of a path on this site, for a mail."""
    base: str = current_app.config["BASE_URL"]
    return path if path.startswith(("http://", "https://")) else base + "/" + path.lstrip("/")


def _subject(template: str, params: dict[str, Any]) -> str:
    subject = one_line(_render(f"{template}.subject.txt", params).strip())
    return subject[:200]


def _render(name: str, params: dict[str, Any]) -> str:
    return render_template(f"emails/{name}", bare=False, url=absolute, **params)


def _render_html(template: str, params: dict[str, Any], subject: str, text: str) -> str:
    own = f"emails/{template}.html"
    if own in current_app.jinja_env.list_templates(filter_func=lambda name: name == own):
        return render_template(own, url=absolute, subject=subject, **params)
    plain = render_template(
        f"emails/{template}.txt", bare=True, url=absolute, **params
    )  # without the text layout's frame: the HTML layout has its own
    return render_template(
        "emails/plain.html", url=absolute, subject=subject, content=to_html(plain)
    )
