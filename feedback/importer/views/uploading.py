"""A document comes in: as a plan, or as a newer version of one."""

from __future__ import annotations

import hashlib
from typing import Any

from flask import abort, redirect, render_template, url_for

from feedback.core.db import commit
from feedback.core.errors import Refused
from feedback.core.permissions import allow, current_person
from feedback.core.text import clean_line
from feedback.files.actions import keep
from feedback.importer import actions, queries
from feedback.importer.errors import NotAPlan
from feedback.importer.forms import SENTENCES, UploadForm
from feedback.importer.isolated import parse_isolated
from feedback.importer.models import Reading
from feedback.importer.readers import READERS
from feedback.importer.views import bp
from feedback.plans.actions import Source
from feedback.plans.models import Plan


@bp.route("/new", methods=["GET", "POST"])
@allow("plans:import")
def upload() -> Any:
    """Read a document into a draft."""
    return _upload(None)


@bp.route("/<int:plan_id>/versions/new", methods=["GET", "POST"])
@allow("plans:import")
def new_version(plan_id: int) -> Any:
    """Read a newer document of a published plan."""
    plan = queries.published(plan_id)
    if plan is None:
        abort(404)
    return _upload(plan)


def _upload(plan: Plan | None) -> Any:
    form = UploadForm()
    if form.validate_on_submit():
        try:
            made = _read(form, plan)
            commit()
            return redirect(url_for("importer.review", reading_id=made.id), 303)
        except NotAPlan as error:
            form.file.errors = [SENTENCES[error.code]]
        except Refused as error:
            form.file.errors = [error.message]
    status = 422 if form.is_submitted() else 200
    endings = ",".join(READERS)
    page = render_template("importer/plan/new.html", form=form, plan=plan, endings=endings)
    return page, status


def _read(form: UploadForm, plan: Plan | None) -> Reading:
    data, name = form.file.data.read(), clean_line(form.file.data.filename)[:200]
    person = current_person()
    commit()  # whoever else writes must not wait for the child that reads
    read = parse_isolated(data, name)
    source = Source(name=name, sha256=hashlib.sha256(data).hexdigest())
    made = actions.make(read, source=source, plan=plan, by=person)
    keep(data, name=name, media_type="application/octet-stream", subject=f"reading:{made.id}")
    return made
