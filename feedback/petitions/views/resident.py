"""What a resident does with her own file: answer a question, take it back, say that the answer is not enough."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import redirect, url_for
from flask_babel import gettext as _

from feedback.core import clock
from feedback.core.permissions import public
from feedback.petitions import queries
from feedback.petitions.actions import ending, judging, waiting
from feedback.petitions.forms.resident import DisputeForm, SenderForm, SupplyForm, WithdrawForm
from feedback.petitions.models import Petition
from feedback.petitions.rules import sender
from feedback.petitions.views import bp
from feedback.petitions.views.follow import ask_code_first, other_file, own
from feedback.petitions.views.moves import run


def on_own_file(page: Callable[[Petition], Any]) -> Callable[[], Any]:
    """Give the page the file of this browser; without one, ask for the code."""

    @wraps(page)
    def found() -> Any:
        petition = own()
        if petition is None:
            return ask_code_first()
        if petition.state == "sealed":  # nothing of it is shown any more
            return redirect(url_for("petitions.follow"))
        return page(petition)

    return found


@bp.route("/track/file/supplies/new", methods=["GET", "POST"])
@public
@on_own_file
def supply(petition: Petition) -> Any:
    """Answer the agency's question; the clock runs on."""
    form = SupplyForm(seen=petition.lock)

    def act() -> None:
        waiting.supply(petition, reply=form.reply.data or "", on=clock.today())

    done = _("Your answer was sent. The agency's clock runs on.")
    asked = queries.open_request(petition) if petition.state == "needs_info" else None
    return run_on_own(form, petition, act, "petitions/supply/new.html", done, asked=asked)


@bp.route("/track/file/withdrawals/new", methods=["GET", "POST"])
@public
@on_own_file
def withdraw(petition: Petition) -> Any:
    """Take the petition back: the file ends for good."""
    form = WithdrawForm(seen=petition.lock)

    def act() -> None:
        ending.withdraw(petition, words=form.words.data or "", on=clock.today())

    done = _("You have taken your petition back. The file has ended.")
    return run_on_own(form, petition, act, "petitions/withdrawal/new.html", done)


@bp.route("/track/file/disputes/new", methods=["GET", "POST"])
@public
@on_own_file
def dispute(petition: Petition) -> Any:
    """The answer is not enough: once, within 30 days after it."""
    form = DisputeForm(seen=petition.lock)

    def act() -> None:
        judging.dispute(petition, reason=form.reason.data or "", on=clock.today())

    done = _("The file is open again. The agency and the Fatherland Front have been told.")
    last_on = sender.dispute_until(petition.answered_on) if petition.answered_on else None
    return run_on_own(form, petition, act, "petitions/dispute/new.html", done, last_on=last_on)


def run_on_own(
    form: SenderForm,
    petition: Petition,
    act: Callable[[], None],
    template: str,
    done: str,
    *,
    to: str = "",
    **shown: Any,
) -> Any:
    """``bars`` is asked while the page is made: a refused form shows where the file stands by then."""
    meant, form.file.data = form.file.data, petition.public_id

    def act_on_this() -> None:
        if meant != petition.public_id:
            raise other_file()
        act()

    to, shown["bars"] = to or url_for("petitions.follow"), lambda: bars(petition)
    return run(form, petition, act_on_this, template, done, to=to, **shown)


def bars(petition: Petition) -> dict[str, str]:
    """For each thing that a sender can do: why it is not possible now, or nothing."""
    on, state, answered_on = clock.today(), petition.state, petition.answered_on
    return {
        "supply": sender.supply_bar(state),
        "withdraw": sender.withdraw_bar(state),
        "dispute": sender.dispute_bar(state, answered_on, disputed=petition.was_disputed, on=on),
    }
