"""Forms of reading a plan in and correcting what was read."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from feedback.core.text import clean, clean_line

SENTENCES = {
    "empty": _l("This file is empty. Choose the file with the plan's text."),
    "ending": _l("This kind of file is not read. Choose a .txt, .md, .docx or .pdf file."),
    "wrong_ending": _l("The file is of another kind than its name says. Give it the right ending."),
    "too_large": _l("The file is larger than 20 MB. Choose a smaller one."),
    "binary": _l("This file holds no text. Save the plan as .txt and try again."),
    "encoding": _l("The letters of this file cannot be read. Save it as UTF-8 and try again."),
    "locked": _l("The file asks for a password. Save it without one and try again."),
    "doctype": _l(
        "The file holds instructions that a document does not need. Save it anew in Word."
    ),
    "unpacked": _l("Unpacked, the file is far too large. Choose another copy."),
    "broken": _l("The file is damaged. Try another copy."),
    "scanned": _l(
        "The pages are pictures, and this computer cannot read pictures yet. Choose a file with text."
    ),
    "no_number": _l("No document number (such as 2705/KH-UBND) was found. Is this a plan?"),
    "no_items": _l("No task with agency lines was found. Is this a plan?"),
    "limits": _l("Reading took too long. The file may be damaged; try another copy."),
}


class UploadForm(FlaskForm):
    file = FileField(
        _l("The plan's document"),
        description=_l(
            "A .txt, .md, .docx or .pdf file of at most 20 MB. Nothing becomes public yet."
        ),
        validators=[FileRequired(_l("Choose a file first."))],
    )


class CorrectForm(FlaskForm):
    role = SelectField(
        _l("Role"),
        choices=[
            ("lead", _l("Lead agency")),
            ("coordinating", _l("Coordinating agency")),
            ("implementing", _l("Implementing agency")),
        ],
        validators=[InputRequired(_l("Choose one."))],
    )
    body = SelectField(_l("Agency or group"), validators=[InputRequired(_l("Choose one."))])


class DescribeForm(FlaskForm):
    title = StringField(
        _l("Title in everyday words"),
        filters=[clean_line],
        validators=[Length(max=160, message=_l("At most 160 characters, please."))],
    )
    summary = TextAreaField(
        _l("Summary in everyday words"),
        filters=[clean],
        description=_l("Your own words, not the beginning of the official text."),
        validators=[Length(max=3000, message=_l("At most 3,000 characters, please."))],
    )


class ConfirmForm(FlaskForm):
    """Publish or throw away: nothing but the button."""
