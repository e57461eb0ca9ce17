"""A second person's word on what somebody proposed."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, TextAreaField
from wtforms.validators import AnyOf, Length

from feedback.core.text import clean
from feedback.petitions.forms.desk import FileForm


class DecisionForm(FileForm):
    """Yes, or no with a note; each page gives the two answers its own words."""

    decision = RadioField(
        _l("Your decision"),
        validate_choice=False,
        validators=[AnyOf(["yes", "no"], message=_l("Choose whether you agree."))],
    )
    note = TextAreaField(
        _l("If not: why?"),
        filters=[clean],
        description=_l("Only colleagues read this."),
        validators=[Length(max=2000, message=_l("At most 2,000 characters, please."))],
    )
