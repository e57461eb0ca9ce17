"""Who is told what about a request concerning one's own data: the desk that decides it, and whoever asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from feedback.accounts.queries import holders
from feedback.accounts.rules.addresses import canonical_phone, is_mobile
from feedback.core import texting
from feedback.core.text import is_mail_address
from feedback.notifications.actions import Message, enqueue_all, message, to_staff
from feedback.petitions.models import DataRequest
from feedback.petitions.rules.consents import may_tell

DECIDES = "admin"  # whose role carries data:decide
TEXTED = frozenset({"ended"})  # of these a text message goes out where no e-mail can


@dataclass(frozen=True, slots=True)
class Reached:
    """Where somebody can be told: an e-mail address, else a mobile number as +84…; empty for nowhere."""

    email: str = ""
    phone: str = ""


def tell_desk_data_asked(request: DataRequest) -> None:
    """The officers for personal data, in their inbox and by mail: two working days are short."""
    params = {**_base(request), "link": "/officer/data-requests"}
    enqueue_all(
        [
            one
            for person in holders(DECIDES)
            for one in to_staff(
                person,
                "data",
                template="petitions/staff_data_asked",
                params=params,
                dedupe_key=f"data:{request.public_id}:{{channel}}:{person.public_id}",
            )
        ]
    )


def reached_at(request: DataRequest) -> Reached:
    """Where whoever asked is told. Nowhere where she wants no word of her file at all; whoever asked for
    an account has just proved its address."""
    if request.address:
        phone = request.address if request.address.startswith("+") else ""
        return Reached(email="" if phone else request.address, phone=phone)
    contact = request.petition.contact
    if contact is None or not may_tell(request.petition.notices, "data_ended"):
        return Reached()
    phone = canonical_phone(contact.phone)
    return Reached(contact.email or "", phone if is_mobile(phone) else "")


def tell_asker(request: DataRequest, what: str, *, to: Reached | None = None) -> None:
    """Asked (with both dates), replied, or ended with the decision: by e-mail; where there is only a
    mobile number, the end alone as a text message, if the operator has a gateway."""
    to = to or reached_at(request)
    params = {**_base(request), "words": request.answer, "link": "/track"}
    params["outcome"] = request.state if request.kind != "correct" else f"correct_{request.state}"
    said: list[Message] = []
    if is_mail_address(to.email):
        said = [_said("email", to.email, request, what, params)]
    elif to.phone and what in TEXTED and texting.offered():
        said = [_said("sms", to.phone, request, what, params)]
    enqueue_all(said)


def _said(
    channel: str, address: str, request: DataRequest, what: str, params: dict[str, Any]
) -> Message:
    return message(
        channel,
        to=address,
        template=f"petitions/data_{what}",
        params=params,
        dedupe_key=f"data:{request.public_id}:asker_{what}",
        locale=request.petition.locale,
    )


def _base(request: DataRequest) -> dict[str, Any]:
    return {
        "reference": request.petition.reference,
        "kind": request.kind,
        "reply_due": request.reply_due_on,
        "due": request.due_on,
    }
