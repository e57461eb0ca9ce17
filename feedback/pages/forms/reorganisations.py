"""What an administrator enters of a reorganisation."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length

from feedback.agencies.actions.drafting import Head
from feedback.core.forms import DayField, SeenForm
from feedback.core.text import clean_line

SHORT = Length(max=200, message=_l("At most 200 characters, please."))
LEVELS = [
    ("department", _l("Department (sở)")),
    ("office", _l("Office")),
    ("commune", _l("Commune or ward")),
    ("district", _l("District")),
    ("front", _l("Fatherland Front")),
]


class ActForm(SeenForm):
    """Every form on an act carries the version that the person saw."""


class HeadForm(ActForm):
    title = StringField(
        _l("Title"),
        description=_l("As people will read it: who joins whom."),
        filters=[clean_line],
        validators=[InputRequired(_l("Write what happens in one line.")), SHORT],
    )
    kind = RadioField(
        _l("What happens?"),
        choices=[
            ("merge", _l("Bodies are merged")),
            ("split", _l("Functions go to other bodies")),
            ("rename", _l("A body gets another name")),
            ("dissolve", _l("Bodies end")),
        ],
        validators=[InputRequired(_l("Choose what happens."))],
    )
    effective_on = DayField(
        _l("First day of the new bodies"), validators=[InputRequired(_l("Choose a day."))]
    )
    legal_basis = StringField(_l("Legal basis"), filters=[clean_line], validators=[SHORT])
    mark = SelectField(
        _l("Was the legal text read?"),
        choices=[("unverified", _l("Not yet: to be checked")), ("found", _l("Yes"))],
    )
    rehearsal = BooleanField(
        _l("This is only a rehearsal"),
        description=_l("It shows what would move. It can never be carried out."),
    )

    @property
    def head(self) -> Head:
        """What was entered."""
        assert self.effective_on.data is not None
        return Head(
            title=self.title.data or "",
            kind=self.kind.data,
            effective_on=self.effective_on.data,
            legal_basis=self.legal_basis.data or "",
            mark=self.mark.data,
            rehearsal=bool(self.rehearsal.data),
        )


class BodyForm(ActForm):
    part = RadioField(
        _l("What happens to it?"),
        choices=[
            ("ends", _l("It ends the day before")),
            ("stays", _l("It lives on, and gives or takes something")),
            ("begins", _l("It is new")),
        ],
        validators=[InputRequired(_l("Choose what becomes of this body."))],
    )
    agency = SelectField(_l("A body of today"), validate_choice=False)
    name = StringField(_l("Name of a new body"), filters=[clean_line], validators=[SHORT])
    short_name = StringField(_l("Its short name"), filters=[clean_line], validators=[SHORT])
    level = SelectField(_l("Its level"), choices=LEVELS)


class LineForm(ActForm):
    giver = SelectField(
        _l("Who hands over?"), validators=[InputRequired(_l("Choose who hands over."))]
    )
    taker = SelectField(
        _l("Who takes over?"), validators=[InputRequired(_l("Choose who takes over."))]
    )
    function = StringField(
        _l("Which function?"),
        description=_l("Leave it empty if it is the body as a whole."),
        filters=[clean_line],
        validators=[SHORT],
    )
    keywords = StringField(
        _l("Words that show it"),
        description=_l("With commas. What holds one of them is decided by a person."),
        filters=[clean_line],
        validators=[SHORT],
    )


class DecideForm(ActForm):
    """Nothing of its own: the page has one choice for each thing."""
