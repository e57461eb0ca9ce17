"""Submitting in short steps, one question each. Works without JavaScript: what was typed in earlier
steps rides along in hidden fields; of what was typed nothing is stored before the resident sends. Files
cannot ride along: they are kept as drafts (views/drafts.py)."""

from __future__ import annotations

from typing import Any

from flask import (
    Response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_babel import get_locale
from flask_wtf import FlaskForm

from feedback.agencies import queries as agencies
from feedback.core import clock, maps
from feedback.core.errors import Refused
from feedback.core.headers import WITH_PLACE
from feedback.core.ids import secret_token
from feedback.core.permissions import public
from feedback.core.text import whole
from feedback.files.cleaning import ACCEPT, MAX_FILES
from feedback.files.queries import drafts_of
from feedback.petitions.actions.submit import Submission
from feedback.petitions.forms.errors import put_error, put_problems
from feedback.petitions.forms.resident import (
    ContactForm,
    FilesForm,
    SendForm,
    WhatForm,
    WhereForm,
    WholeForm,
)
from feedback.petitions.rules.admissibility import check_text
from feedback.petitions.rules.pins import read_pin
from feedback.petitions.views import bp
from feedback.petitions.views.drafts import take_files
from feedback.petitions.views.pacing import LATER_S, intake, take_in
from feedback.petitions.views.suggestions import pause
from feedback.plans import queries as plans

STEPS: dict[str, type[FlaskForm]] = {
    "what": WhatForm,
    "where": WhereForm,
    "files": FilesForm,
    "contact": ContactForm,
    "review": SendForm,
}
ORDER = tuple(STEPS)
STEP_SHOWN = {200, 409, 422, 429, 503}
NAMES = (
    "kind",
    "title",
    "text",
    "commune",
    "place",
    "pin",
    "sender_name",
    "email",
    "phone",
    "progress",
    "sms",
    "name_public",
    "suggested",
)


@bp.get("/submit")
@public
def new_petition() -> Any:
    """The first step; ``?item=`` says which plan item it is about, ``?commune=`` which place. While the
    operator takes nothing in: the other ways."""
    if intake() == "stop":
        page = render_template("petitions/submission/stopped.html")
        return page, 503, {"Retry-After": str(LATER_S)}
    carried = {"key": secret_token(), "item": _item_id(request.args.get("item", ""))}
    carried["commune"] = agencies.known_commune(request.args.get("commune", ""), clock.today())
    return _page("what", _form("what", filled=False), carried)


@bp.after_request
def _keep_for_going_back(response: Response) -> Response:
    """A browser shows a step again when somebody goes back to it (after "too large", say) only if it
    may keep it. To press "back" is all it takes to see it, with no-store just as well: that makes the
    browser send the form again."""
    if request.endpoint == "petitions.continue_petition" and response.status_code in STEP_SHOWN:
        response.headers["Cache-Control"] = "private, no-cache"
        if maps.offered() is not None:
            response.headers["Permissions-Policy"] = WITH_PLACE
    return response


@bp.post("/submit")
@public
def continue_petition() -> Any:
    """One step on, one step back, or send. Whatever is wrong, the typed words come back."""
    step = request.form.get("step", "what")
    step = step if step in STEPS else "what"
    key = request.form.get("key") or secret_token()
    refusals = take_files(key) if step == "files" else []
    carried = {**carried_fields(), "key": key}
    target = request.form.get("go", "next")
    form = _form(step)
    if refusals or target in {"add", "unchoose"} or "drop" in request.form:
        form.form_errors += refusals
        return _page(step, form, carried), 422 if refusals else 200
    if target in STEPS:
        return _page(target, _form(target), carried)
    if not is_valid(step, form):
        return _page(step, form, carried), 422
    if step == "what" and (paused := pause(carried, ORDER)):
        return paused
    following = ORDER.index(step) + 1
    if following < len(ORDER):
        return _page(ORDER[following], _form(ORDER[following]), carried)
    return _send(form, carried)


def _send(form: FlaskForm, carried: dict[str, str]) -> Any:
    whole = whole_form()
    if not is_valid("what", whole):  # somebody skipped a step or changed a hidden field
        wrong = ((s, f) for s in ORDER if not is_valid(s, f := _form(s)))
        step, one = next(wrong, ("review", form))
        return _page(step, one, carried), 422
    try:
        taken = take_in(submission_of(whole, carried))
    except Refused as error:
        put_error(form, error)
        return _page("review", form, carried), error.status
    session["receipt"] = carried["key"]
    session["follow"] = taken.code
    return redirect(url_for("petitions.receipt"), 303)


def carried_fields() -> dict[str, str]:
    """What earlier and later steps typed, and the plan item."""
    sent = {name: request.form.get(name, "") for name in NAMES}
    dropped = request.form.get("go") == "unchoose"
    sent["item"] = "" if dropped else _item_id(request.form.get("item", ""))
    return sent


def _item_id(value: str) -> str:
    number = whole(value)
    return value if number and plans.item_now(number, clock.today()) else ""


def _form(step: str, *, filled: bool = True) -> FlaskForm:
    form = STEPS[step](formdata=request.form if filled else None)
    if isinstance(form, ContactForm):
        form.say_the_words()
    if isinstance(form, WhereForm):
        form.commune.choices = [("", ""), *agencies.communes_on(clock.today())]
    return form


def whole_form() -> WholeForm:
    """All steps, to be checked and not shown: no token (the request's own was checked already), and of
    the communes the one that was sent, if there is such a one."""
    form = WholeForm(formdata=request.form, meta={"csrf": False})
    sent = {"", form.commune.data or ""} & {"", *agencies.commune_ids_on(clock.today())}
    form.commune.choices = [(code, code) for code in sent]
    return form


def is_valid(step: str, form: FlaskForm) -> bool:
    fine = form.validate()
    if step == "what":
        return put_problems(form, check_text(form.title.data or "", form.text.data or "")) and fine
    return bool(fine)


def submission_of(form: WholeForm, carried: dict[str, str]) -> Submission:
    agreed = form.agreed()
    return Submission(
        key=carried["key"],
        kind=form.kind.data,
        title=form.title.data,
        text=form.text.data,
        item_id=int(carried["item"]) if carried["item"] else None,
        commune_id=agencies.commune_ids_on(clock.today()).get(form.commune.data),
        place=form.place.data,
        pin=read_pin(form.pin.data or ""),
        email=(form.email.data or "").lower(),
        phone=form.phone.data,
        sender_name=form.sender_name.data,
        name_public="name_public" in dict(agreed),
        consents=agreed,
        locale=str(get_locale() or "vi"),
        files_seen=whole(request.form.get("files_seen", "")),
    )


def _page(step: str, form: FlaskForm, carried: dict[str, str]) -> str:
    """A step's page; values of the other steps stand in hidden fields, files are with us already."""
    commune = agencies.by_code(carried["commune"]) if carried.get("commune") else None
    return render_template(
        f"petitions/submission/{step}.html",
        form=form,
        step=step,
        order=ORDER,
        carried={k: v for k, v in carried.items() if k not in form._fields},
        sent=carried,
        commune=commune,
        item=plans.item_now(int(carried["item"]), clock.today()) if carried["item"] else None,
        drafts=drafts_of(carried["key"]) if step in {"files", "review"} else (),
        accept=ACCEPT,
        most=MAX_FILES,
        place_map=maps.offered() if step == "where" else None,
    )
