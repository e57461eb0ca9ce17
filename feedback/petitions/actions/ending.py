"""Ends without an answer: declined, guided, merged, withdrawn, sealed. Each has a reason and a next step."""

from __future__ import annotations

from datetime import date

from flask_babel import lazy_gettext as _l

from feedback.accounts.models import Person
from feedback.core import clock
from feedback.core.db import db
from feedback.core.errors import Conflict, Refused
from feedback.core.text import word_count
from feedback.petitions import notices, queries
from feedback.petitions.actions import following
from feedback.petitions.actions.move import enter, may_move, record, touch
from feedback.petitions.models import Outcome, Petition, Sealing, TurnDown
from feedback.petitions.rules.codes import DECLINE_REASONS
from feedback.petitions.rules.states import ENDED_STATES


def propose_decline(petition: Petition, *, reason_code: str, words: str, by: Person) -> Outcome:
    """The screener proposes; nothing changes for the resident until a second person confirms.

    Raises Refused while another proposal is open. One that was turned down may be proposed anew.
    """
    may_move(petition, "decline")
    if reason_code not in DECLINE_REASONS:
        raise Refused(_l("Choose a reason."), field="reason_code")
    if not word_count(words):
        raise Refused(_l("Tell the resident what she can do next."), field="words")
    if queries.open_refusal(petition) is not None:
        raise Refused(
            _l("A refusal is proposed already. It must be decided first."), code="proposed_already"
        )
    outcome = _outcome(petition, "declined", reason_code=reason_code, words=words, by=by)
    touch(petition)
    db.session.flush()
    fields = {"reason": (reason_code, "party"), "next_step": (words, "party")}
    record(petition, "petition:decline_proposed", by=by, fields=fields)
    notices.tell_deciders_decline_proposed(petition, outcome)
    return outcome


def confirm_decline(petition: Petition, outcome: Outcome | None, *, on: date, by: Person) -> None:
    """A second person agrees: the petition is declined and the resident is told why. Raises Conflict
    when the proposal is no longer the open one (None: there is none)."""
    may_move(petition, "decline")
    outcome = _still_open(petition, outcome, by)
    outcome.confirmed_by_id = by.id
    outcome.confirmed_at = clock.now()
    enter(petition, "declined", on=on)
    petition.closed_on = on
    fields = {"reason": (outcome.reason_code, "public"), "next_step": (outcome.words, "party")}
    record(petition, "petition:declined", by=by, fields=fields, clock=True)
    notices.tell_resident_ended(petition, outcome)
    following.forget(petition)


def turn_down_decline(
    petition: Petition, outcome: Outcome | None, *, note: str, by: Person
) -> TurnDown:
    """A second person says no: the file goes on as if nothing had been proposed, and the proposer
    reads why. Raises Conflict when the proposal is no longer the open one."""
    may_move(petition, "decline")
    outcome = _still_open(petition, outcome, by)
    if not word_count(note):
        raise Refused(_l("Say in a few words why not."), field="note")
    turned = TurnDown(outcome=outcome, by_id=by.id, note=note)
    db.session.add(turned)
    touch(petition)
    record(petition, "petition:decline_turned_down", by=by, fields={"note": (note, "party")})
    notices.tell_proposer_decline_turned_down(petition, outcome, note)
    return turned


def _still_open(petition: Petition, outcome: Outcome | None, by: Person) -> Outcome:
    if outcome is None or queries.open_refusal(petition) is not outcome:
        raise Conflict(_l("Somebody has decided this already, or the file has moved on."))
    if outcome.by_id == by.id:
        raise Refused(_l("You proposed it, so another person must confirm."), code="own_request")
    return outcome


def guide(petition: Petition, *, words: str, on: date, by: Person) -> Outcome:
    """Tell the resident which body it is for, where, when, with which paper."""
    may_move(petition, "guide")
    if not word_count(words):
        raise Refused(_l("Write which body it is for, where, when, which paper."), field="words")
    outcome = _outcome(petition, "guided", words=words, by=by)
    _end(petition, "guided", outcome, on=on, by=by, fields={"guidance": (words, "party")})
    return outcome


def check_merge(petition: Petition, into: Petition | None) -> Petition:
    """The file to join to. Raises Refused for none, for one that is not public or ended without an
    answer, and for one that was sent later: joining must not make anybody wait longer."""
    may_move(petition, "merge")
    if into is None:
        sentence = _l("No public file has this number or address.")
    elif into.id == petition.id or not into.is_public:
        sentence = _l("Choose another public file to join it to.")
    elif into.state in ENDED_STATES:
        sentence = _l("That file has ended without an answer. Choose another one.")
    elif (into.submitted_on, into.id) > (petition.submitted_on, petition.id):
        sentence = _l("That file was sent later. Join the newer one to the older one.")
    else:
        return into
    raise Refused(sentence, field="into")


def merge(petition: Petition, *, into: Petition | None, on: date, by: Person) -> Outcome:
    """Join a petition to an older public one about the same thing, whose answer is then hers too."""
    into = check_merge(petition, into)
    outcome = _outcome(petition, "merged", by=by)
    outcome.other = into
    _end(petition, "merged", outcome, on=on, by=by, fields={"into": (into.public_id, "public")})
    following.move(petition, into=into)
    return outcome


def withdraw(petition: Petition, *, words: str, on: date) -> Outcome:
    """The resident takes it back."""
    may_move(petition, "withdraw")
    outcome = _outcome(petition, "withdrawn", words=words, by=None)
    _end(petition, "withdrawn", outcome, on=on, by=None, fields={"words": (words, "party")})
    return outcome


def propose_seal(petition: Petition, *, by: Person) -> Sealing:
    """Mark as a denunciation: out of every public list at once, sealed when a second agrees."""
    may_move(petition, "seal")
    sealing = Sealing(petition_id=petition.id, by_id=by.id)
    db.session.add(sealing)
    petition.is_public = False
    record(petition, "petition:seal_proposed", by=by)
    return sealing


def confirm_seal(petition: Petition, sealing: Sealing, *, on: date, by: Person) -> None:
    """A second person agrees: only "sealed on day D" stays to be seen (Luật Tố cáo Đ.8, 56)."""
    may_move(petition, "seal")
    if sealing.by_id == by.id:
        raise Refused(_l("You proposed it, so another person must confirm."), code="own_request")
    sealing.confirmed_by_id = by.id
    sealing.confirmed_at = clock.now()
    enter(petition, "sealed", on=on)
    petition.is_public = False
    petition.closed_on = on
    following.forget(petition)
    record(petition, "petition:sealed", by=by)


def _outcome(
    petition: Petition, kind: str, *, reason_code: str = "", words: str = "", by: Person | None
) -> Outcome:
    outcome = Outcome(
        petition_id=petition.id,
        kind=kind,
        reason_code=reason_code,
        words=words,
        by_id=by.id if by else None,
    )
    db.session.add(outcome)
    return outcome


def _end(
    petition: Petition,
    state: str,
    outcome: Outcome,
    *,
    on: date,
    by: Person | None,
    fields: dict[str, tuple[str, str]],
) -> None:
    enter(petition, state, on=on)
    petition.closed_on = on
    record(petition, f"petition:{state}", by=by, fields=fields, clock=True)
    notices.tell_resident_ended(petition, outcome)
    if state == "withdrawn":
        notices.tell_agency_withdrawn(petition)
    if state != "merged":
        following.forget(petition)
