"""What a wording of a document means."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField
from wtforms.validators import InputRequired

from feedback.core.forms import SeenForm


class WordingForm(SeenForm):
    """Which of the four, and the body or the group where one is meant."""

    state = RadioField(
        _l("What does this wording mean?"),
        choices=[
            ("alias", _l("Another name of an agency: add it to the registry")),
            ("body", _l("An agency, in this wording alone")),
            ("group", _l("A group of agencies")),
            ("refused", _l("Nobody who could be responsible")),
        ],
        validators=[InputRequired(_l("Choose one of the four."))],
    )
    agency = SelectField(_l("Agency"), validate_choice=False)
    group = SelectField(_l("Group"), validate_choice=False)
