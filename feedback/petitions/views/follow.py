"""Following by code: the resident's own page of a file, and the page that everybody may read."""

from __future__ import annotations

from typing import Any

from flask import abort, redirect, render_template, request, session, url_for
from flask_babel import lazy_gettext as _l

from feedback.accounts import queries as accounts
from feedback.accounts.rules.addresses import canonical_phone, is_mobile
from feedback.core import clock, texting
from feedback.core.db import commit
from feedback.core.errors import Conflict, Refused
from feedback.core.ids import normalise_code
from feedback.core.permissions import public
from feedback.pagecache.cache import cached
from feedback.pagecache.queries import EVENT, REFERENCE
from feedback.petitions import queries
from feedback.petitions.actions.judging import rate
from feedback.petitions.forms.errors import put_error
from feedback.petitions.forms.resident import CodeForm, RatingForm
from feedback.petitions.models import HeldPetition, Petition
from feedback.petitions.queries.story import due_explanation, tale
from feedback.petitions.rules import sender
from feedback.petitions.rules.floods import FREED_BY_PROOF
from feedback.petitions.rules.states import steps_of
from feedback.petitions.views import bp


@bp.route("/track", methods=["GET", "POST"])
@public
def track() -> Any:
    """Ask for the code; a known one opens the file in this browser."""
    form = CodeForm()
    if form.validate_on_submit():
        code = form.code.data
        if queries.by_code(code) is not None or queries.held_by_code(code) is not None:
            session["follow"] = normalise_code(form.code.data)
            return redirect(url_for("petitions.follow"), 303)
        form.code.errors = [
            _l("We know no petition with this code. Check it letter by letter on your receipt.")
        ]
    status = 422 if request.method == "POST" else 200
    return render_template("petitions/follow/new.html", form=form), status


@bp.get("/track/file")
@public
def follow() -> Any:
    """The file of the code that was typed in this browser."""
    petition = own()
    if petition is None:
        held = own_held()
        return held_page(held, "show") if held else ask_code_first()
    return _file(petition, RatingForm())


@bp.post("/track/file/rating")
@public
def rate_answer() -> Any:
    """One rating of the answer."""
    petition = own()
    if petition is None:
        return ask_code_first()
    form = RatingForm()
    if not form.validate():
        return _file(petition, form), 422
    try:
        if form.file.data != petition.public_id:
            raise other_file()
        rate(petition, score=int(form.score.data), words=form.words.data)
        commit()
    except Refused as error:
        put_error(form, error)
        return _file(petition, form), error.status
    return redirect(url_for("petitions.follow", _anchor="danh-gia"), 303)


@bp.get("/track/mine")
@public
def mine() -> Any:
    """All files of the address that this browser has proved, and those that its owner follows."""
    who = accounts.proven()
    if who is None:
        return redirect(url_for("accounts.ask_code"))
    petitions, followed = queries.of_sender(who), queries.followed_by(who)
    known = {p.id for p in petitions} | {f.petition_id for f in followed if f.own}
    opened = queries.by_code(session["follow"]) if session.get("follow") else None
    addable = opened if opened and opened.id not in known and opened.state != "sealed" else None
    asked = queries.account_requests(who)
    clocks = {one.id: queries.clock_of(one, clock.today()) for one in asked}
    told = {"asked": asked, "clocks": clocks, "petitions": petitions, "followed": followed}
    told["held"] = queries.held_of(who)
    return render_template("petitions/follow/list.html", addable=addable, **told)


@bp.post("/track/mine/<public_id>")
@public
def open_mine(public_id: str) -> Any:
    """Open one of one's own files, or what is held with it; the code itself is never shown again."""
    who = accounts.proven()
    petition = queries.own_of(who, public_id) if who else None
    if petition is None:
        abort(404)
    session["follow_id"] = petition.public_id
    session.pop("follow", None)
    page = "petitions.own_data" if request.form.get("to") == "data" else "petitions.follow"
    return redirect(url_for(page), 303)


@bp.get("/petitions/<public_id>")
@public
@cached(lambda public_id: (f"{EVENT}petition:{public_id}", f"supports:{public_id}", REFERENCE))
def show(public_id: str) -> str:
    """A screened file, for everybody."""
    petition = queries.public_petition(public_id)
    if petition is None:
        abort(404)
    return render_template(
        "petitions/petition/show.html",
        petition=petition,
        steps=steps_of(petition.state),
        parts=queries.shown_parts(petition),
        outcome=queries.outcome_of(petition),
        events=tale(petition, levels=("public",)),
        attachments=queries.attachments_of(petition, public=True),
        due=due_explanation(petition, clock.today()),
    )


def other_file() -> Conflict:
    """What somebody reads whose form was about another file than this browser follows by now."""
    return Conflict(
        _l("Another petition was opened in this browser meanwhile: this page shows that one."),
        code="other_file",
    )


def ask_code_first() -> Any:
    """The browser has forgotten whose file it shows, and the page says so; a form that was filled in keeps its
    words (401)."""
    if request.method == "POST":
        abort(401)
    return redirect(url_for("petitions.track", sent_from="file"))


def own() -> Petition | None:
    """The file that this browser may see: by code, or by a proved e-mail address."""
    code = session.get("follow", "")
    if code:
        return queries.by_code(code)
    who, public_id = accounts.proven(), session.get("follow_id", "")
    return queries.own_of(who, public_id) if who and public_id else None


def own_held() -> HeldPetition | None:
    """What is held of what this browser sent or opened by its code."""
    code = session.get("follow", "")
    return queries.held_by_code(code) if code else None


def held_page(held: HeldPetition, page: str, **more: Any) -> str:
    """``provable``: a code can reach her, and sets it free."""
    number = canonical_phone(held.phone)
    reached = bool(held.email) or (texting.offered() and is_mobile(number))
    provable = reached and held.why in FREED_BY_PROOF
    return render_template(f"petitions/held/{page}.html", held=held, provable=provable, **more)


def _file(petition: Petition, form: RatingForm) -> str:
    if petition.state == "sealed":  # whoever holds the code reads nothing of it any more
        return render_template("petitions/follow/sealed.html", petition=petition)
    answer = next((a for a in reversed(petition.answers) if a.published_at), None)
    state, answered_on, today = petition.state, petition.answered_on, clock.today()
    return render_template(
        "petitions/follow/show.html",
        petition=petition,
        steps=steps_of(petition.state),
        answer=answer,
        rating=answer.rating if answer else None,
        outcome=queries.outcome_of(petition),
        form=form,
        parts=queries.shown_parts(petition),
        events=tale(petition, levels=("public", "party")),
        due=due_explanation(petition, today),
        asked=queries.open_request(petition) if state == "needs_info" else None,
        possible=sender.choices(state, answered_on, disputed=petition.was_disputed, on=today),
        dispute_until=sender.dispute_until(answered_on) if answered_on else None,
        attachments=queries.attachments_of(petition),
        by_code=bool(session.get("follow")),
    )
