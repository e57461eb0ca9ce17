"""What people are told about their access."""

from __future__ import annotations

from feedback.accounts.models import Person
from feedback.core.ids import public_id
from feedback.notifications.actions import enqueue


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
