"""Where the rules' refusals appear on a form."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm

from feedback.core.forms import put_error

__all__ = ["put_error", "put_problems"]

SENTENCES: dict[str, Any] = {
    "empty": _l("Write what happened and what you wish."),
    "too_short": _l(
        "This is too short for an officer to act on. Say what, where and since when, "
        "in at least five words."
    ),
    "too_long": _l(
        "This is too long: at most 10,000 characters. Keep the most important part; "
        "the rest can follow in a file."
    ),
    "only_links": _l("A link alone is not enough. Say in your own words what it is about."),
    "title_missing": _l("Write one line that says what it is about."),
}


def put_problems(form: FlaskForm, problems: Any) -> bool:
    """Show each problem beside its field; True when there was none."""
    for problem in problems:
        field = getattr(form, problem.field)
        sentence = SENTENCES[problem.code]
        if sentence not in field.errors:
            field.errors = [*field.errors, sentence]
    return not problems
