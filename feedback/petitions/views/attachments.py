"""The files of a petition: handed out, and screened for the public once more."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, request, session
from flask_babel import gettext as _

from feedback.accounts.queries import proven
from feedback.core import clock
from feedback.core.db import commit, db, reading
from feedback.core.ids import keyed_hash, normalise_code
from feedback.core.permissions import allow, current_person, public
from feedback.files.handing import hand_out
from feedback.petitions import policy, queries
from feedback.petitions.actions import screening
from feedback.petitions.actions.screening import Blurred, show_pictures
from feedback.petitions.forms.desk import BlurForm, PicturesForm
from feedback.petitions.models import Attachment, Petition
from feedback.petitions.views import bp
from feedback.petitions.views.desk import find
from feedback.petitions.views.moves import check, run


@bp.get("/attachments/<public_id>")
@public
def attachment(public_id: str) -> Response:
    """One file under a name of ours, always to be saved; an <img> shows a picture all the same."""
    found, private, clear = _readable(public_id)
    file = found.file if clear else found.shown_file
    return hand_out(file.sha256, file.media_type, name=found.own_name, private=private)


@bp.get("/attachments/<public_id>/thumbnail")
@public
def attachment_thumbnail(public_id: str) -> Response:
    """The small copy of a picture."""
    found, private, clear = _readable(public_id)
    small = (found.file if clear else found.shown_file).thumbnail
    if small is None:
        abort(404)
    return hand_out(small.sha256, "image/jpeg", name=f"nho-{found.own_name}", private=private)


@bp.route("/officer/petitions/<public_id>/pictures/new", methods=["GET", "POST"])
@allow("petitions:screen")
def screen_pictures(public_id: str) -> Any:
    """Decide anew which pictures everybody may see."""
    petition = find(public_id)
    check(petition, "petitions:screen")
    attachments = queries.attachments_of(petition)
    shown = [one.public_id for one in attachments if one.is_public]
    form = PicturesForm(seen=petition.lock, pictures=shown, pin=petition.pin_public)
    form.offer(attachments)

    def act() -> None:
        pictures, pin = form.pictures.data or [], bool(form.pin.data)
        show_pictures(petition, pictures=pictures, pin=pin, by=current_person())

    done, page = _("Saved."), "petitions/desk/pictures.html"
    return run(form, petition, act, page, done, attachments=attachments)


@bp.route("/officer/petitions/<public_id>/blurs/new", methods=["GET", "POST"])
@allow("petitions:screen")
def blur_picture(public_id: str) -> Any:
    """Make a part of a picture unreadable before the public sees it; ``?picture=`` says which one."""
    made = _made_beforehand(public_id)
    petition, picture = _picture(public_id)
    form = BlurForm(seen=petition.lock)

    def act() -> None:
        if picture is not None:
            area = form.area if made else None
            screening.blur_picture(picture, area=area, made=made, by=current_person())

    done, page = _("Saved."), "petitions/desk/blur.html"
    return run(form, petition, act, page, done, to=request.full_path, picture=picture)


def _picture(public_id: str) -> tuple[Petition, Attachment | None]:
    """The file and the picture of it that is meant, for whoever may screen it."""
    petition = find(public_id)
    check(petition, "petitions:screen")
    pictures = [one for one in queries.attachments_of(petition) if one.file.is_picture]
    wanted = [one for one in pictures if one.public_id == request.args.get("picture")]
    return petition, next(iter(wanted or pictures), None)


def _made_beforehand(public_id: str) -> Blurred | None:
    """The picture work, before the transaction that keeps it: other people write meanwhile."""
    if request.method != "POST" or "again" in request.form:
        return None
    commit()  # that whoever is signed in was seen; nothing else is open yet
    with reading():
        petition, picture = _picture(public_id)
        form = BlurForm(seen=petition.lock)
        ready = form.validate() and form.seen_lock == petition.lock and picture
        work = screening.make_blurred(picture, form.area) if ready and picture else None
        db.session.rollback()
    return work() if work else None


def _readable(public_id: str) -> tuple[Attachment, bool, bool]:
    """The file if whoever asks may read it, whether it is private, and whether it is handed out as it
    came (to the sender and to staff, unless they ask for the public's copy); a stranger gets 404."""
    found = queries.attachment(public_id)
    if found is None:
        abort(404)
    own, person = _own(found.petition), current_person()
    parts = queries.wanted_parts(found.petition, clock.today()) if person is not None else ()
    if not policy.may_read_attachment(person, found, own=own, parts=parts):
        abort(404)
    party = own or person is not None
    clear = party and request.args.get("as") != "public"
    return found, party or "Cookie" in request.headers, clear


def _own(petition: Petition) -> bool:
    """Does this browser follow the petition, by code or by a proved e-mail address?"""
    code = normalise_code(session.get("follow", ""))
    if code:
        return keyed_hash(code, "code") == petition.code_hash
    if session.get("follow_id", "") != petition.public_id:
        return False
    who = proven()
    return who is not None and queries.own_of(who, petition.public_id) is not None
