"""What forms of several features share: a day, what was seen, a code's digits, where a refusal appears."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, StringField
from wtforms.validators import Email, InputRequired, Length, ValidationError

from feedback.core.text import clean_line, is_mail_address, whole, word_count

# what WTForms says by itself where a form of ours names no sentence: it ships none in Vietnamese
BUILT_IN = (
    _l("Not a valid choice."),
    _l("'%(value)s' is not a valid choice for this field."),
    _l("'%(value)s' are not valid choices for this field."),
    _l("Invalid Choice: could not coerce."),
    _l("Invalid choice(s): one or more data inputs could not be coerced."),
    _l("Not a valid integer value."),
    _l("Not a valid date value."),
    _l("This field is required."),
)


class OurWords:
    """WTForms' own sentences, out of our catalogues."""

    def gettext(self, text: str) -> str:
        return gettext(text)

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        return gettext(singular if number == 1 else plural)


def init() -> None:
    """Let every form speak the page's language also where WTForms finds the words."""
    words = OurWords()
    FlaskForm.Meta.get_translations = lambda _meta, _form: words  # type: ignore[method-assign]


class DayField(DateField):
    """A day, as a browser sends it or as people here write it; what was typed stays in the field."""

    def __init__(self, label: Any = None, **options: Any) -> None:
        super().__init__(label, format=["%Y-%m-%d", "%d/%m/%Y"], **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(
                _l("Write the day as day/month/year, for example 08/12/2026.")
            ) from error


class SeenForm(FlaskForm):
    """Carries the version of a thing that the person saw when she began to fill it in."""

    seen = HiddenField()

    @property
    def seen_lock(self) -> int:
        """That version; -1, which nothing ever has, where the field was bent."""
        return whole(self.seen.data, otherwise=-1)


class DigitsForm(FlaskForm):
    """The code that went to an address, to prove it."""

    code = StringField(
        _l("Six digits"),
        filters=[clean_line],
        validators=[
            InputRequired(_l("Type the six digits.")),
            Length(max=12, message=_l("The code has six digits.")),
        ],
    )


class InWords:
    """Signs, pictures and blanks alone say nothing to whoever reads it."""

    field_flags = {"required": True}  # noqa: RUF012 - as wtforms' own have it

    def __init__(self, message: Any) -> None:
        self.message = message

    def __call__(self, _form: Any, field: Any) -> None:
        if not word_count(field.data):
            raise ValidationError(self.message)


class MailAddress(Email):
    """An address to which mail can go. "hòa@…" is typed easily, and no mail of ours would reach it."""

    def __call__(self, form: Any, field: Any) -> None:
        super().__call__(form, field)
        if not is_mail_address((field.data or "").strip()):
            raise ValidationError(
                _l("An e-mail address has no accents: hoa@example.vn, not hòa@example.vn.")
            )


def put_error(form: FlaskForm, error: Any) -> None:
    """Show a refusal beside its field, or above the form when it belongs to none."""
    field = getattr(form, error.field, None) if error.field else None
    if field is not None and hasattr(field, "errors"):
        field.errors = [*field.errors, error.message]
    else:
        form.form_errors.append(error.message)
