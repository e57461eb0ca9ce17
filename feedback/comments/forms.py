"""What a resident writes under an item, and what a moderator decides."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, ValidationError

from feedback.comments.rules import (
    ERASE_BASES,
    HIDE_REASONS,
    MAX_NAME,
    MAX_REASON_WORDS,
    MAX_REPORT_WORDS,
    problem_of,
)
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


BASES: dict[str, Any] = {
    "personal_data": _l("Personal data: the person or her family asks for it"),
    "ordered": _l("A court or an authority has ordered it"),
}


class WordsForm(FlaskForm):
    """Words that everybody is to read; ``key`` makes the same form sent twice one comment."""

    text = TextAreaField(
        _l("Your comment"),
        filters=[clean],
        description=_l("Do not write other people's names, telephone or identity numbers."),
    )
    key = HiddenField()

    def validate_text(self, field: TextAreaField) -> None:
        code = problem_of(field.data or "")
        if code:
            raise ValidationError(SENTENCES[code])


class CommentForm(WordsForm):
    """Nothing but the words is required; no way to reach the person is asked for."""

    author_name = StringField(
        _l("Name to be shown"),
        filters=[clean_line],
        description=_l(
            "For example: Aunt Hoa, Tân Biên commune. Left empty, we write: A resident."
        ),
        validators=[Length(max=MAX_NAME, message=_l("At most 80 characters, please."))],
    )


class ReplyForm(CommentForm):
    """The same under its own name."""

    text = TextAreaField(
        _l("Your reply"),
        filters=[clean],
        description=_l("Do not write other people's names, telephone or identity numbers."),
    )


class OfficialForm(WordsForm):
    """What a body says in its own name."""

    text = TextAreaField(
        _l("The agency's reply"),
        filters=[clean],
        description=_l("Do not write other people's names, telephone or identity numbers."),
    )


class ReportForm(FlaskForm):
    """Why it should not stand there."""

    reason = RadioField(
        _l("What is wrong with it?"),
        choices=[(code, REASONS[code]) for code in HIDE_REASONS],
        validators=[InputRequired(_l("Choose a reason."))],
    )
    words = StringField(
        _l("In a few words, for the moderators"),
        filters=[clean_line],
        validators=[Length(max=MAX_REPORT_WORDS, message=_l("At most 300 characters, please."))],
    )


class MarkForm(FlaskForm):
    """``go`` says which button was pressed: helpful, or not any more."""


class WithdrawForm(FlaskForm):
    code = StringField(
        _l("The comment's code"),
        description=_l("It begins with GY and was shown when you sent the comment."),
        filters=[clean_line],
        validators=[InputRequired(_l("Type the code of the comment."))],
    )


class EraseForm(FlaskForm):
    """Words are erased for good, so the basis is named and the box ticked by hand."""

    basis = RadioField(
        _l("On what basis?"),
        choices=[(code, BASES[code]) for code in ERASE_BASES],
        validators=[InputRequired(_l("Choose a basis."))],
    )
    order = StringField(
        _l("Number and day of the order or request"),
        description=_l("Everybody can read this in the record. No names, no numbers of persons."),
        filters=[clean_line],
        validators=[Length(max=150, message=_l("At most 150 characters, please."))],
    )
    sure = BooleanField(
        _l("I know that these words cannot be brought back."),
        validators=[InputRequired(_l("Tick the box, since nobody can undo this."))],
    )


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


class ManyForm(DecisionForm):
    """The same decision about several comments; what a moderator saw of each rides in ``seen-<id>``."""

    pick = SelectMultipleField(choices=[], validate_choice=False)
