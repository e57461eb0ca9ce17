"""What the site holds about the sender of a file: to see, and what she agreed to."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from feedback.core.errors import Refused
from feedback.core.permissions import public
from feedback.petitions import queries
from feedback.petitions.actions import consenting
from feedback.petitions.forms.resident import ConsentForm
from feedback.petitions.models import Petition
from feedback.petitions.queries.consents import words_now
from feedback.petitions.rules.consents import PURPOSES
from feedback.petitions.views import bp
from feedback.petitions.views.resident import on_own_file, run_on_own


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
        if form.purpose.data not in PURPOSES:
            raise Refused(_("This consent does not exist."), code="unknown_purpose")
        if request.form.get("do") == "give":
            locale = str(get_locale() or "vi")
            words = words_now(form.purpose.data, locale)
            consenting.give(petition, purpose=words.purpose, version=words.version, locale=locale)
        else:
            consenting.withdraw_consent(petition, purpose=form.purpose.data)

    back = url_for("petitions.own_data", _anchor="dong-y")
    return run_on_own(
        form, petition, act, "petitions/owndata/show.html", _said(), to=back, **_shown(petition)
    )


def _said() -> str:
    if request.form.get("do") == "give":
        return _("Thank you. What you agreed to is kept, with the day and the words.")
    return _("Taken back. It holds from this moment.")


def _page(petition: Petition, form: ConsentForm) -> str:
    return render_template(
        "petitions/owndata/show.html", petition=petition, form=form, **_shown(petition)
    )


def _shown(petition: Petition) -> dict[str, Any]:
    agreed = queries.consents_of(petition)
    locale = str(get_locale() or "vi")
    return {
        "purposes": [words_now(purpose, locale) for purpose in PURPOSES],
        "standing": queries.standing(agreed),
        "agreed": [(one, queries.words_of(one)) for one in agreed],
        "attachments": queries.attachments_of(petition),
    }
