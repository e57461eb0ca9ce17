"""Which of the pictures and papers of a petition the public may see."""

from __future__ import annotations

from collections.abc import Collection

from flask_babel import lazy_gettext as _l

from feedback.accounts.models import Person
from feedback.core import clock
from feedback.core.errors import Refused
from feedback.petitions import queries
from feedback.petitions.actions.move import record
from feedback.petitions.models import Petition


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
