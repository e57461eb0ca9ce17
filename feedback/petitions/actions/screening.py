"""Which of the pictures and papers of a petition the public may see."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from feedback.accounts.models import Person
from feedback.core import clock, files
from feedback.core.db import db
from feedback.core.errors import Refused
from feedback.files import actions as kept
from feedback.files.cleaning import Area, Cleaned, blur
from feedback.petitions import queries
from feedback.petitions.actions.move import record, stale, touch
from feedback.petitions.models import Attachment, BlurredCopy, Petition


def show_pictures(
    petition: Petition, *, pictures: Collection[str], pin: bool = False, by: Person
) -> None:
    """Show exactly these (public ids) and hide the others, whatever was decided before; so too the
    pin, of which the public sees the place to a hundred metres."""
    if (pictures or pin) and not petition.is_public:
        raise Refused(
            _l("The public cannot read this petition, so it cannot see its pictures."),
            field="pictures",
        )
    petition.screened_by_id = by.id
    petition.screened_at = clock.now()
    touch(petition)  # a page that was made before is old, however soon after it this came
    record(petition, "petition:screened", by=by, fields=screen(petition, pictures, pin=pin))


def screen(
    petition: Petition, pictures: Collection[str], *, pin: bool = False
) -> dict[str, tuple[str, str]]:
    """Mark them; returns what the event says: the positions that are shown, and whether the pin is."""
    came = queries.attachments_of(petition)
    for attachment in came:
        attachment.is_public = attachment.public_id in pictures
    shown = ", ".join(str(one.position) for one in came if one.is_public)
    told = {"shown": (shown, "public")} if came else {}
    if petition.pin:
        petition.pin_public = pin
        told["pin_shown"] = (str(pin).lower(), "public")
    return told


@dataclass(frozen=True)
class Blurred:
    """A copy with one more area blurred, and the picture that it was made of (its SHA-256)."""

    copy: Cleaned
    of: str


def make_blurred(attachment: Attachment, area: Area) -> Callable[[], Blurred]:
    """The picture work by itself, to be called when no transaction is open: a child process takes a
    second, and SQLite has one writer. Raises FileRefused."""
    if not attachment.file.is_picture:
        raise Refused(_l("Only a picture can be blurred."))
    of = attachment.shown_file.sha256
    return lambda: Blurred(blur(files.read(of), area), of)


def blur_picture(
    attachment: Attachment, *, area: Area | None, made: Blurred | None, by: Person
) -> None:
    """Make one area of a picture unreadable for the public (left, top, width, height, as shares of its
    sides), beside what was blurred before (``made`` by ``make_blurred``); without: begin again from the
    picture itself. Raises Conflict where the picture is another by now."""
    petition, former = attachment.petition, attachment.blurred
    if made is not None and made.of != attachment.shown_file.sha256:
        raise stale()
    if former is not None:
        _drop_copy(attachment, former)
        kept.drop_draft(former.file)
    if made is not None:
        name = attachment.file.name
        file = kept.keep_cleaned(made.copy, name=name, subject=petition.subject)
        attachment.blurred = BlurredCopy(file=file, by_id=by.id)
    touch(petition)
    at = " ".join(f"{round(share * 100)}" for share in area or ())
    fields = {"position": (str(attachment.position), "public"), "area": (at, "party")}
    record(petition, "petition:blurred", by=by, fields=fields)


def keep_only_blurred(attachment: Attachment) -> None:
    """Where a blurred copy was made, the picture as it came goes, and the copy stands in its place."""
    copy, whole = attachment.blurred, attachment.file
    if copy is not None:
        _drop_copy(attachment, copy)
        attachment.file = copy.file
        db.session.flush()
        kept.drop_draft(whole)


def _drop_copy(attachment: Attachment, copy: BlurredCopy) -> None:
    db.session.delete(copy)
    db.session.flush()
    db.session.expire(attachment, ["blurred"])
