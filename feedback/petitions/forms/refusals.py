"""A refusal: its coded reason, the next step, and the second person's word."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from feedback.core.text import clean
from feedback.petitions.forms.decisions import DecisionForm
from feedback.petitions.forms.desk import FileForm
from feedback.petitions.rules.codes import DECLINE_REASONS


class RefusalForm(FileForm):
    """The page shows each code's everyday words and its article; the verb refuses any other code."""

    reason_code = RadioField(
        _l("Why can it not be taken up?"),
        choices=[(code, code) for code in DECLINE_REASONS],
        validate_choice=False,
        validators=[InputRequired(_l("Choose a reason."))],
    )
    words = TextAreaField(
        _l("What can the resident do next?"),
        filters=[clean],
        description=_l("She will read exactly this: where to turn, what to write anew."),
        validators=[
            DataRequired(_l("Tell the resident what she can do next.")),
            Length(max=2000, message=_l("At most 2,000 characters, please.")),
        ],
    )


class RefusalDecisionForm(DecisionForm):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.decision.choices = [
            ("yes", _l("Confirm: the petition is not accepted, the resident is told at once")),
            ("no", _l("Turn it down: the agency works on the petition")),
        ]
