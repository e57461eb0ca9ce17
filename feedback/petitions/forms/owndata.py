"""What the officer for personal data decides."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from feedback.core.forms import MailAddress
from feedback.core.text import clean, clean_line
from feedback.petitions.forms.desk import FileForm

WHAT = {
    "delete": ("delete", _l("Delete the data now")),
    "account": ("delete", _l("Delete all of it now")),
    "correct": ("correct", _l("Correct it now, as written below")),
}


class DataDecisionForm(FileForm):
    """``kind`` of the request says what can be done about it."""

    decision = RadioField(
        _l("What do you decide?"),
        validators=[InputRequired(_l("Choose one of the three."))],
    )
    words = TextAreaField(
        _l("Your words to the person who asked"),
        filters=[clean],
        validators=[
            InputRequired(_l("Write what the person who asked should know.")),
            Length(max=2000, message=_l("At most 2,000 characters, please.")),
        ],
    )
    sender_name = StringField(
        _l("Name"),
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
        validators=[Length(max=20, message=_l("At most 20 characters, please."))],
    )
    place = StringField(
        _l("The spot"),
        filters=[clean_line],
        validators=[Length(max=300, message=_l("At most 300 characters, please."))],
    )
    basis = StringField(
        _l("Article of the law (for a refusal)"),
        filters=[clean_line],
        validators=[Length(max=200, message=_l("At most 200 characters, please."))],
    )

    def __init__(self, kind: str, **values: Any) -> None:
        super().__init__(**values)
        self.decision.choices = [
            ("confirm", _l("First reply: it has been read and is being looked at")),
            WHAT[kind],
            ("refuse", _l("Refuse, with the article of the law")),
        ]
