"""The resident's word on an answer, and what the clock does by itself."""

from __future__ import annotations

from datetime import date, timedelta

from flask_babel import lazy_gettext as _l

from feedback.core.db import db
from feedback.core.errors import Refused
from feedback.core.text import word_count
from feedback.petitions import notices, queries
from feedback.petitions.actions import following
from feedback.petitions.actions.intake import reopen
from feedback.petitions.actions.move import enter, may_move, record
from feedback.petitions.actions.waiting import resume
from feedback.petitions.models import Dispute, Petition, Rating
from feedback.petitions.rules import sender

SENTENCES = {
    "too_late": _l("The 30 days after the answer are over."),
    "disputed_already": _l("This was asked again once already."),
}


def rate(petition: Petition, *, score: int, words: str) -> Rating:
    """One rating of the answer, 1 to 5. Raises Refused on a second one."""
    may_move(petition, "rate")
    answer = petition.answers[-1]
    if queries.rating_of(answer) is not None:
        raise Refused(_l("You have rated this answer already. Thank you."), code="rated_already")
    if not 1 <= score <= 5:
        raise Refused(_l("Choose from 1 to 5."), field="score")
    rating = Rating(answer_id=answer.id, petition_id=petition.id, score=score, words=words)
    db.session.add(rating)
    fields = {"score": (str(score), "public"), "words": (words, "party")}
    record(petition, "petition:rated", by=None, fields=fields)
    return rating


def dispute(petition: Petition, *, reason: str, on: date) -> Dispute:
    """Not satisfied: once, within 30 days, with a reason in words. Opens a new leg; the first on-time
    flag stays."""
    disputed = queries.dispute_of(petition) is not None
    bar = sender.dispute_bar(petition.state, petition.answered_on, disputed=disputed, on=on)
    if bar in SENTENCES:
        raise Refused(SENTENCES[bar], code=bar)
    may_move(petition, "dispute")
    if word_count(reason) < sender.MIN_REASON_WORDS:
        raise Refused(
            _l("Say what is still missing, in at least three words."),
            field="reason",
            code="too_short",
        )
    answer = petition.answers[-1]
    reopen(petition, reason=reason, on=on)
    db.session.flush()  # of two taps at once the second hears here that the file has changed
    found = Dispute(
        petition_id=petition.id, answer_id=answer.id, reason=reason, due_on=petition.due_on
    )
    db.session.add(found)
    record(petition, "petition:disputed", by=None, fields={"reason": (reason, "party")}, clock=True)
    notices.tell_agency_disputed(petition)
    return found


def mark_late(petition: Petition, *, on: date) -> None:
    """The clock marks a file that is past its day; the mark stays."""
    petition.late_marked_on = on
    record(petition, "petition:late", by=None, clock=True)
    notices.tell_agency_late(petition)
    notices.tell_resident_late(petition)


def close(petition: Petition, *, on: date) -> None:
    """Thirty days without dispute: the file closes."""
    may_move(petition, "close")
    enter(petition, "closed", on=on)
    petition.closed_on = on
    record(petition, "petition:closed", by=None)
    notices.tell_followers(petition, "closed")
    following.forget(petition)


def run_clock(*, on: date) -> dict[str, int]:
    """Everything that a day brings: waits that end, files that became late, answers that settled."""
    resumed = [p for p in queries.waits_that_end(on)]
    for petition in resumed:
        resume(petition, on=on)
    db.session.flush()
    late = queries.newly_late(on)
    for petition in late:
        mark_late(petition, on=on)
    settled = queries.settled(on - timedelta(days=sender.DISPUTE_DAYS))
    for petition in settled:
        close(petition, on=on)
    return {"resumed": len(resumed), "late": len(late), "closed": len(settled)}
