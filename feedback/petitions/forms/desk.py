"""What staff fill in on a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, ValidationError

from feedback.accounts.models import Person
from feedback.audit.queries import Said
from feedback.core.forms import DayField, SeenForm
from feedback.core.text import clean
from feedback.files.cleaning import Area
from feedback.petitions.models import Attachment

PERCENT = _l("Write a whole number of percent, from 0 to 100.")


class FileForm(SeenForm):
    """Every form on a file carries the version that the person saw. ``newest``: what somebody else did
    meanwhile."""

    newest: Said | None = None


class PicturesForm(FileForm):
    """Nothing is ticked beforehand when a file is received; later what is shown now is."""

    pictures = SelectMultipleField(_l("Which of these may everybody see?"))
    pin = BooleanField(
        _l("Everybody may see the place of the pin"),
        description=_l("To about a hundred metres. Not where it would point to somebody's home."),
    )

    def offer(self, attachments: Sequence[Attachment]) -> None:
        """The pictures to choose from."""
        self.pictures.choices = [(one.public_id, one.own_name) for one in attachments]


class BlurForm(FileForm):
    """One area of a picture, in percent of its sides; or begin again."""

    x = IntegerField(
        _l("From the left, %"),
        default=35,
        validators=[InputRequired(PERCENT), NumberRange(0, 99, PERCENT)],
    )
    y = IntegerField(
        _l("From the top, %"),
        default=35,
        validators=[InputRequired(PERCENT), NumberRange(0, 99, PERCENT)],
    )
    width = IntegerField(
        _l("Width, %"),
        default=30,
        validators=[InputRequired(PERCENT), NumberRange(1, 100, PERCENT)],
    )
    height = IntegerField(
        _l("Height, %"),
        default=30,
        validators=[InputRequired(PERCENT), NumberRange(1, 100, PERCENT)],
    )

    @property
    def area(self) -> Area:
        """As shares of the sides."""
        values = (self.x.data, self.y.data, self.width.data, self.height.data)
        left, top, wide, high = ((value or 0) / 100 for value in values)
        return left, top, min(wide, 1 - left), min(high, 1 - top)


class ReceiveForm(PicturesForm):
    show = RadioField(
        _l("May the public read this petition?"),
        choices=[
            ("yes", _l("Yes: it names no third person and no private data")),
            ("no", _l("No: keep it between the resident and the agency")),
        ],
        validators=[InputRequired(_l("Choose whether the public may read it."))],
    )


class AssignForm(FileForm):
    officer = SelectField(_l("Officer"), validators=[InputRequired(_l("Choose an officer."))])


class AssignSeveralForm(FlaskForm):
    """Files that were ticked in a list, by their public ids; each sends along what was seen of it."""

    officer = SelectField(
        _l("Give what is ticked to"), validators=[InputRequired(_l("Choose an officer."))]
    )
    pick = SelectMultipleField(
        validate_choice=False, validators=[InputRequired(_l("Tick at least one file."))]
    )

    def offer(self, officers: Sequence[Person]) -> None:
        self.officer.choices = [("", ""), *((one.public_id, one.name) for one in officers)]


class BodyField(SelectField):
    """A body of today. Any other code, forged or of a body that was dissolved meanwhile, gets a
    sentence beside the field."""

    def pre_validate(self, form: Any) -> None:
        if self.data not in {value for value, *_rest in self.iter_choices()}:
            raise ValidationError(
                _l("This body no longer exists, or answers no petitions. Choose one of today.")
            )


class TransferForm(FileForm):
    agency = BodyField(
        _l("To which agency?"),
        validators=[InputRequired(_l("Choose one of the bodies in the list."))],
    )
    reason = TextAreaField(
        _l("Why there? The resident will read this."),
        filters=[clean],
        validators=[
            DataRequired(_l("Give the reason; the resident will read it.")),
            Length(max=2000, message=_l("At most 2,000 characters, please.")),
        ],
    )


class AskPartForm(FileForm):
    agency = SelectField(
        _l("Which agency?"),
        validate_choice=False,
        validators=[InputRequired(_l("Choose one of the bodies in the list."))],
    )
    question = TextAreaField(
        _l("What is it to check or answer?"),
        description=_l("It reads the petition itself, never who sent it."),
        filters=[clean],
        validators=[
            InputRequired(_l("Say in a few words what this agency is to check or answer.")),
            Length(max=2000, message=_l("At most 2,000 characters, please.")),
        ],
    )
    due_on = DayField(_l("By which day?"), validators=[InputRequired(_l("Choose a day."))])


class GivePartForm(FileForm):
    text = TextAreaField(
        _l("Your agency's part"),
        description=_l("What you found, what your agency does, and when. It is sent once."),
        filters=[clean],
        validators=[Length(max=10_000, message=_l("At most 10,000 characters, please."))],
    )


class ShowPartForm(FileForm):
    """Nothing to fill in: the button says what it does."""


class AnswerForm(FileForm):
    text = TextAreaField(
        _l("Answer"),
        filters=[clean],
        validators=[Length(max=20_000, message=_l("At most 20,000 characters, please."))],
    )


class ApproveForm(FileForm):
    version = IntegerField()


class SendBackForm(ApproveForm):
    note = TextAreaField(
        _l("What should change?"),
        filters=[clean],
        validators=[Length(max=2000, message=_l("At most 2,000 characters, please."))],
    )
