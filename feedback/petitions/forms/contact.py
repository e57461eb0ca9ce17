"""How somebody can be reached, checked as it is typed."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import ValidationError

from feedback.petitions.rules.telephone import is_telephone


def telephone(_form: object, field: StringField) -> None:
    """Left empty, or a number that somebody can call."""
    if field.data and not is_telephone(field.data):
        raise ValidationError(_l("This is no telephone number. Write 9 to 11 digits."))
