"""What a desk clerk writes down for a resident who came or telephoned."""

from __future__ import annotations

from typing import Any

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

from feedback.core.forms import MailAddress
from feedback.core.text import clean, clean_line
from feedback.petitions.forms.contact import telephone
from feedback.petitions.forms.resident import MAX_TITLE, ConsentsMixin


def known(sentence: Any) -> Any:
    """A choice that stands in the list today; an old or forged one gets this sentence."""

    def check(_form: FlaskForm, field: Any) -> None:
        if str(field.data or "") not in {str(value) for value, *_rest in field.choices}:
            raise ValidationError(sentence)

    return check


class EntryForm(ConsentsMixin, FlaskForm):
    """Everything on one page: the resident sits opposite or waits on the telephone."""

    key = HiddenField()
    channel = RadioField(
        _l("How did the resident come?"),
        choices=[("desk", _l("In person")), ("phone", _l("By telephone"))],
        validate_choice=False,
        validators=[known(_l("Choose how the resident came."))],
    )
    kind = RadioField(
        _l("What kind is it?"),
        choices=[
            ("concern", _l("Something is wrong: the resident reports it")),
            ("proposal", _l("The resident proposes or asks that something be done")),
            ("question", _l("The resident has a question")),
        ],
        validate_choice=False,
        validators=[known(_l("Choose what kind it is."))],
    )
    title = StringField(
        _l("In one line"),
        filters=[clean_line],
        validators=[
            InputRequired(_l("Write one line that says what it is about.")),
            Length(max=MAX_TITLE, message=_l("One line of at most 120 characters, please.")),
        ],
    )
    text = TextAreaField(
        _l("What happened, and what the resident wishes"),
        filters=[clean],
        description=_l("In the resident's own words. No other people's names or numbers."),
    )
    commune = SelectField(
        _l("Commune or ward of today"),
        validate_choice=False,
        validators=[
            known(_l("This commune or ward does not exist today. Choose one of the list."))
        ],
    )
    place = StringField(
        _l("The spot, so that it is easy to find"),
        filters=[clean_line],
        validators=[Length(max=300, message=_l("At most 300 characters, please."))],
    )
    item = SelectField(
        _l("Plan item"),
        validate_choice=False,
        validators=[known(_l("This item is in no published plan. Choose one of the list."))],
    )
    sender_name = StringField(
        _l("The resident's name"),
        filters=[clean_line],
        validators=[Length(max=120, message=_l("At most 120 characters, please."))],
    )
    phone = StringField(
        _l("Telephone"),
        filters=[clean_line],
        description=_l("Only the officer of the file sees it."),
        validators=[telephone],
    )
    email = StringField(
        _l("E-mail"),
        filters=[clean_line],
        validators=[Optional(), MailAddress(_l("This e-mail address is not complete."))],
    )
    progress = BooleanField()
    sms = BooleanField()
    name_public = BooleanField()
    read_back = BooleanField(
        _l("I have read these words back, and the resident agrees"),
        validators=[InputRequired(_l("Read the words back to the resident, then tick this box."))],
    )
