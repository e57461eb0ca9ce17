"""Targets and weights, as who keeps the plans fills them in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from feedback.core.forms import DayField, SeenForm
from feedback.core.text import clean, clean_line
from feedback.plans.forms import WholeField, with_reason
from feedback.plans.models import Target
from feedback.plans.queries import Weighed
from feedback.plans.rules.numbers import read_number, written


def weight_error(number: str) -> Any:
    """Says which item, for the list above the form names many."""
    return _l("Item %(number)s: write a whole number from 0 to 100.", number=number)


class TargetForm(FlaskForm):
    name = StringField(
        _l("What is to be reached?"),
        filters=[clean_line],
        validators=[
            InputRequired(_l("Say in a few words what is to be reached.")),
            Length(max=300, message=_l("At most 300 characters, please.")),
        ],
    )
    number = StringField(
        _l("How much?"),
        description=_l("A number, for example 1.250 or 87,5. Empty for an aim in words."),
        filters=[clean_line],
    )
    unit = StringField(
        _l("Of what?"),
        description=_l("Classes, households, percent…"),
        filters=[clean_line],
        validators=[Length(max=60, message=_l("At most 60 characters, please."))],
    )
    due_on = DayField(_l("By when?"), validators=[Optional()])

    def validate_number(self, field: StringField) -> None:
        """Said together with what else is to be put right; the verb checks it too."""
        if field.data and read_number(field.data) is None:
            raise ValidationError(_l("Write a number, for example 1.250 or 87,5."))
        if self.unit.data and not field.data:
            raise ValidationError(_l("Write how many of them, or leave this empty."))

    @property
    def wanted(self) -> dict[str, Any]:
        """The target as it is to stand."""
        return {
            "name": self.name.data or "",
            "number": self.number.data or "",
            "unit": self.unit.data or "",
            "due_on": self.due_on.data,
        }


class ReasonForm(SeenForm):
    reason = TextAreaField(
        _l("Why? Everybody reads this."),
        filters=[clean],
        validators=[
            with_reason,
            Length(max=1000, message=_l("At most 1,000 characters, please.")),
        ],
    )


class CorrectionForm(TargetForm, ReasonForm):
    """A target as it stands, to be put right."""


def filled(target: Target) -> dict[str, Any]:
    """A target as its form shows it, numbers as people type them."""
    return {
        "name": target.name,
        "number": written(target.number),
        "unit": target.unit,
        "due_on": target.due_on,
    }


class WeightsForm(SeenForm):
    """One number for each part; the fields are made for the parts at hand."""

    parts: Sequence[Weighed] = ()

    def validate(self, extra_validators: Any = None) -> bool:
        """The other button says 1 for all of them, whatever stands in the fields."""
        for _part, field in self.rows() if "alike" in request.form else ():
            field.process(MultiDict({field.name: "1"}))
        return bool(super().validate(extra_validators))

    @property
    def weights(self) -> dict[int, int]:
        return {part.item.id: int(self[name_of(part)].data or 0) for part in self.parts}

    def rows(self) -> list[tuple[Weighed, Any]]:
        """Each part with its field."""
        return [(part, self[name_of(part)]) for part in self.parts]


def name_of(part: Weighed) -> str:
    return f"weight-{part.item.id}"


def weights_form(parts: Sequence[Weighed], seen: str) -> WeightsForm:
    """The form for these parts, filled with what holds now."""
    fields = {}
    for part in parts:
        number = part.item.number
        wrong = weight_error(number)
        rules = [InputRequired(wrong), NumberRange(0, 100, wrong)]
        fields[name_of(part)] = WholeField(
            number, wrong=wrong, default=part.weight, validators=rules
        )
    made = type("WeightsOf", (WeightsForm,), {**fields, "parts": parts})
    form: WeightsForm = made(seen=seen)
    return form
