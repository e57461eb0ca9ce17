"""The inbox of staff, and in a demonstration the folder that stands in for everybody's mail."""

from __future__ import annotations

from email.utils import parseaddr
from typing import Any

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from feedback.core import clock
from feedback.core.db import commit, db
from feedback.core.permissions import allow, current_person, demo_only, public
from feedback.core.words import language
from feedback.notifications import actions, pacing, queries
from feedback.notifications.channels import maildir, trial
from feedback.notifications.kinds import TRIALS

bp = Blueprint("notifications", __name__)

SHOWN = 50


@bp.get("/officer/inbox")
@allow("inbox:read")
def inbox() -> str:
    person = current_person()
    page = queries.inbox_page(person, after=request.args.get("after", ""), size=SHOWN)
    unread = queries.unread_count(person)
    return render_template("notifications/inbox/list.html", page=page, unread=unread)


@bp.post("/officer/inbox/<public_id>/read")
@allow("inbox:read")
def read_item(public_id: str) -> Response:
    item = queries.inbox_item(current_person(), public_id) or abort(404)
    actions.read([item])
    commit()
    return redirect(item.link or url_for("notifications.inbox"), 303)


@bp.post("/officer/inbox/read")
@allow("inbox:read")
def read_all() -> Response:
    actions.read(queries.unread(current_person()))
    commit()
    return redirect(url_for("notifications.inbox"), 303)


@bp.get("/hop-thu-thu")
@public
def trial_mail() -> str:
    demo_only()
    return render_template("notifications/trial_mail/list.html", mails=maildir.newest())


@bp.get("/hop-thu-thu/<key>")
@public
def trial_message(key: str) -> str:
    demo_only()
    mail = maildir.one(key) or abort(404)
    return render_template("notifications/trial_mail/show.html", mail=mail)


@bp.route("/admin/mail-tests/new", methods=["GET", "POST"])
@allow("site:manage")
def new_mail_test() -> Any:
    """Send a message to oneself, and see what the mail server says to it."""
    address, tried, refused = current_person().email, None, False
    if request.method == "POST":
        refused = not pacing.may_go(trial.TEMPLATE, address, now=clock.now())
        db.session.rollback()  # the database waits for nobody while the mail server takes its time
        tried = None if refused else trial.send_to(address, language())
    page = render_template(
        "notifications/mail_test/new.html",
        address=address,
        tried=tried,
        said=TRIALS[tried.outcome] if tried else (),
        refused=refused,
        most=trial.A_DAY,
        server=trial.server(),
        sender=parseaddr(current_app.config["MAIL_FROM"])[1],
    )
    return page, 429 if refused else 200
