"""A document comes in: as a plan, or as a newer version of one."""

from __future__ import annotations

import hashlib
from typing import Any

from flask import Flask, abort, current_app, redirect, render_template, url_for

from feedback.core.db import commit, db
from feedback.core.permissions import allow, current_person
from feedback.core.text import clean_line
from feedback.core.words import language
from feedback.importer import actions, queries
from feedback.importer.forms import SENTENCES, UploadForm
from feedback.importer.models import Upload
from feedback.importer.readers import READERS
from feedback.importer.views import bp
from feedback.importer.views.aside import read_aside
from feedback.plans.actions import Source
from feedback.plans.models import Plan

PATIENCE_S = 4  # most files are read by then, and the review comes at once


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


@bp.get("/uploads/<public_id>")
@allow("plans:import")
def uploading(public_id: str) -> Any:
    """How far a long file is read; then the review, or why it could not be read."""
    upload = queries.upload(public_id) or abort(404)
    if upload.reading_id is not None:
        return redirect(url_for("importer.review", reading_id=upload.reading_id))
    lost = queries.is_silent(upload)
    refusal = SENTENCES.get(upload.code) if upload.code else None
    page = "importer/plan/uploading.html"
    return render_template(page, upload=upload, lost=lost, refusal=refusal)


def _upload(plan: Plan | None) -> Any:
    """A short file is read while she waits; of a long one the next page says how far it is."""
    form, failed = UploadForm(), ""
    if form.validate_on_submit():
        upload = _begin(form, plan)
        if upload.is_waiting:
            return redirect(url_for("importer.uploading", public_id=upload.public_id), 303)
        if upload.reading_id is not None:
            return redirect(url_for("importer.review", reading_id=upload.reading_id), 303)
        form.file.errors, failed = [SENTENCES[upload.code]], upload.name
    status = 422 if form.is_submitted() else 200
    endings = ",".join(READERS)
    shown = {"form": form, "plan": plan, "endings": endings, "failed": failed}
    return render_template("importer/plan/new.html", **shown), status


def _begin(form: UploadForm, plan: Plan | None) -> Upload:
    """Note the file, read it aside, and look after a moment what became of it."""
    data, name = form.file.data.read(), clean_line(form.file.data.filename)[:200]
    source = Source(name=name, sha256=hashlib.sha256(data).hexdigest())
    upload = actions.begin_upload(source, plan=plan, by=current_person())
    commit()
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    reading = read_aside(app, upload.id, data, locale=language())
    reading.join(PATIENCE_S)
    db.session.expire(upload)
    return upload
