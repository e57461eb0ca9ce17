"""Suggestions while a petition is written: the piece of page that a script asks for after a pause.

Asked by POST, though it changes nothing: what somebody writes must not stand in an address, for addresses
are kept in logs of servers and proxies and in the browser's history.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from flask import render_template, request
from flask_wtf import FlaskForm

from feedback.agencies.queries import known_commune
from feedback.core import clock
from feedback.core.db import reading
from feedback.core.permissions import public
from feedback.core.text import whole
from feedback.petitions.forms.resident import MAX_TITLE
from feedback.petitions.queries.suggesting import Offers, Writing, offers
from feedback.petitions.views import bp
from feedback.plans import queries as plans

ASKED = ("title", "text", "kind", "commune", "item")


@bp.post("/submit/suggestions")
@public
def suggest() -> str:
    """What fits the words so far, as a piece of page; empty where nothing does."""
    with reading():
        typed = {name: request.form.get(name, "") for name in ASKED}
        return render_template(
            "petitions/submission/_suggestions.html", offers=_offers(typed), chosen=_chosen(typed)
        )


def pause(carried: Mapping[str, str], order: Sequence[str]) -> str:
    """Once, after the first step: the page that shows what fits. Empty where nothing does, and where
    she has seen it already, here or while she wrote."""
    if carried["suggested"]:
        return ""
    typed = {**request.form.to_dict(), **carried}
    found = _offers(typed)
    if _chosen(carried):
        found = replace(found, items=())
    if not found:
        return ""
    chosen = plans.item_now(_chosen(carried), clock.today()) if carried["item"] else None
    return render_template(
        "petitions/submission/suggested.html",
        form=FlaskForm(),
        step="what",
        order=order,
        carried={**carried, "suggested": "1"},
        offers=found,
        item=chosen,
        chosen=0,
    )


def _offers(typed: Mapping[str, str]) -> Offers:
    commune = known_commune(typed["commune"], clock.today())
    writing = Writing(
        title=typed["title"][:MAX_TITLE],
        text=typed["text"],
        kind=typed["kind"],
        commune=commune,
        item_id=_chosen(typed) or None,
    )
    return offers(writing, on=clock.today())


def _chosen(typed: Mapping[str, str]) -> int:
    return whole(typed["item"])
