"""What the site holds about the sender of a file: to see, and what she agreed to."""

from __future__ import annotations

import json
from tempfile import SpooledTemporaryFile
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from flask import (
    Response,
    abort,
    flash,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask_babel import get_locale
from flask_babel import gettext as _

from feedback.accounts.queries import proven
from feedback.accounts.rules.addresses import Proven
from feedback.core import clock, files
from feedback.core.db import commit, db
from feedback.core.errors import Refused
from feedback.core.logs import log
from feedback.core.marking import plain
from feedback.core.permissions import public
from feedback.petitions import queries
from feedback.petitions.actions import consenting, owndata
from feedback.petitions.forms.errors import put_error
from feedback.petitions.forms.resident import (
    AccountDeletionForm,
    AskCorrectionForm,
    ConsentForm,
    ContactCorrectionForm,
    DeletionForm,
)
from feedback.petitions.models import Petition
from feedback.petitions.queries.consents import words_now
from feedback.petitions.rules.consents import PURPOSES
from feedback.petitions.views import bp
from feedback.petitions.views.resident import on_own_file, run_on_own

IN_MEMORY = 2 * 1024 * 1024  # a larger parcel lies on the disk while it is sent


@bp.get("/track/file/data")
@public
@on_own_file
def own_data(petition: Petition) -> Any:
    """Everything that is held about the sender, on one page."""
    return _page(petition, ConsentForm(formdata=None, seen=petition.lock))


@bp.post("/track/file/consents")
@public
@on_own_file
def change_consent(petition: Petition) -> Any:
    """Agree to one purpose, or take it back; it holds at once."""
    form = ConsentForm(seen=petition.lock)

    def act() -> None:
        giving = request.form.get("do") == "give"
        if form.purpose.data not in (queries.offered() if giving else PURPOSES):
            raise Refused(_("This consent does not exist."), code="unknown_purpose")
        if giving:
            locale = str(get_locale() or "vi")
            words = words_now(form.purpose.data, locale)
            consenting.give(petition, purpose=words.purpose, version=words.version, locale=locale)
        else:
            consenting.withdraw_consent(petition, purpose=form.purpose.data)

    back = url_for("petitions.own_data", _anchor="dong-y")
    return run_on_own(
        form, petition, act, "petitions/owndata/show.html", _said(), to=back, **_shown(petition)
    )


@bp.get("/track/file/data.zip")
@public
@on_own_file
def own_data_zip(petition: Petition) -> Response:
    """The same to take along: a page to read, a file for programs, and what she sent with it."""
    held = queries.held(petition)
    page = plain(render_template("petitions/owndata/saved.html", petition=petition, held=held))
    packed = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the answer closes it
    with ZipFile(packed, "w", ZIP_DEFLATED) as parcel:
        parcel.writestr("ho-so.html", page)
        parcel.writestr("du-lieu.json", json.dumps(held, ensure_ascii=False, indent=1))
        for attachment in queries.attachments_of(petition):
            path = files.path_of(attachment.file.sha256)
            if path.is_file():
                parcel.write(path, f"tep/{attachment.own_name}")
            else:  # what is there is hers all the same
                log.error("file_missing", sha256=attachment.file.sha256)
    packed.seek(0)
    name = f"du-lieu-{petition.reference}.zip"
    answer = send_file(packed, "application/zip", as_attachment=True, download_name=name)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.route("/track/file/corrections/new", methods=["GET", "POST"])
@public
@on_own_file
def correct_own(petition: Petition) -> Any:
    """Put name, e-mail or telephone right; it holds at once."""
    contact = petition.contact
    form = ContactCorrectionForm(
        seen=petition.lock,
        sender_name=petition.sender_name,
        email=(contact and contact.email) or "",
        phone=(contact and contact.phone) or "",
    )

    def act() -> None:
        name, email = form.sender_name.data or "", (form.email.data or "").lower()
        owndata.correct_contact(petition, name=name, email=email, phone=form.phone.data or "")

    back, page = url_for("petitions.own_data"), "petitions/owndata/correction.html"
    return run_on_own(form, petition, act, page, _("Saved."), to=back)


@bp.route("/track/file/deletions/new", methods=["GET", "POST"])
@public
@on_own_file
def ask_deletion(petition: Petition) -> Any:
    """Ask that what identifies her be deleted."""
    form = DeletionForm(seen=petition.lock)

    def act() -> None:
        owndata.ask_deletion(petition, words=form.words.data or "", on=clock.today())

    done = _("Your request was sent. The dates stand below.")
    back, page = url_for("petitions.own_data", _anchor="yeu-cau"), "petitions/owndata/deletion.html"
    return run_on_own(form, petition, act, page, done, to=back)


@bp.route("/track/file/correction-requests/new", methods=["GET", "POST"])
@public
@on_own_file
def ask_correction(petition: Petition) -> Any:
    """Ask that something be put right which she cannot change herself."""
    form = AskCorrectionForm(seen=petition.lock)

    def act() -> None:
        owndata.ask_correction(petition, words=form.words.data or "", on=clock.today())

    done = _("Your request was sent. The dates stand below.")
    back, page = url_for("petitions.own_data", _anchor="yeu-cau"), "petitions/owndata/wrong.html"
    return run_on_own(form, petition, act, page, done, to=back)


@bp.route("/track/mine/deletions/new", methods=["GET", "POST"])
@public
def delete_account() -> Any:
    """Ask that all be deleted that stands under the address which this browser has proved."""
    who = proven()
    if who is None:
        return abort(401) if request.method == "POST" else redirect(url_for("accounts.ask_code"))
    form, status, files = AccountDeletionForm(), 200, queries.of_sender(who)
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                gone = _forget(who, form, bool(files))
                commit()
            except Refused as error:
                db.session.rollback()
                put_error(form, error)
                status = error.status
            else:
                flash(gone)
                return redirect("/" if not files else url_for("petitions.mine"), 303)
    asked = queries.account_requests(who)
    page = "petitions/owndata/account.html"
    return render_template(page, form=form, files=files, asked=asked, who=who), status


def _forget(who: Proven, form: AccountDeletionForm, files: bool) -> str:
    """Ask for it, or do it at once where no petition stands under the address."""
    uncount = form.uncount.data
    if not files:
        owndata.forget_without_files(who, uncount=uncount)
        return _("All that stood under this address is deleted.")
    words = form.words.data or ""
    owndata.ask_account_deletion(who, words=words, uncount=uncount, on=clock.today())
    return _("Your request was sent. The dates stand below.")


def _said() -> str:
    if request.form.get("do") == "give":
        return _("Thank you. What you agreed to is kept, with the day and the words.")
    return _("Taken back. It holds from this moment.")


def _page(petition: Petition, form: ConsentForm) -> str:
    return render_template(
        "petitions/owndata/show.html", petition=petition, form=form, **_shown(petition)
    )


def _shown(petition: Petition) -> dict[str, Any]:
    agreed, asked = queries.consents_of(petition), queries.data_requests_of(petition)
    locale, standing = str(get_locale() or "vi"), queries.standing(agreed)
    return {
        "purposes": [
            words_now(one, locale) for one in PURPOSES if one in {*queries.offered(), *standing}
        ],
        "standing": standing,
        "agreed_words": {one: queries.words_of(now) for one, now in standing.items()},
        "agreed": [(one, queries.words_of(one)) for one in agreed],
        "attachments": queries.attachments_of(petition),
        "asked": asked,
        "clocks": {one.id: queries.clock_of(one, clock.today()) for one in asked},
    }
