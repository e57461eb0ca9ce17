"""How the site works, what it does not take, and what it does with personal data."""

from __future__ import annotations

from contextlib import nullcontext

from flask import render_template, request

from feedback.core.permissions import demo_only, public
from feedback.core.reading import asked_language
from feedback.core.words import speaking
from feedback.pages import samples
from feedback.pages.views import bp


@bp.get("/guide")
@public
def guide() -> str:
    return render_template("pages/guide/show.html")


@bp.get("/guide/complaint")
@public
def guide_complaint() -> str:
    """A complaint has its own law, body and terms."""
    return render_template("pages/guide/complaint.html")


@bp.get("/guide/denunciation")
@public
def guide_denunciation() -> str:
    """Never taken on a public site: where, when, with which paper, and what the law protects."""
    return render_template("pages/guide/denunciation.html")


@bp.get("/privacy")
@public
def privacy() -> str:
    return render_template("pages/guide/privacy.html")


@bp.get("/offline")
@public
def offline() -> str:
    """What a phone keeps beforehand, to show it when the line is gone; it names its reader's language."""
    named = request.args.get("lang")
    with speaking(asked_language(named)) if named else nullcontext():
        return render_template("pages/offline.html")


@bp.get("/kieu-mau")
@public
def style() -> str:
    """Every component in every state; demonstration only."""
    demo_only()
    return render_template("pages/style.html", **samples.shown())
