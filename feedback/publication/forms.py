"""What keepers of the register fill in."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import FileField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length

from feedback.core.forms import DayField, SeenForm
from feedback.core.text import clean_line
from feedback.publication.kinds import FORM_NAMES, KIND_NAMES

CHOOSE_DAY = _l("Choose a day.")


class RegisterForm(FlaskForm):
    title = StringField(
        _l("What has to be published?"),
        filters=[clean_line],
        validators=[
            InputRequired(_l("Say in a few words what has to be published.")),
            Length(max=300, message=_l("At most 300 characters, please.")),
        ],
    )
    kind = SelectField(
        _l("Of which sort is it?"),
        choices=[("", ""), *KIND_NAMES.items()],
        validators=[InputRequired(_l("Choose of which sort it is."))],
    )
    decision = StringField(
        _l("Number of the decision"),
        filters=[clean_line],
        validators=[Length(max=120, message=_l("At most 120 characters, please."))],
    )
    decided_on = DayField(
        _l("Decided on which day?"),
        description=_l("The term runs from this day, whenever you enter it here."),
        validators=[InputRequired(CHOOSE_DAY)],
    )
    item = SelectField(_l("Which plan item is it about?"))  # "" is one of the choices


class PostForm(SeenForm):
    form = RadioField(
        _l("In which form?"),
        choices=list(FORM_NAMES.items()),
        validators=[InputRequired(_l("Choose a form."))],
    )
    place = StringField(
        _l("Where?"),
        description=_l("Which board, which page, which hamlet."),
        filters=[clean_line],
        validators=[
            InputRequired(_l("Say where.")),
            Length(max=200, message=_l("At most 200 characters, please.")),
        ],
    )
    person = StringField(
        _l("Who did it?"),
        filters=[clean_line],
        validators=[
            InputRequired(_l("Say who did it.")),
            Length(max=120, message=_l("At most 120 characters, please.")),
        ],
    )
    from_on = DayField(_l("From which day?"), validators=[InputRequired(CHOOSE_DAY)])
    evidence = FileField(
        _l("A picture or paper that shows it"),
        description=_l("Everybody can open it: no faces, no papers of persons."),
    )


class DownForm(FlaskForm):
    to_on = DayField(_l("Last day on which it hung"), validators=[InputRequired(CHOOSE_DAY)])
