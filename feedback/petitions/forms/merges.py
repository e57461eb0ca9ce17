"""The file to which another one is joined."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField
from wtforms.validators import DataRequired, Length

from feedback.core.text import clean_line
from feedback.petitions.forms.desk import FileForm


class MergeForm(FileForm):
    into = StringField(
        _l("Which file is about the same thing?"),
        filters=[clean_line],
        description=_l("Its number, for example TN26-000123, or the address of its public page."),
        validators=[
            DataRequired(_l("Write the number or the address of the other file.")),
            Length(max=300, message=_l("At most 300 characters, please.")),
        ],
    )
    sure = HiddenField()  # the file that was shown before, so that nobody joins one unseen
