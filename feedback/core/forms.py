"""What forms of several features share: a day, what was seen, a code's digits, where a refusal appears."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, StringField
from wtforms.validators import InputRequired, Length

from feedback.core.text import clean_line


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
        return int(self.seen.data) if str(self.seen.data or "").isdigit() else -1


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


def put_error(form: FlaskForm, error: Any) -> None:
    """Show a refusal beside its field, or above the form when it belongs to none."""
    field = getattr(form, error.field, None) if error.field else None
    if field is not None and hasattr(field, "errors"):
        field.errors = [*field.errors, error.message]
    else:
        form.form_errors.append(error.message)
