"""Taking a file in, giving it to an officer, passing it on."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from flask_babel import lazy_gettext as _l

from feedback.accounts.models import Person
from feedback.agencies.models import Agency
from feedback.core import clock
from feedback.core.db import db
from feedback.core.errors import Refused
from feedback.core.text import word_count
from feedback.petitions import notices, queries
from feedback.petitions.actions.move import enter, may_move, record
from feedback.petitions.actions.screening import screen
from feedback.petitions.models import Allocation, Leg, Petition
from feedback.petitions.rules import deadlines
from feedback.workdays.queries import load_calendar

MAX_TRANSFERS = 2  # the third goes to the focal agency, which decides


def receive(
    petition: Petition,
    *,
    show: bool,
    pictures: Collection[str] = (),
    pin: bool = False,
    on: date,
    by: Person,
) -> None:
    """The agency takes the file in and says whether the public may see it, and which of the pictures
    and papers that came along, and the pin (screening). ``pictures``: their public ids."""
    may_move(petition, "receive")
    enter(petition, "received", on=on)
    petition.is_public = show
    petition.screened_by_id = by.id
    petition.screened_at = clock.now()
    shown = screen(petition, pictures if show else (), pin=pin and show)
    fields = {"public": (str(show).lower(), "public"), **shown}
    record(petition, "petition:received", by=by, fields=fields)
    notices.tell_resident_received(petition)


def assign(petition: Petition, *, officer: Person, on: date, by: Person) -> None:
    """Give the file to an officer of the agency that has it, or from one officer to another."""
    may_move(petition, "assign")
    if officer.id == petition.assignee_id:
        raise Refused(_l("This officer has the file already."), field="officer", code="has_it")
    if officer.agency_id != petition.agency_id or "officer" not in officer.roles:
        raise Refused(_l("Choose an officer of your own agency."), field="officer")
    former, petition.assignee = petition.assignee, officer
    enter(petition, "in_progress", on=on)
    given = Allocation(petition_id=petition.id, officer_id=officer.id, by_id=by.id)
    db.session.add(given)
    db.session.flush()
    fields = {"officer": (officer.public_id, "party")}
    record(petition, "petition:assigned", by=by, fields=fields)
    notices.tell_officer_assigned(petition, given)
    notices.tell_officer_moved_on(petition, former, to=officer.name, by=by)


def transfer(petition: Petition, *, to: Agency, reason: str, on: date, by: Person) -> None:
    """Pass the file to another agency. The resident's clock runs on; a new leg begins.

    The first holder passes on within PAKN_TRANSFER (NĐ 20/2008 Đ.9); after two transfers the file
    goes to the focal agency, which decides. Nothing is ever passed to a body that no longer exists.
    """
    may_move(petition, "transfer")
    if not word_count(reason):
        raise Refused(_l("Give the reason; the resident will read it."), field="reason")
    if not to.exists_on(on):
        raise Refused(_l("This body no longer exists. Choose one of today."), field="agency")
    if to.id == petition.agency_id and not petition.in_dispatch:
        raise Refused(_l("The file is already there."), field="agency")
    former, (to, dispatch) = petition.assignee, _or_focal(petition, to)
    _next_leg(petition, to, reason_kind="transfer", reason=reason, on=on, by=by)
    petition.in_dispatch = dispatch
    enter(petition, "submitted", on=on)
    fields = {
        "to": (to.code, "public"),
        "leg": (str(petition.leg_number), "public"),
        "leg_due": (petition.leg.due_on.isoformat(), "public"),
        "reason": (reason, "public"),
    }
    record(petition, "petition:transferred", by=by, fields=fields, clock=True)
    notices.tell_agency_arrived(petition)
    notices.tell_resident_transferred(petition)
    notices.tell_officer_moved_on(petition, former, to=to.name, by=by, link="/officer")


def goes_to_focal(petition: Petition) -> bool:
    """Has the file been passed on so often that the focal agency now decides who answers?"""
    moves = sum(leg.reason_kind == "transfer" for leg in petition.legs)
    return moves >= MAX_TRANSFERS and not petition.in_dispatch


def _or_focal(petition: Petition, to: Agency) -> tuple[Agency, bool]:
    return (queries.focal_agency(), True) if goes_to_focal(petition) else (to, False)


def _next_leg(
    petition: Petition, to: Agency, *, reason_kind: str, reason: str, on: date, by: Person | None
) -> None:
    if not to.exists_on(on):  # the one place by which a file changes hands, but for reorganisations
        raise Refused(_l("This body no longer exists. Choose one of today."), field="agency")
    rule = queries.term_on(petition.term_code, on)
    petition.leg.ended_on = on
    petition.leg_number += 1
    petition.agency = to
    petition.assignee = None
    petition.legs.append(
        Leg(
            number=petition.leg_number,
            reason_kind=reason_kind,
            reason=reason,
            agency=to,
            by_id=by.id if by else None,
            started_on=on,
            due_on=deadlines.leg_due(on, rule, load_calendar()),
        )
    )


def reopen(petition: Petition, *, reason: str, on: date) -> None:
    """Begin the leg that a dispute opens; its own date becomes the resident's new date.

    The body that answered has it again, or the one that followed; without its officer the file waits
    to be handed out, for an open file without an officer could not be answered again.
    """
    officer, (to, dispatch) = petition.assignee, queries.holder_on(petition, on)
    same = to.id == petition.agency_id and not dispatch
    along = officer is not None and officer.agency_id == to.id and not dispatch
    _next_leg(petition, to, reason_kind="reopened", reason=reason, on=on, by=None)
    petition.assignee = officer if same or along else None
    petition.in_dispatch = dispatch
    petition.due_on = petition.leg.due_on
    petition.closed_on = None
    enter(petition, "in_progress" if same or along else "received", on=on)
