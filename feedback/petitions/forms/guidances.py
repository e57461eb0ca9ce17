"""Where the resident should turn instead."""

from __future__ import annotations

from flask_babel import force_locale, gettext
from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField
from wtforms.validators import Length

from feedback.core.forms import InWords
from feedback.core.text import clean, clean_line
from feedback.petitions.forms.desk import FileForm

LONGEST = Length(max=300, message=_l("At most 300 characters, please."))


class GuidanceForm(FileForm):
    body = StringField(
        _l("Which body is it for?"),
        filters=[clean_line],
        validators=[InWords(_l("Write which body it is for.")), LONGEST],
    )
    place = StringField(
        _l("Where should the resident go?"),
        filters=[clean_line],
        description=_l("The address, and the room or counter if there is one."),
        validators=[InWords(_l("Write where the resident should go.")), LONGEST],
    )
    hours = StringField(
        _l("When?"),
        filters=[clean_line],
        description=_l("Days and hours, and a telephone number if there is one."),
        validators=[InWords(_l("Write when the resident can come.")), LONGEST],
    )
    papers = TextAreaField(
        _l("Which papers should the resident bring?"),
        filters=[clean],
        description=_l("If none is needed, say so."),
        validators=[
            InWords(_l("Write which papers are needed.")),
            Length(max=1500, message=_l("At most 1,500 characters, please.")),
        ],
    )

    def words(self, locale: str) -> str:
        """The four answers as the resident reads them, in her language."""
        with force_locale(locale):
            lines = (
                (gettext("Where to turn"), self.body.data),
                (gettext("Address"), self.place.data),
                (gettext("Opening hours"), self.hours.data),
                (gettext("Bring along"), self.papers.data),
            )
            return "\n".join(f"{label}: {said}" for label, said in lines)
