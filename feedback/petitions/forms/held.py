"""What a person decides about petitions that are held as one of many."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField

from feedback.core.text import whole
from feedback.petitions.rules.floods import ASIDE

REASONS = {
    "copies": _l("The same text was sent very many times."),
    "machine": _l("A machine sent very many texts at once."),
    "no_matter": _l("The text names no matter that an agency could settle."),
}


class SiftForm(FlaskForm):
    """``below``: the newest one that stood on the page; ``go`` says which button was pressed."""

    below = HiddenField()
    which = RadioField(
        _l("About which?"),
        choices=[("some", _l("Those that I have ticked")), ("all", _l("All of this group"))],
        default="some",
        validate_choice=False,
    )
    pick = SelectMultipleField(choices=[], validate_choice=False)
    reason = SelectField(
        _l("Why are they no petitions?"),
        choices=[("", ""), *((code, REASONS[code]) for code in ASIDE)],
        validate_choice=False,
    )

    def names(self) -> list[str] | None:
        """The ones that were ticked; None for all."""
        return None if self.which.data == "all" else list(self.pick.data or [])

    @property
    def bound(self) -> int:
        return whole(self.below.data, otherwise=0)


class TakeBackForm(FlaskForm):
    """One button: the sender takes back what is held of hers."""
