"""What staff fill in on a file."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length

from feedback.core.text import clean


class FileForm(FlaskForm):
    """Every form on a file carries the version that the person saw."""

    seen = HiddenField()

    @property
    def seen_lock(self) -> int:
        return int(self.seen.data) if str(self.seen.data or "").isdigit() else -1


class ReceiveForm(FileForm):
    show = RadioField(
        _l("May the public read this petition?"),
        choices=[
            ("yes", _l("Yes: it names no third person and no private data")),
            ("no", _l("No: keep it between the resident and the agency")),
        ],
        default="yes",
        validators=[InputRequired(_l("Choose one."))],
    )


class AssignForm(FileForm):
    officer = SelectField(_l("Officer"), validators=[InputRequired(_l("Choose an officer."))])


class TransferForm(FileForm):
    agency = SelectField(_l("To which agency?"), validators=[InputRequired(_l("Choose one."))])
    reason = TextAreaField(
        _l("Why there? The resident will read this."),
        filters=[clean],
        validators=[
            InputRequired(_l("Give the reason; the resident will read it.")),
            Length(max=2000, message=_l("At most 2,000 characters, please.")),
        ],
    )


class AnswerForm(FileForm):
    text = TextAreaField(_l("Answer"), filters=[clean])


class ApproveForm(FileForm):
    version = IntegerField()


class SendBackForm(ApproveForm):
    note = TextAreaField(
        _l("What should change?"),
        filters=[clean],
        validators=[Length(max=2000, message=_l("At most 2,000 characters, please."))],
    )
