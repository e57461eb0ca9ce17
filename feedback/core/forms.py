"""What forms of several features share: a field for a day, and where a refusal appears."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField


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


def put_error(form: FlaskForm, error: Any) -> None:
    """Show a refusal beside its field, or above the form when it belongs to none."""
    field = getattr(form, error.field, None) if error.field else None
    if field is not None and hasattr(field, "errors"):
        field.errors = [*field.errors, error.message]
    else:
        form.form_errors.append(error.message)
