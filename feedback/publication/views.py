"""The register: for everybody, and at the desk of whoever keeps it for a body."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from sqlalchemy.orm.exc import StaleDataError

from feedback.agencies.models import Agency
from feedback.agencies.queries import known
from feedback.core import clock
from feedback.core.db import commit, db
from feedback.core.errors import Refused
from feedback.core.forms import put_error
from feedback.core.permissions import allow, current_person, public
from feedback.files.actions import keep_cleaned
from feedback.files.cleaning import MAX_BYTES, Cleaned, clean_upload
from feedback.files.errors import FileRefused
from feedback.files.handing import hand_out
from feedback.files.names import clean_name
from feedback.pagecache.cache import cached
from feedback.pagecache.queries import RECORD, REFERENCE
from feedback.petitions.queries import term_on
from feedback.plans.queries import documents_of, item_now
from feedback.publication import actions, queries
from feedback.publication.forms import DownForm, PostForm, RegisterForm
from feedback.publication.kinds import FORM_NAMES, KIND_NAMES
from feedback.publication.models import Publication
from feedback.publication.rules import terms
from feedback.workdays.queries import load_calendar

bp = Blueprint("publication", __name__)


@bp.get("/publications")
@public
@cached(lambda: (RECORD, REFERENCE), args=("quarter", "agency", "after"))
def register() -> str:
    """What was decided in a quarter, how it was published, and what is late."""
    day, bodies = clock.today(), queries.bodies()
    quarter, agency = asked(bodies)
    page = queries.register_page(
        quarter, agency_id=agency[2] if agency else None, after=request.args.get("after", "")
    )
    number, late = queries.number_late(quarter, agency_id=agency[2] if agency else None, on=day)
    return render_template(
        "publication/register.html",
        page=page,
        quarter=quarter,
        agency=agency,
        bodies=bodies,
        number=number,
        late=late,
        now=terms.quarter_of(day),
        publish=term_on("PUBLISH", day),
        board=term_on("NOTICEBOARD", day),
        **_words(),
    )


@bp.get("/items/<int:item_id>/documents")
@public
@cached(lambda item_id: (RECORD, REFERENCE))
def item_documents(item_id: int) -> str:
    """The plan's documents, and in which form what concerns this item was published."""
    item = item_now(item_id, clock.today()) or abort(404)
    return render_template(
        "publication/item.html",
        item=item,
        versions=documents_of(item.plan_id),
        entries=queries.about_item(item.id, item.plan_id),
        **_words(),
    )


@bp.get("/publications/evidence/<public_id>")
@public
def evidence(public_id: str) -> Response:
    """What shows that something was published, always to be saved."""
    found = queries.evidence(public_id)
    file = found.evidence if found else None
    if found is None or file is None:
        abort(404)
    ending = "jpg" if file.is_picture else file.paper.lower()
    name = f"cong-khai-{found.from_on}.{ending}"
    return hand_out(file.sha256, file.media_type, name=name, private=False)


@bp.get("/officer/publications")
@allow("publications:keep")
def own() -> str:
    """What one's own body has to publish: due first."""
    agency = _agency()
    rows = queries.own(agency.id)
    return render_template("publication/own.html", rows=rows, agency=agency, **_words())


@bp.route("/officer/publications/new", methods=["GET", "POST"])
@allow("publications:keep")
def new() -> Any:
    """Put something into the register."""
    agency, form = _agency(), RegisterForm()
    form.item.choices = [("", ""), *((str(key), words) for key, words in queries.tasks())]

    def act() -> str:
        what = actions.What(
            title=form.title.data or "",
            kind=form.kind.data or "",
            decided_on=form.decided_on.data,
            decision=form.decision.data or "",
            item_id=int(form.item.data) if form.item.data else None,
        )
        made = actions.register(what, agency=agency, on=clock.today(), by=current_person())
        return url_for("publication.entry", public_id=made.public_id)

    return _run(form, act, "new", _("It is in the register now. Say next how it was published."))


@bp.get("/officer/publications/<public_id>")
@allow("publications:keep")
def entry(public_id: str) -> str:
    """One entry with each form in which it was published."""
    return render_template("publication/entry.html", entry=_find(public_id), **_words())


@bp.route("/officer/publications/<public_id>/postings/new", methods=["GET", "POST"])
@allow("publications:keep")
def post(public_id: str) -> Any:
    """Say in which form it was published, where, by whom, from when."""
    cleaned, refusal = _upload()  # before the first question: cleaning takes its time
    found, day = _find(public_id), clock.today()
    form = PostForm(seen=found.lock, from_on=day)

    def act() -> str:
        file = None
        if cleaned:
            subject = f"publication:{found.public_id}"
            file = keep_cleaned(cleaned[1], name=cleaned[0], subject=subject)
        how = actions.How(
            form=form.form.data,
            place=form.place.data or "",
            person=form.person.data or "",
            from_on=form.from_on.data,
            evidence=file,
        )
        actions.post(found, how, seen=form.seen_lock, on=day, by=current_person())
        return url_for("publication.entry", public_id=public_id)

    done = _("It is in the register now.")
    return _run(form, act, "post", done, refusal=refusal, entry=found)


@bp.route(
    "/officer/publications/<public_id>/postings/<int:posting_id>/removals/new",
    methods=["GET", "POST"],
)
@allow("publications:keep")
def take_down(public_id: str, posting_id: int) -> Any:
    """Say when it came down."""
    found, day = _find(public_id), clock.today()
    posting = queries.posting(posting_id, found.id) or abort(404)
    form = DownForm(to_on=day)

    def act() -> str:
        actions.take_down(posting, to_on=form.to_on.data, on=day, by=current_person())
        return url_for("publication.entry", public_id=public_id)

    done = _("It is in the register now.")
    return _run(form, act, "down", done, entry=found, posting=posting, forms=FORM_NAMES)


def asked(
    bodies: Sequence[tuple[str, str, int]],
) -> tuple[tuple[int, int], tuple[str, str, int] | None]:
    """The quarter and the body that the address names."""
    quarter = terms.read_quarter(request.args.get("quarter", ""), clock.today())
    code = request.args.get("agency", "")
    return quarter, next((body for body in bodies if body[0] == code), None)


def _run(
    form: FlaskForm,
    act: Callable[[], str],
    page: str,
    done: str,
    *,
    refusal: str = "",
    **shown: Any,
) -> Any:
    """Show the form, or write and go on; a refusal comes back with all that was typed."""
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate() and not refusal:
            try:
                to = act()
                commit()
            except (Refused, StaleDataError) as error:
                db.session.rollback()
                status = error.status if isinstance(error, Refused) else 409
                put_error(form, error if isinstance(error, Refused) else actions.stale())
                if isinstance(form, PostForm):
                    form.seen.data = str(shown["entry"].lock)
            else:
                flash(done)
                return redirect(to, 303)
        if refusal:
            form.form_errors.append(refusal)
    return render_template(f"publication/{page}.html", form=form, **shown), status


def _upload() -> tuple[tuple[str, Cleaned] | None, str]:
    upload = request.files.get("evidence")
    if upload is None or not upload.filename:
        return None, ""
    name = clean_name(upload.filename)
    try:
        return (name, clean_upload(upload.read(MAX_BYTES + 1))), ""
    except FileRefused as error:
        return None, f"{name}: {error.message}"


def _words() -> dict[str, Any]:
    """What each page of the register says with the same words."""
    day, calendar = clock.today(), load_calendar()
    return {
        "kinds": KIND_NAMES,
        "forms": FORM_NAMES,
        "clock_of": lambda one: terms.published(one.first_on, one.due_on, day, calendar),
        "hangs": lambda one: terms.hangs(one.least_on, one.to_on, day),
    }


def _agency() -> Agency:
    agency_id = current_person().agency_id
    return known(agency_id) if agency_id else abort(403)


def _find(public_id: str) -> Publication:
    return queries.entry(public_id, _agency().id) or abort(404)
