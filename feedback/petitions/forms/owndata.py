"""What the officer for personal data decides."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from feedback.core.text import clean, clean_line
from feedback.petitions.forms.desk import FileForm


class DataDecisionForm(FileForm):
    decision = RadioField(
        _l("What do you decide?"),
        choices=[
            ("confirm", _l("First reply: it has been read and is being looked at")),
            ("delete", _l("Delete the data now")),
            ("refuse", _l("Refuse, with the article of the law")),
        ],
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
    basis = StringField(
        _l("Article of the law (for a refusal)"),
        filters=[clean_line],
        validators=[Length(max=200, message=_l("At most 200 characters, please."))],
    )
