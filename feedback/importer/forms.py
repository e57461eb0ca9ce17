"""Forms of reading a plan in and correcting what was read."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional

from feedback.core.forms import DayField, SeenForm
from feedback.core.text import clean, clean_line
from feedback.importer.rules.editing import LONGEST_LABEL, Correction, Named
from feedback.importer.rules.tree import NOBODY, ROLES, Node

SENTENCES = {
    "empty": _l("This file is empty. Choose the file with the plan's text."),
    "ending": _l(
        "Choose a .txt, .md, .docx or .pdf file. Save an old .doc as .docx in Word first."
    ),
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
    "too_long": _l(
        "The file has more pages or lines than a plan has. Choose a file with the plan alone."
    ),
    "limits": _l("Reading took too long. The file may be damaged; try another copy."),
    "failed": _l("The file was read but could not be kept. Please send it once more."),
}
ROLE_NAMES = {
    "lead": _l("Lead agency"),
    "coordinating": _l("Coordinating agency"),
    "implementing": _l("Implementing agency"),
}
SHORT = Length(max=160, message=_l("At most 160 characters, please."))
LABEL = Length(
    max=LONGEST_LABEL, message=_l("Write a label of at most 20 characters, such as 2.1 or a).")
)


class UploadForm(FlaskForm):
    file = FileField(
        _l("The plan's document"),
        description=_l(
            "A .txt, .md, .docx or .pdf file of at most 20 MB. Nothing becomes public yet."
        ),
        validators=[FileRequired(_l("Choose a file first."))],
    )


class EditForm(SeenForm):
    """Every form on a reading carries the state that the person saw."""


class PlaceForm(EditForm):
    """Accept a value, or say whom a wording means: ``place`` is key/part or key/line/body."""

    place = HiddenField()


class BodyForm(Form):
    """One body in a role; without a role it is taken out."""

    key = HiddenField()
    nobody = HiddenField()  # said before: it names no body of the registry
    role = SelectField(
        _l("Role"), choices=[*ROLE_NAMES.items(), ("", _l("Do not use this line"))], default=""
    )
    wording = StringField(_l("As the document writes it"), filters=[clean_line])
    name = StringField(_l("Which body is meant"), filters=[clean_line])


class AddForm(EditForm):
    label = StringField(
        _l("Label"), filters=[clean_line], validators=[InputRequired(_l("Write the label.")), LABEL]
    )
    text = TextAreaField(
        _l("Official text"),
        filters=[clean],
        validators=[InputRequired(_l("Write the words of the item."))],
    )


class ItemForm(AddForm):
    task = BooleanField(
        _l("This is a task"), description=_l("Without the tick it is a heading above tasks.")
    )
    bodies = FieldList(FormField(BodyForm))
    deadline = StringField(
        _l("Deadline, as written"),
        filters=[clean_line],
        validators=[Length(max=200, message=_l("At most 200 characters, please."))],
    )
    due = DayField(
        _l("The day that it means"),
        validators=[Optional()],
        description=_l("Leave it empty where no day is meant."),
    )
    title = StringField(_l("Title in everyday words"), filters=[clean_line], validators=[SHORT])
    summary = TextAreaField(
        _l("Summary in everyday words"),
        filters=[clean],
        description=_l("Your own words, not the beginning of the official text."),
        validators=[Length(max=3000, message=_l("At most 3,000 characters, please."))],
    )

    def correction(self, codes: Any) -> Correction | None:
        """What the person wants; None where a name means no body, which then stands beside its field."""
        wanted, fine = [], True
        for row in self.bodies.entries:
            one = row.form
            if one.role.data not in ROLES:
                if not one.key.data and (one.name.data or one.wording.data):
                    one.role.errors = [_l("Choose its role, or empty the line.")]
                    fine = False
                continue
            code = codes(one.name.data or "")
            if one.nobody.data and not one.name.data:
                code = NOBODY
            if one.name.data and not code:
                one.name.errors = [
                    _l("No body of that time has this name. Choose one of the list.")
                ]
                fine = False
            wording = one.wording.data or one.name.data or ""
            if not wording:
                one.wording.errors = [_l("Write whom the document names.")]
                fine = False
            wanted.append(
                Named(one.key.data or "", one.role.data, wording, code, one.name.data or "")
            )
        if not fine:
            return None
        return Correction(
            self.label.data or "",
            self.text.data or "",
            bool(self.task.data),
            self.deadline.data or "",
            self.due.data.isoformat() if self.due.data else "",
            wanted,
            self.title.data or "",
            self.summary.data or "",
        )

    @property
    def row_errors(self) -> list[Any]:
        """Fields of the bodies that are to be put right."""
        return [f for row in self.bodies.entries for f in row.form if f.errors]


def filled(node: Node, seen: int) -> dict[str, Any]:
    """A node as the form shows it, with an empty line for one body more."""
    bodies = [
        {
            "key": line.key,
            "nobody": "1" if line.body == NOBODY else "",
            "role": line.role,
            "wording": line.wording,
            "name": line.name,
        }
        for line in node.bodies
    ]
    return {
        "seen": seen,
        "label": node.label,
        "text": node.text.text,
        "task": node.task,
        "deadline": node.deadline.text,
        "due": node.due_on,
        "title": node.title,
        "summary": node.summary,
        "bodies": [*bodies, {"key": "", "role": "", "wording": "", "name": ""}],
    }


class HeadForm(EditForm):
    number = StringField(
        _l("Number of the document"), filters=[clean_line], validators=[Length(max=60)]
    )
    issued_on = DayField(_l("Day of issue"), validators=[Optional()])
    issuer = StringField(_l("Issued by"), filters=[clean_line], validators=[Length(max=200)])
    kind = StringField(_l("Kind of document"), filters=[clean_line], validators=[Length(max=60)])
    title = TextAreaField(_l("Official title"), filters=[clean], validators=[Length(max=2000)])
    signer = StringField(_l("Signed by"), filters=[clean_line], validators=[Length(max=120)])


class SplitForm(EditForm):
    at = RadioField(
        _l("Where does the second item begin?"),
        validators=[InputRequired(_l("Choose where the second item begins."))],
    )
    label = StringField(
        _l("Label of the second item"),
        filters=[clean_line],
        validators=[InputRequired(_l("Write the label.")), LABEL],
    )


class ShapeForm(EditForm):
    """Move, merge, delete: which one, and for a move where to."""

    what = HiddenField()
    under = SelectField(_l("Below which item?"), validators=[Optional()])


class PairForm(EditForm):
    """Which item of the earlier version this one is."""

    key = HiddenField()
    item = HiddenField()


class DescribeForm(FlaskForm):
    title = StringField(_l("Title in everyday words"), filters=[clean_line], validators=[SHORT])
    summary = TextAreaField(
        _l("Summary in everyday words"),
        filters=[clean],
        description=_l("Your own words, not the beginning of the official text."),
        validators=[Length(max=3000, message=_l("At most 3,000 characters, please."))],
    )


class ConfirmForm(FlaskForm):
    """Nothing but the button."""
