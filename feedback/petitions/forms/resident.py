"""What a resident fills in."""

from __future__ import annotations

from dataclasses import asdict

from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from feedback.accounts.rules.addresses import canonical_phone, is_mobile
from feedback.core import maps
from feedback.core.forms import MailAddress
from feedback.core.text import clean, clean_line
from feedback.petitions.forms.contact import telephone
from feedback.petitions.forms.desk import FileForm
from feedback.petitions.queries import offered, versions, words_now
from feedback.petitions.rules.admissibility import MAX_CHARS
from feedback.petitions.rules.consents import PURPOSES, SMS, ticked
from feedback.petitions.rules.pins import lies_within, read_pin

MAX_TITLE = 120


class WhatForm(FlaskForm):
    """Step 1: what is it about?"""

    kind = RadioField(
        _l("What kind is it?"),
        choices=[
            ("concern", _l("Something is wrong: I report it")),
            ("proposal", _l("I propose or ask that something be done")),
            ("question", _l("I have a question")),
        ],
        validators=[InputRequired(_l("Choose one of the three."))],
    )
    title = StringField(
        _l("In one line"),
        filters=[clean_line],
        description=_l("For example: Street lights in front of the market are out"),
        validators=[
            InputRequired(_l("Write one line that says what it is about.")),
            Length(max=MAX_TITLE, message=_l("One line of at most 120 characters, please.")),
        ],
    )
    text = TextAreaField(
        _l("Tell what happened, and what you wish"),
        filters=[clean],
        description=_l("Do not write other people's names, telephone or identity numbers."),
    )


class WhereForm(FlaskForm):
    """Step 2: where is it?"""

    commune = SelectField(_l("Commune or ward of today"), validators=[Optional()])
    place = StringField(
        _l("The spot, so that it is easy to find"),
        filters=[clean_line],
        description=_l("No house number of other people."),
        validators=[Length(max=300, message=_l("At most 300 characters, please."))],
    )
    pin = HiddenField(filters=[clean_line])

    def validate_pin(self, field: HiddenField) -> None:
        """A pin lies on the operator's map; where there is none, nobody could set one."""
        found, pin = maps.offered(), read_pin(field.data or "")
        if not field.data or found is None:
            field.data = ""
        elif pin is None or not lies_within(pin, **asdict(found.bounds)):
            field.data = ""
            raise ValidationError(_l("The pin lies outside of the map. Set it again."))


class FilesForm(FlaskForm):
    """Step 3: pictures and papers. They are checked one by one, each with its own sentence."""


class ConsentsMixin:
    """One box for each purpose, never ticked beforehand. A box sends the version of the words that
    stand beside it, so that the proof names what was read."""

    progress: BooleanField
    name_public: BooleanField
    phone: StringField
    sms: BooleanField

    def say_the_words(self) -> None:
        """Put today's words beside the boxes."""
        for purpose in PURPOSES:
            words = words_now(purpose, str(get_locale() or "vi"))
            box = getattr(self, purpose)
            box.label.text, box.version = words.words, words.version
        self.sms.offered = SMS in offered()  # type: ignore[attr-defined]

    def agreed(self) -> tuple[tuple[str, str], ...]:
        """The purposes that were ticked, with the version of their words."""
        raw = {one: getattr(self, one).raw_data or [""] for one in offered()}
        return ticked({one: values[0] for one, values in raw.items()}, versions())

    def validate_sms(self, box: BooleanField) -> None:
        if box.data and SMS in offered() and not is_mobile(canonical_phone(self.phone.data)):
            raise ValidationError(
                _l("For text messages, write a mobile number, or untick this box.")
            )


class ContactForm(ConsentsMixin, FlaskForm):
    """Step 4: how to reach you, and what others may see. Nothing is required, nothing is ticked."""

    email = StringField(
        _l("E-mail"),
        filters=[clean_line],
        description=_l("With it you find your petition again if you lose the code."),
        validators=[Optional(), MailAddress(_l("This e-mail address is not complete."))],
    )
    phone = StringField(
        _l("Telephone"),
        filters=[clean_line],
        description=_l("Only the officer of your file sees it."),
        validators=[telephone],
    )
    sender_name = StringField(
        _l("Your name"),
        filters=[clean_line],
        description=_l("Nobody sees it unless you allow it below."),
        validators=[Length(max=120, message=_l("At most 120 characters, please."))],
    )
    progress = BooleanField()
    sms = BooleanField()
    name_public = BooleanField()

    def validate_progress(self, box: BooleanField) -> None:
        if box.data and not self.email.data:
            raise ValidationError(_l("To be told of each step, write an e-mail address."))

    def validate_name_public(self, box: BooleanField) -> None:
        if box.data and not self.sender_name.data:
            raise ValidationError(_l("Write the name that everybody may see, or untick this box."))


class WholeForm(WhatForm, WhereForm, ContactForm):
    """What all steps typed, checked once more when it is sent."""


class SendForm(FlaskForm):
    """The last step: everything was read over, send it."""


class CodeForm(FlaskForm):
    code = StringField(
        _l("Tracking code"),
        filters=[clean_line],
        description=_l("It is on your receipt, for example TN-4K7X-92MB-3FQA-7T2D"),
        validators=[InputRequired(_l("Type the code of your receipt."))],
    )


class RatingForm(FlaskForm):
    """Names its file: another tab of this browser may have opened another one meanwhile."""

    file = HiddenField()
    score = RadioField(
        _l("How clear and useful is this answer to you?"),
        choices=[
            ("5", _l("5: very good")),
            ("4", _l("4: good")),
            ("3", _l("3: fair")),
            ("2", _l("2: poor")),
            ("1", _l("1: very poor")),
        ],
        validators=[InputRequired(_l("Choose from 1 to 5."))],
    )
    words = TextAreaField(
        _l("A few words, if you like"),
        filters=[clean],
        validators=[Length(max=1000, message=_l("At most 1,000 characters, please."))],
    )


class SenderForm(FileForm):
    """Also names its file: another tab of this browser may have opened another one meanwhile."""

    file = HiddenField()


class SupplyForm(SenderForm):
    """Her answer to the agency's question."""

    reply = TextAreaField(
        _l("Your answer"),
        filters=[clean],
        description=_l("Only you and the agency read it."),
        validators=[Length(max=MAX_CHARS, message=_l("At most 10,000 characters, please."))],
    )


class WithdrawForm(SenderForm):
    """She takes her petition back."""

    words = TextAreaField(
        _l("Why you take it back"),
        filters=[clean],
        description=_l("Only you and the agency read it."),
        validators=[Length(max=MAX_CHARS, message=_l("At most 10,000 characters, please."))],
    )


class DisputeForm(SenderForm):
    """What is still missing in the answer."""

    reason = TextAreaField(
        _l("What is still missing?"),
        filters=[clean],
        description=_l(
            "Say it in a few words: what was not answered, or not done. Your words go to the agency "
            "and to the Fatherland Front; the public does not see them."
        ),
        validators=[Length(max=MAX_CHARS, message=_l("At most 10,000 characters, please."))],
    )


class ConsentForm(SenderForm):
    """One purpose, agreed to or taken back."""

    purpose = HiddenField()


class ContactCorrectionForm(SenderForm):
    """How she is called and reached, put right by herself."""

    sender_name = StringField(
        _l("Your name"),
        filters=[clean_line],
        validators=[Length(max=120, message=_l("At most 120 characters, please."))],
    )
    email = StringField(
        _l("E-mail"),
        filters=[clean_line],
        validators=[Optional(), MailAddress(_l("This e-mail address is not complete."))],
    )
    phone = StringField(
        _l("Telephone"),
        filters=[clean_line],
        validators=[telephone],
    )


class DeletionForm(SenderForm):
    """She asks that her data be deleted."""

    words = TextAreaField(
        _l("A few words, if you like"),
        filters=[clean],
        validators=[Length(max=1000, message=_l("At most 1,000 characters, please."))],
    )


class AskCorrectionForm(SenderForm):
    """She asks that something be put right which she cannot change herself."""

    words = TextAreaField(
        _l("What is wrong, and what is right?"),
        filters=[clean],
        description=_l("For example: the spot is No. 12, not No. 21."),
        validators=[
            InputRequired(_l("Write what is wrong, and what is right.")),
            Length(max=1000, message=_l("At most 1,000 characters, please.")),
        ],
    )


class AccountDeletionForm(FlaskForm):
    """She asks that all be deleted that stands under her address."""

    words = TextAreaField(
        _l("A few words, if you like"),
        filters=[clean],
        validators=[Length(max=1000, message=_l("At most 1,000 characters, please."))],
    )
    uncount = BooleanField(
        _l("Take my supports back as well"),
        description=_l(
            "Otherwise they stay counted, and nobody knows any more that they were yours."
        ),
    )
