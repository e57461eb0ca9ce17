"""More time: the new day, the reason, and the head's word."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length, ValidationError

from feedback.core.text import clean, clean_line
from feedback.petitions.forms.decisions import DecisionForm
from feedback.petitions.forms.desk import FileForm


class ExtensionForm(FileForm):
    to_on = StringField(
        _l("Answer by which day?"),
        filters=[clean_line],
        validators=[DataRequired(_l("Choose the new day."))],
    )
    reason = TextAreaField(
        _l("Why is more time needed? The resident will read this."),
        filters=[clean],
        validators=[
            DataRequired(_l("Give the reason; the resident will read it.")),
            Length(max=2000, message=_l("At most 2,000 characters, please.")),
        ],
    )

    @property
    def day(self) -> date:
        """The day that was typed. Raises ValueError for what is none."""
        typed = self.to_on.data or ""
        wanted = "%d/%m/%Y" if "/" in typed else "%Y-%m-%d"  # typed by hand, or by a date field
        return datetime.strptime(typed, wanted).date()

    def validate_to_on(self, field: Any) -> None:
        try:
            self.day  # noqa: B018 - only asked whether it is one
        except ValueError as error:
            sentence = _l("Write the day as day/month/year, for example 15/12/2026.")
            raise ValidationError(sentence) from error


class ExtensionDecisionForm(DecisionForm):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.decision.choices = [
            ("yes", _l("Approve: the new day holds, the resident is told at once")),
            ("no", _l("Turn it down: the present day stays")),
        ]
