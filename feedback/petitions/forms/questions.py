"""A question to the resident."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from feedback.core.text import clean
from feedback.petitions.forms.desk import FileForm


class QuestionForm(FileForm):
    question = TextAreaField(
        _l("What do you need to know?"),
        filters=[clean],
        description=_l("One question, in everyday words. Ask only for what the file needs."),
        validators=[
            DataRequired(_l("Write what you need to know.")),
            Length(max=2000, message=_l("At most 2,000 characters, please.")),
        ],
    )
