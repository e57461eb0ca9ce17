"""What a supporter fills in."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from feedback.accounts.rules.addresses import (
    Proven,
    canonical_phone,
    is_mobile,
    looks_like_telephone,
    tidy_email,
)
from feedback.core.forms import MailAddress
from feedback.core.text import clean_line, whole

MAX_EMAIL = 254


class OneTapForm(FlaskForm):
    """Of somebody whose address is proved already: nothing but the wish to hear more, never ticked."""

    notify = BooleanField(
        _l(
            "Tell me of the important steps: it is answered, is late, gets more time, the sender is asked for more, or it ends"
        )
    )


class SupportForm(OneTapForm):
    """``by_sms``: a mobile number will do as well, where the operator has a gateway."""

    by_sms = False
    contact = StringField(
        _l("Your e-mail address"),
        filters=[clean_line],
        description=_l("A code goes there. Each address is counted once, and shown to nobody."),
        validators=[
            InputRequired(_l("Type your e-mail address.")),
            Length(max=MAX_EMAIL, message=_l("This is too long for an e-mail address.")),
        ],
    )

    def offer_sms(self, on: bool) -> SupportForm:
        self.by_sms = on
        if on:
            self.contact.label.text = _l("Your e-mail address or mobile number")
            needed = InputRequired(_l("Type the e-mail address or the number."))
            self.contact.validators = [needed, *self.contact.validators[1:]]
            self.contact.description = _l(
                "A code goes there. Each address or number is counted once: please support with one of them only. We show it to nobody."
            )
        return self

    def validate_contact(self, field: StringField) -> None:
        """A number where one may be typed, and that a text message reaches; all else is an address."""
        if not looks_like_telephone(field.data):
            MailAddress(_l("An e-mail address looks like ten@example.vn."))(self, field)
        elif not self.by_sms:
            raise ValidationError(_l("We cannot send text messages. Type an e-mail address."))
        elif not is_mobile(canonical_phone(field.data)):
            raise ValidationError(_l("A mobile number looks like 0912 345 678."))

    @property
    def proves(self) -> Proven:
        """What was typed, in its one form."""
        typed = self.contact.data or ""
        if looks_like_telephone(typed):
            return Proven(phone=canonical_phone(typed))
        return Proven(email=tidy_email(typed))


class JudgeForm(FlaskForm):
    """``seen``: how many doubtful supports stood on the page."""

    seen = HiddenField()

    @property
    def number(self) -> int:
        return whole(self.seen.data, otherwise=-1)
