"""An act in preparation: entered, corrected, decided one by one, scheduled, thrown away."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm.attributes import flag_modified

from feedback import audit
from feedback.accounts.models import Person
from feedback.agencies import queries
from feedback.agencies.models import ActBody, ActChoice, ActDraft, ActLine, Agency
from feedback.agencies.rules.drafting import BEGINS
from feedback.core.db import db
from feedback.core.errors import Conflict, Refused
from feedback.core.text import fold

Fields = Mapping[str, tuple[str, str]]


@dataclass(frozen=True)
class Head:
    """What is said of an act as a whole."""

    title: str
    kind: str
    effective_on: date
    legal_basis: str = ""
    mark: str = "unverified"
    rehearsal: bool = False


def draft_act(head: Head, *, by: Person | None) -> ActDraft:
    """Begin an act; nothing of it holds yet."""
    draft = ActDraft(by_id=by.id if by else None, moved={}, **head.__dict__)
    db.session.add(draft)
    db.session.flush()
    _record(draft, "agency:act_drafted", by=by, fields=_said(draft))
    return draft


def change_act(draft: ActDraft, head: Head, *, seen: int, by: Person) -> None:
    """Correct the title, the day, the legal basis or the kind while it is a draft."""
    _check(draft, seen)
    for name, value in head.__dict__.items():
        setattr(draft, name, value)
    _record(draft, "agency:act_changed", by=by, fields=_said(draft))


def put_body(
    draft: ActDraft,
    *,
    part: str,
    agency: Agency | None = None,
    name: str = "",
    short_name: str = "",
    level: str = "",
    place_name: str = "",
    seen: int,
    by: Person | None,
) -> ActBody:
    """Add a body that ends, that stays, or (by its name) that begins. Raises Refused without one, and
    for one that is in the act already."""
    _check(draft, seen)
    if part == BEGINS and not (name and level):
        raise Refused(_l("Write the name of the new body and choose its level."), field="name")
    if part != BEGINS and agency is None:
        raise Refused(_l("Choose a body of the registry."), field="agency")
    if agency is not None and any(body.agency_id == agency.id for body in draft.bodies):
        raise Refused(_l("This body is in the act already."), field="agency")
    if agency is not None:
        name, short_name, level = agency.name, agency.short_name, agency.level
    body = ActBody(part=part, agency=agency, name=name, short_name=short_name or name[:120])
    body.level, body.place_name = level, place_name
    draft.bodies.append(body)
    _changed(draft, by, body=name, part=part)
    return body


def drop_body(draft: ActDraft, body: ActBody, *, seen: int, by: Person) -> None:
    """Take a body out, with the lines that name it and the decisions that lead to it."""
    _check(draft, seen)
    for line in [one for one in draft.lines if body.id in {one.giver_id, one.taker_id}]:
        draft.lines.remove(line)
    for choice in [one for one in draft.choices if one.choice == f"to:{body.id}"]:
        draft.choices.remove(choice)
    db.session.flush()
    draft.bodies.remove(body)
    _changed(draft, by, body=body.name, part="dropped")


def put_line(
    draft: ActDraft,
    *,
    giver: ActBody,
    taker: ActBody,
    function: str = "",
    keywords: str = "",
    is_main: bool = False,
    seen: int,
    by: Person | None,
) -> ActLine:
    """Say who takes over what. ``keywords``: words of texts that show that they touch the function,
    parted by commas; without a function it is the whole body."""
    _check(draft, seen)
    words = {fold(word): word.strip() for word in re.split("[|;,]", keywords)}
    line = ActLine(giver=giver, taker=taker, function=function)
    line.is_main = is_main and not function
    line.keywords = "|".join(word for folded, word in words.items() if folded)[:400]
    draft.lines.append(line)
    _changed(draft, by, giver=giver.name, taker=taker.name, function=function)
    return line


def drop_line(draft: ActDraft, line: ActLine, *, seen: int, by: Person) -> None:
    """Take a line out again."""
    _check(draft, seen)
    draft.lines.remove(line)
    _changed(draft, by, giver=line.giver.name, function=line.function, part="dropped")


def decide(
    draft: ActDraft, answers: Mapping[tuple[str, str], str], *, seen: int, by: Person
) -> int:
    """Remember where things go that are not clear, each as a person said: {(mover, subject): choice}.

    Returns how many were new or different. Raises Refused for what is no question of this act, or for
    an answer that was not offered, and then remembers none.
    """
    if not draft.is_open:
        raise Refused(_l("This act has been carried out or thrown away."), code="not_open")
    if draft.lock != seen:
        raise stale()
    wanted: dict[str, set[str]] = {}
    for mover, subject in answers:
        wanted.setdefault(mover, set()).add(subject)
    things = queries.things_named(queries.act_of(draft), wanted)
    kept = {(one.mover, one.subject): one for one in draft.choices}
    number = 0
    for key, choice in answers.items():
        if key not in things or choice not in things[key].options:
            raise Refused(_l("This can no longer be chosen here. Read the page again."))
        if key in kept and kept[key].choice == choice:
            continue
        number += 1
        if key in kept:
            kept[key].choice, kept[key].by_id = choice, by.id
        else:
            mover, subject = key
            row = ActChoice(mover=mover, subject=subject, choice=choice, by_id=by.id)
            draft.choices.append(row)
    if number:
        flag_modified(draft, "state")  # of two people who decide at once the second one is told
        db.session.flush()
        said = " ".join(f"{m}/{s}={choice}" for (m, s), choice in answers.items())
        fields = {"number": (str(number), "public"), "choices": (said, "party")}
        _record(draft, "agency:act_decided", by=by, fields=fields)
    return number


def schedule(draft: ActDraft, *, seen: int, by: Person) -> None:
    """Let the clock carry it out on its day, if by then everything is decided; else the administrators
    are told. Raises Refused for an act with mistakes, and for a made-up one."""
    _check(draft, seen)
    check_whole(draft)
    draft.state, draft.scheduled_by_id = "scheduled", by.id
    fields = {"on": (draft.effective_on.isoformat(), "public")}
    _record(draft, "agency:act_scheduled", by=by, fields=fields)


def withdraw(draft: ActDraft, *, seen: int, by: Person) -> None:
    """A scheduled act becomes a draft again; a draft is thrown away. What was carried out stays: a
    mistake is put right by another act."""
    if not draft.is_open:
        raise Refused(_l("This act has been carried out or thrown away."), code="not_open")
    if draft.lock != seen:
        raise stale()
    draft.state = "draft" if draft.state == "scheduled" else "withdrawn"
    _record(draft, "agency:act_withdrawn", by=by, fields={"state": (draft.state, "public")})


def check_whole(draft: ActDraft) -> None:
    """Raises Refused for a made-up act and while something must be put right."""
    if draft.rehearsal:
        raise Refused(_l("This act is a rehearsal. It is never carried out."), code="rehearsal")
    if queries.problems_of(draft):
        raise Refused(_l("Put right first what the act's page lists."), code="problems")


def _check(draft: ActDraft, seen: int) -> None:
    if draft.state != "draft":
        raise Refused(
            _l("This act is scheduled or closed. Take it back to a draft to change it."),
            code="not_draft",
        )
    if draft.lock != seen:
        raise stale()


def stale() -> Conflict:
    """What a person reads when another change of the same act came first."""
    return Conflict(
        _l(
            "Someone else changed this act meanwhile. Your entries are still here: read, then save."
        ),
        code="stale",
    )


def _changed(draft: ActDraft, by: Person | None, **told: str) -> None:
    flag_modified(draft, "state")
    db.session.flush()
    fields = {name: (value, "public") for name, value in told.items() if value}
    _record(draft, "agency:act_changed", by=by, fields=fields)


def _said(draft: ActDraft) -> Fields:
    told = {
        "title": draft.title,
        "kind": draft.kind,
        "on": draft.effective_on.isoformat(),
        "basis": draft.legal_basis,
        "rehearsal": str(draft.rehearsal).lower(),
    }
    return {name: (value, "public") for name, value in told.items() if value}


def _record(draft: ActDraft, tag: str, *, by: Person | None, fields: Fields) -> None:
    audit.record(tag, subject=draft, by=by, fields=fields)
