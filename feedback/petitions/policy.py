"""Who may do what to which file. Answers yes or no from what is already loaded; never queries."""

from __future__ import annotations

from collections.abc import Sequence

from feedback.accounts.models import Person
from feedback.petitions.models import Attachment, Part, Petition
from feedback.petitions.rules.states import moves_from

# verb of the table → permission that its actor needs at the desk
PERMISSION_OF = {
    "receive": "petitions:receive",
    "assign": "petitions:assign",
    "transfer": "petitions:transfer",
    "ask_part": "petitions:ask_part",
    "send_for_approval": "petitions:answer",
    "approve": "petitions:approve",
    "send_back": "petitions:approve",
    "ask_resident": "petitions:ask_resident",
    "extend": "petitions:extend",
    "decline": "petitions:screen",
    "guide": "petitions:screen",
    "merge": "petitions:screen",
}
AS_HEAD = "petitions:approve_as_head"  # what many people ask for is decided in person
# only the officer to whom the file was given
OF_THE_ASSIGNEE = frozenset(
    {
        "petitions:answer",
        "petitions:ask_part",
        "petitions:ask_resident",
        "petitions:extend",
    }
)


def may_read(person: Person, petition: Petition) -> bool:
    """Staff of the agency that has the file; dispatchers and the Front see every unsealed file."""
    if petition.state == "sealed":
        return False
    return _of_agency(person, petition) or person.may("petitions:read_all")


def may_read_attachment(
    person: Person | None, attachment: Attachment, *, own: bool, parts: Sequence[Part] = ()
) -> bool:
    """``own``: this browser follows the petition. The public sees what was screened for it, the sender
    all that she sent, staff whatever they may read, and so do the bodies that owe a part."""
    petition = attachment.petition
    if petition.state == "sealed":
        return False
    if own or (attachment.is_public and petition.is_public):
        return True
    if person is None or person.agency_id is None:
        return False
    asked = any(part.agency_id == person.agency_id for part in parts)
    return asked or may_read(person, petition)


def holds(person: Person, petition: Petition, permission: str) -> bool:
    """Does the person hold this right over this very file (whatever its state)?

    An answer, a question and a request for more time come from the officer to whom the file was given.
    """
    if petition.in_dispatch:
        return _holds_in_dispatch(person, petition, permission)
    if not person.may(permission) or not _of_agency(person, petition):
        return False
    return permission not in OF_THE_ASSIGNEE or petition.assignee_id == person.id


def is_with_another(person: Person, petition: Petition, permission: str) -> bool:
    """Would it be hers to do if the file were given to her?"""
    if permission not in OF_THE_ASSIGNEE or petition.in_dispatch:
        return False
    return person.may(permission) and _of_agency(person, petition)


def _holds_in_dispatch(person: Person, petition: Petition, permission: str) -> bool:
    """What lies in the dispatch queue is the dispatchers' to screen and to pass on. A refusal that one
    of them proposed is decided by another one or by a head of the focal agency."""
    if permission in {"petitions:transfer", "petitions:screen"}:
        return person.may("petitions:dispatch")
    if permission == "petitions:approve":
        head = person.may("petitions:approve") and _of_agency(person, petition)
        return head or person.may("petitions:dispatch")
    return False


def may_decide(person: Person, petition: Petition, proposed_by: int | None) -> bool:
    """May the person decide what somebody proposed on this file? Never her own proposal."""
    return proposed_by != person.id and holds(person, petition, "petitions:approve")


def may(person: Person, petition: Petition, verb: str) -> bool:
    """May the person make this move now: the right over the file, and the table of moves."""
    if verb == "approve" and petition.head_answers and not person.may(AS_HEAD):
        return False
    return holds(person, petition, PERMISSION_OF[verb]) and any(
        move.verb == verb for move in moves_from(petition.state)
    )


def may_give_part(person: Person, part: Part) -> bool:
    """Whoever writes for the agency that was asked; whether it is still wanted is the verb's to say."""
    return person.may("petitions:give_part") and person.agency_id == part.agency_id


def may_show_part(person: Person, petition: Petition) -> bool:
    """The head of the agency that has the file decides what the public reads of the parts."""
    return holds(person, petition, "petitions:approve")


def _of_agency(person: Person, petition: Petition) -> bool:
    return person.agency_id is not None and person.agency_id == petition.agency_id
