"""What people are told about their access."""

from __future__ import annotations

from datetime import date

from feedback.accounts.models import Person
from feedback.accounts.queries import Digest
from feedback.core.ids import public_id
from feedback.notifications.actions import DIGEST, enqueue

IN_A_DIGEST = 30  # lines; of the rest the number is told


def tell_person_invited(person: Person, token: str) -> None:
    enqueue(
        "email",
        to=person,
        template="accounts/invitation",
        params={"name": person.name, "link": f"/invitations/{token}"},
        dedupe_key=f"invitation:{public_id()}",  # not the row's number: it comes again after old rows went
    )


def tell_resident_code(to: str, code: str, locale: str, *, channel: str) -> None:
    enqueue(
        channel,
        to=to,
        template="accounts/code",
        params={"code": code},
        dedupe_key=f"contact-code:{public_id()}",
        locale=locale,
    )


def tell_digest(digest: Digest, *, on: date) -> bool:
    """The mail of one morning. False if it was made already."""
    lines = digest.lines[:IN_A_DIGEST]
    return enqueue(
        "email",
        to=digest.person,
        template=DIGEST,
        params={
            "lines": [{"subject": subject, "link": link} for subject, link in lines],
            "number": len(digest.lines),
            "more": len(digest.lines) - len(lines),
            "day": on,
        },
        dedupe_key=f"digest:{digest.person.public_id}:{on.isoformat()}",
    )
