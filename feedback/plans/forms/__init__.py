"""What agencies and editors fill in about an item."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    HiddenField,
    IntegerField,
    MultipleFileField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from feedback.core.forms import DayField, MailAddress
from feedback.core.ids import secret_token
from feedback.core.text import clean, clean_line, whole, word_count
from feedback.plans.models import Milestone, Target
from feedback.plans.rules.reporting import MIN_WORDS

CHOOSE_DAY = _l("Choose a day.")
PERCENT = _l("Write a whole number from 0 to 99. What is finished is marked as done.")
AT_MOST = _l("At most 5,000 characters, please.")


class WholeField(IntegerField):
    """A whole number; what is none is said in our words."""

    def __init__(self, label: Any = None, *, wrong: Any, **options: Any) -> None:
        super().__init__(label, **options)
        self.wrong = wrong

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(self.wrong) from error


class PartForm(FlaskForm):
    """Of an agency that helps. ``key`` names the files that came with the form before it was right."""

    key = HiddenField()
    seen = HiddenField()
    text = TextAreaField(
        _l("What was done since the last report?"),
        description=_l("For whom, where, how much. Plain words: everybody reads it at once."),
        filters=[clean],
        validators=[Length(max=5000, message=AT_MOST)],
    )
    as_of_on = DayField(
        _l("Which day does this speak of?"),
        description=_l("The day on which you send it is kept and shown beside it."),
        validators=[InputRequired(CHOOSE_DAY)],
    )
    files = MultipleFileField(
        _l("Evidence (pictures, PDF, Word)"),
        description=_l(
            "At most 5 files of 10 MB. Everybody can open them: no faces, no papers of persons."
        ),
    )

    def validate_text(self, field: TextAreaField) -> None:
        """Said together with what else is to be put right; the verb checks it too."""
        if word_count(field.data) < MIN_WORDS:
            raise ValidationError(_l("Write at least five words: what was done, for whom, where."))

    @property
    def seen_report(self) -> int:
        return whole(self.seen.data, otherwise=-1)

    @property
    def file_key(self) -> str:
        if not self.key.data:
            self.key.data = secret_token()
        return str(self.key.data)


class ReportForm(PartForm):
    """Of the agency that leads."""

    status = RadioField(
        _l("How does it stand?"),
        choices=[
            ("in_progress", _l("Under way")),
            ("stuck", _l("Under way, but something holds it up")),
            ("done", _l("Done")),
            ("not_started", _l("Not begun")),
        ],
        validators=[InputRequired(_l("Choose how it stands."))],
    )
    percent = WholeField(
        _l("How much of it is done, in percent?"),
        wrong=PERCENT,
        description=_l("From 0 to 99. Leave it empty for what is done or not begun."),
        validators=[Optional()],
    )

    def validate_percent(self, field: IntegerField) -> None:
        """Of what is under way; the others say it by their status."""
        asked = self.status.data in (None, "", "in_progress", "stuck")
        if asked and field.data is not None and not 0 <= field.data <= 99:
            raise ValidationError(PERCENT)

    steps = SelectMultipleField(_l("Which of these are there now?"), coerce=int)

    def __iter__(self) -> Iterator[Any]:
        """As the page has them, so that what is to be put right is listed in its order."""
        first = (self.status, self.percent)
        return iter([*first, *(field for field in super().__iter__() if field not in first)])

    def offer(self, steps: Sequence[Milestone], goals: Sequence[Target]) -> None:
        """The milestones to tick, and the targets to give a number for."""
        self.steps.choices = [(step.id, step.title) for step in steps]
        self.goals = [(goal, request.form.get(f"goal-{goal.id}", "")) for goal in goals]

    @property
    def values(self) -> dict[int, str]:
        return {goal.id: typed for goal, typed in self.goals}


class MilestoneForm(FlaskForm):
    title = StringField(
        _l("What is to be there?"),
        description=_l("One concrete thing that people can see."),
        filters=[clean_line],
        validators=[
            InputRequired(_l("Say in a few words what is to be there.")),
            Length(max=300, message=_l("At most 300 characters, please.")),
        ],
    )
    planned_on = DayField(_l("To be there by which day?"), validators=[InputRequired(CHOOSE_DAY)])


def with_reason(_form: FlaskForm, field: TextAreaField) -> None:
    """Said together with what else is to be put right; the verb checks it too."""
    if word_count(field.data) < 3:
        raise ValidationError(_l("Give the reason in at least three words; everybody reads it."))


class MoveForm(FlaskForm):
    to_on = DayField(_l("To which day?"), validators=[InputRequired(CHOOSE_DAY)])
    reason = TextAreaField(
        _l("Why? Everybody reads this."),
        filters=[clean],
        validators=[
            with_reason,
            Length(max=1000, message=_l("At most 1,000 characters, please.")),
        ],
    )


class FollowForm(FlaskForm):
    """Of somebody whose address is not proved yet."""

    email = StringField(
        _l("Your e-mail address"),
        filters=[clean_line],
        description=_l("A code goes there first, so that nobody signs up somebody else."),
        validators=[
            InputRequired(_l("Type your e-mail address.")),
            Length(max=254, message=_l("This is too long for an e-mail address.")),
            MailAddress(_l("An e-mail address looks like ten@example.vn.")),
        ],
    )


class TapForm(FlaskForm):
    """Nothing to fill in: the button says what it does."""
