"""What a resident writes under an item, and what a moderator decides."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, ValidationError

from feedback.comments.rules import HIDE_REASONS, MAX_NAME, MAX_REASON_WORDS, problem_of
from feedback.core.text import clean, clean_line

SENTENCES: dict[str, Any] = {
    "empty": _l("Write your comment; there is nothing to read yet."),
    "too_short": _l("Write at least three words, so that others understand what you mean."),
    "too_long": _l("This is too long: at most 2,000 characters. Keep the most important part."),
    "only_links": _l("A link alone is not enough. Say in your own words what it is about."),
}
REASONS: dict[str, Any] = {
    "private_data": _l("Names or numbers of private persons"),
    "insulting": _l("Insults somebody"),
    "accusation": _l("Accuses somebody of a wrongdoing"),
    "off_topic": _l("Has nothing to do with this item"),
    "advertising": _l("Advertising, or the same text again and again"),
}


class CommentForm(FlaskForm):
    """Nothing but the words is required; no way to reach the person is asked for."""

    text = TextAreaField(
        _l("Your comment"),
        filters=[clean],
        description=_l("Do not write other people's names, telephone or identity numbers."),
    )
    author_name = StringField(
        _l("Name to be shown"),
        filters=[clean_line],
        description=_l(
            "For example: Aunt Hoa, Tân Biên commune. Left empty, we write: A resident."
        ),
        validators=[Length(max=MAX_NAME, message=_l("At most 80 characters, please."))],
    )
    key = HiddenField()

    def validate_text(self, field: TextAreaField) -> None:
        code = problem_of(field.data or "")
        if code:
            raise ValidationError(SENTENCES[code])


class DecisionForm(FlaskForm):
    """``go`` says which button was pressed; ``seen`` the state that the moderator saw."""

    seen = HiddenField()
    reason = SelectField(
        _l("Why is it kept back?"),
        choices=[("", ""), *((code, REASONS[code]) for code in HIDE_REASONS)],
        validate_choice=False,
    )
    words = StringField(
        _l("In a few words, for the other moderators"),
        filters=[clean_line],
        validators=[
            Length(max=MAX_REASON_WORDS, message=_l("At most 500 characters, please.")),
        ],
    )
