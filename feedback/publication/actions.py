"""Verbs of the register: what has to be published, each form in which it was, when it came down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm.attributes import flag_modified

from feedback import audit
from feedback.accounts.models import Person
from feedback.agencies.models import Agency
from feedback.core.db import db
from feedback.core.errors import Conflict, Refused
from feedback.core.text import word_count
from feedback.files.models import StoredFile
from feedback.petitions.queries import term_on
from feedback.publication.models import Posting, Publication
from feedback.publication.rules.terms import FORMS, HANGS, KINDS
from feedback.workdays.queries import load_calendar
from feedback.workdays.rules import due_on


@dataclass(frozen=True)
class What:
    """What has to be published."""

    title: str
    kind: str
    decided_on: date
    decision: str = ""
    plan_id: int | None = None
    item_id: int | None = None


@dataclass(frozen=True)
class How:
    """One form of publishing."""

    form: str
    place: str
    person: str
    from_on: date
    evidence: StoredFile | None = None


def register(what: What, *, agency: Agency, on: date, by: Person) -> Publication:
    """Something that people must be told. Its term runs from the day of the decision, whenever it is entered.

    Raises Refused for a day to come, an unknown kind, or no words.
    """
    if word_count(what.title) < 2 or what.kind not in KINDS:
        raise Refused(_l("Say in a few words what has to be published."), field="title")
    _not_to_come(what.decided_on, on, "decided_on")
    term = term_on("PUBLISH", what.decided_on).term
    made = Publication(
        title=what.title,
        kind=what.kind,
        decision=what.decision,
        agency=agency,
        plan_id=what.plan_id,
        item_id=what.item_id,
        decided_on=what.decided_on,
        due_on=due_on(what.decided_on, term, load_calendar()),
        entered_on=on,
        by=by,
    )
    db.session.add(made)
    db.session.flush()
    fields = {
        "title": (made.title, "public"),
        "kind": (made.kind, "public"),
        "decision": (made.decision, "public"),
        "decided_on": (made.decided_on, "public"),
        "entered_on": (on, "public"),
    }
    _record(made, "publication:registered", by, fields, clock=True)
    return made


def post(publication: Publication, how: How, *, seen: int, on: date, by: Person) -> Posting:
    """Published in one more form. The first one stops the clock of publishing; a noticeboard starts its own."""
    _check(publication, seen)
    if how.form not in FORMS:
        raise Refused(_l("Choose a form."), field="form")
    _not_to_come(how.from_on, on, "from_on")
    if how.from_on < publication.decided_on:
        raise Refused(
            _l("Nothing is published before it is decided. Choose a later day."),
            field="from_on",
            code="before",
        )
    least_on = None
    if how.form in HANGS:
        term = term_on("NOTICEBOARD", how.from_on).term
        least_on = due_on(how.from_on, term, load_calendar())
    made = Posting(
        publication=publication,
        least_on=least_on,
        form=how.form,
        place=how.place,
        person=how.person,
        from_on=how.from_on,
        entered_on=on,
        by=by,
        evidence=how.evidence,
    )
    db.session.add(made)
    if publication.first_on is None or how.from_on < publication.first_on:
        publication.first_on = how.from_on
    flag_modified(publication, "title")  # of two people who write at once the second one is told
    db.session.flush()
    if how.evidence is not None:
        how.evidence.subject = f"publication:{publication.public_id}"
    files = [(how.evidence.sha256, "public")] if how.evidence else []
    _record(publication, "publication:posted", by, _about(made), files=files)
    return made


def take_down(posting: Posting, *, to_on: date, on: date, by: Person) -> None:
    """It came down. Too early stays written down as too early."""
    if posting.to_on is not None:
        raise Conflict(_l("Somebody has written down already that it came down."), code="ended")
    _not_to_come(to_on, on, "to_on")
    if to_on < posting.from_on:
        raise Refused(_l("It cannot come down before it was put up."), field="to_on")
    posting.to_on, posting.ended_entered_on = to_on, on
    fields = {**_about(posting), "to_on": (to_on, "public")}
    _record(posting.publication, "publication:taken_down", by, fields)


def stale() -> Conflict:
    """What a person reads when a colleague wrote first."""
    return Conflict(
        _l(
            "A colleague wrote something into this entry a moment ago. Your words are still here: "
            "read hers, then save again."
        ),
        code="stale",
    )


def _check(publication: Publication, seen: int) -> None:
    if publication.lock != seen:
        raise stale()


def _not_to_come(day: date, on: date, field: str) -> None:
    if day > on:
        raise Refused(
            _l("The register holds what has happened. Choose today or a day before."),
            field=field,
            code="future",
        )


def _about(posting: Posting) -> dict[str, tuple[object, str]]:
    return {
        "posting": (posting.public_id, "public"),
        "form": (posting.form, "public"),
        "place": (posting.place, "public"),
        "from_on": (posting.from_on, "public"),
        "entered_on": (posting.entered_on, "public"),
    }


def _record(
    publication: Publication,
    tag: str,
    by: Person,
    fields: dict[str, tuple[object, str]],
    *,
    files: list[tuple[str, str]] | None = None,
    clock: bool = False,
) -> None:
    audit.record(
        tag,
        subject=publication,
        by=by,
        agency=publication.agency,
        fields=fields,
        files=files or (),
        due=publication.due_on if clock else None,
        rule="PUBLISH" if clock else None,
    )
