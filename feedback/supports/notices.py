"""Who is told what about supports: rows of the outbox, written with the change that caused them."""

from __future__ import annotations

from collections.abc import Sequence

from feedback.accounts.queries import Told, holders
from feedback.agencies import queries as agencies
from feedback.core import clock
from feedback.notifications.actions import enqueue_all, to_staff
from feedback.petitions import queries as files
from feedback.petitions.models import Petition
from feedback.supports.rules.thresholds import Threshold

DESK = "/officer/supports"


def tell_doubt(petition: Petition) -> None:
    """Moderators and the Front, once a day for each petition: supports came too many at once."""
    people = holders("moderator", "front")
    day = clock.today().isoformat()
    enqueue_all(
        [
            one
            for person in people
            for one in to_staff(
                person,
                "doubts",
                template="supports/staff_doubt",
                params={"title": petition.title, "reference": petition.reference, "link": DESK},
                dedupe_key=f"{petition.public_id}:{{channel}}:doubt:{person.public_id}:{day}",
            )
        ]
    )


def tell_reached(petition: Petition, threshold: Threshold) -> None:
    """The heads of the agency, the officer in charge (who gives it out where there is none) and the
    Front; for the province's leadership the heads of the body that the threshold names."""
    people: list[Told] = [*holders("head", "deputy", agency_id=petition.agency_id)]
    officer = petition.assignee
    if officer is not None:
        who = (officer.id, officer.public_id, officer.email, officer.locale)
        people.append(Told(*who, officer.notice_ways))
    elif petition.in_dispatch:
        people += holders("dispatcher")
    people += [*holders("front"), *_leadership(threshold)]
    params = {
        "title": petition.title,
        "reference": petition.reference,
        "agency": petition.agency.name,
        "number": threshold.number,
        "due": petition.due_on,
        "link": f"/petitions/{petition.public_id}",  # which all of them may read
    }
    enqueue_all(
        [
            one
            for key, person in {person.public_id: person for person in people}.items()
            for one in to_staff(
                person,
                "supported",
                template="supports/staff_reached",
                params=params,
                dedupe_key=f"{petition.public_id}:{{channel}}:reached:{threshold.effect}:{key}",
            )
        ]
    )


def _leadership(threshold: Threshold) -> Sequence[Told]:
    """Heads of the body named; of the focal agency where that body has none here."""
    if threshold.effect != "leadership":
        return ()
    body = agencies.by_code(threshold.tell) if threshold.tell else None
    told = holders("head", agency_id=body.id) if body else ()
    return told or holders("head", agency_id=files.focal_agency().id)
