"""Who may do what to which file. Answers yes or no from what is already loaded; never queries."""

from __future__ import annotations

from feedback.accounts.models import Person
from feedback.petitions.models import Petition
from feedback.petitions.rules.states import moves_from


def may_read(person: Person, petition: Petition) -> bool:
    """Staff of the agency that has the file; dispatchers and the Front see every unsealed file."""
    if petition.state == "sealed":
        return False
    return _of_agency(person, petition) or person.may("petitions:read_all")


def may_receive(person: Person, petition: Petition) -> bool:
    if petition.in_dispatch:
        return False
    return _allowed(person, petition, "receive", "petitions:receive")


def may_assign(person: Person, petition: Petition) -> bool:
    return _allowed(person, petition, "assign", "petitions:assign")


def may_transfer(person: Person, petition: Petition) -> bool:
    """The head of the agency that has it; the dispatcher for what lies in the dispatch queue."""
    if petition.in_dispatch:
        return person.may("petitions:dispatch") and _table_allows(petition, "transfer")
    return person.may("petitions:transfer") and _allowed(
        person, petition, "transfer", "petitions:transfer"
    )


def may_answer(person: Person, petition: Petition) -> bool:
    """The officer to whom the file was given."""
    return (
        _allowed(person, petition, "send_for_approval", "petitions:answer")
        and petition.assignee_id == person.id
    )


def may_approve(person: Person, petition: Petition) -> bool:
    """A head of the agency; that it is not the author is the verb's business, with its own sentence."""
    return _allowed(person, petition, "approve", "petitions:approve")


def may_send_back(person: Person, petition: Petition) -> bool:
    return _allowed(person, petition, "send_back", "petitions:approve")


def may_screen(person: Person, petition: Petition) -> bool:
    return _of_agency(person, petition) and person.may("petitions:screen")


def _allowed(person: Person, petition: Petition, verb: str, permission: str) -> bool:
    return (
        person.may(permission)
        and _of_agency(person, petition)
        and _table_allows(petition, verb)
    )


def _of_agency(person: Person, petition: Petition) -> bool:
    return person.agency_id is not None and person.agency_id == petition.agency_id


def _table_allows(petition: Petition, verb: str) -> bool:
    return any(move.verb == verb for move in moves_from(petition.state))
