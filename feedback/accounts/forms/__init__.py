"""What people type to be let in."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length

from feedback.accounts.rules.addresses import looks_like_telephone
from feedback.core.forms import DigitsForm, MailAddress
from feedback.core.text import clean_line

MAX_EMAIL = 254
MAX_PASSWORD = 1000  # of what is looked at; the policy allows 200


class SignInForm(FlaskForm):
    email = EmailField(
        _l("E-mail address"),
        filters=[clean_line],
        validators=[
            InputRequired(_l("Type your e-mail address.")),
            Length(max=MAX_EMAIL, message=_l("This is too long for an e-mail address.")),
        ],
    )
    password = PasswordField(
        _l("Password"),
        validators=[
            InputRequired(_l("Type your password.")),
            Length(max=MAX_PASSWORD, message=_l("This is too long for a password.")),
        ],
    )
    next = HiddenField()


class CodeForm(DigitsForm):
    """The second factor, or the code from a mail."""

    next = HiddenField()


class JoinForm(FlaskForm):
    password = PasswordField(
        _l("New password"),
        description=_l("At least 12 characters. Four or five words are easy to keep in mind."),
        validators=[
            InputRequired(_l("Choose a password.")),
            Length(max=MAX_PASSWORD, message=_l("This is too long for a password.")),
        ],
    )
    code = StringField(
        _l("The six digits that the app shows"),
        filters=[clean_line],
        validators=[InputRequired(_l("Type the six digits that the app shows."))],
    )


class EmailForm(FlaskForm):
    email = EmailField(
        _l("E-mail address"),
        filters=[clean_line],
        description=_l("The one that you gave when you sent the petition."),
        validators=[
            InputRequired(_l("Type your e-mail address.")),
            Length(max=MAX_EMAIL, message=_l("This is too long for an e-mail address.")),
            MailAddress(_l("An e-mail address looks like ten@example.vn.")),
        ],
    )


class LostCodeForm(FlaskForm):
    """What she left with the petition whose code is lost: an e-mail address, or a number."""

    contact = StringField(
        _l("The e-mail address or telephone number that you left"),
        filters=[clean_line],
        description=_l("We never say whether we know it: so nobody can find out who has written."),
        validators=[
            InputRequired(_l("Type the e-mail address or the number.")),
            Length(max=MAX_EMAIL, message=_l("This is too long for an e-mail address.")),
        ],
    )

    def validate_contact(self, field: StringField) -> None:
        """A number is understood, and answered on the page; all else must be an address."""
        if not looks_like_telephone(field.data):
            MailAddress(_l("An e-mail address looks like ten@example.vn."))(self, field)
