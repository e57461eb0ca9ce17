"""What a supporter fills in."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, StringField
from wtforms.validators import Email, InputRequired, Length

from feedback.core.text import clean_line

MAX_EMAIL = 254


class OneTapForm(FlaskForm):
    """Of somebody whose address is proved already: nothing but the wish to hear more, never ticked."""

    notify = BooleanField(_l("Tell me when this petition is answered or ends"))


class SupportForm(OneTapForm):
    contact = StringField(
        _l("Your e-mail address"),
        filters=[clean_line],
        description=_l("A code goes there, so that everybody is counted once. We do not show it."),
        validators=[
            InputRequired(_l("Type your e-mail address.")),
            Length(max=MAX_EMAIL, message=_l("This is too long for an e-mail address.")),
            Email(message=_l("An e-mail address looks like ten@example.vn.")),
        ],
    )


class DigitsForm(FlaskForm):
    code = StringField(
        _l("Six digits"),
        filters=[clean_line],
        validators=[
            InputRequired(_l("Type the six digits.")),
            Length(max=12, message=_l("The code has six digits.")),
        ],
    )


class JudgeForm(FlaskForm):
    """``seen``: how many doubtful supports stood on the page."""

    seen = HiddenField()

    @property
    def number(self) -> int:
        return int(self.seen.data) if str(self.seen.data or "").isdigit() else -1
