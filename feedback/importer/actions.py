"""A reading: made of a file, corrected edit by edit, thrown away, published, taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from feedback import audit
from feedback.accounts.models import Person
from feedback.agencies.actions import ask_about, decide_wording, reopen_wording
from feedback.agencies.queries import waiting_wordings, wordings_by_key
from feedback.agencies.queries import wording as wording_of
from feedback.agencies.rules.resolving import LONGEST
from feedback.core import clock
from feedback.core.db import db
from feedback.core.errors import Conflict, Refused
from feedback.importer import queries
from feedback.importer.models import DISCARDED, DRAFT, PUBLISHED, Reading, ReadingStep, Upload
from feedback.importer.rules import editing
from feedback.importer.rules.editing import CannotEdit
from feedback.importer.rules.planting import lines_of, plant
from feedback.importer.rules.publishing import Obstacle, content, obstacle
from feedback.importer.rules.steps import difference, restore
from feedback.importer.rules.tree import Tree, places, unknown
from feedback.plans import actions as plans
from feedback.plans import queries as plan_queries
from feedback.plans.actions import Source
from feedback.plans.models import Plan
from feedback.plans.rules.contents import content_from

CANNOT: Mapping[str, Any] = {
    "gone": _l("This place is no longer there. Look at the page again."),
    "unknown": _l("Say first which agency is meant."),
    "no_text": _l("Write the words of the item."),
    "label": _l("Write a label of at most 20 characters, such as 2.1 or a)."),
    "place": _l("Choose where the second item begins."),
    "last": _l("No item follows this one."),
    "not_beside": _l("The item that follows stands under another one. Move it first."),
    "below_itself": _l("An item cannot stand below itself."),
    "there_already": _l("It stands there already."),
    "end": _l("It cannot be moved further."),
    "has_children": _l("Other items stand below this one. Move or delete them first."),
}


def begin_upload(source: Source, *, plan: Plan | None, by: Person) -> Upload:
    """A file that is read from now on (views/aside.py). No event: what becomes of it has one."""
    made = Upload(name=source.name, sha256=source.sha256, plan=plan, by=by)
    db.session.add(made)
    db.session.flush()
    return made


def make(
    read: Mapping[str, Any], *, source: Source, plan: Plan | None = None, by: Person | None
) -> Reading:
    """Keep what was read of a file, with what the registry knows of its wordings. Nothing is public."""
    tree = queries.understood(plant(read))
    made = Reading(
        plan=plan,
        name=source.name,
        sha256=source.sha256,
        lines=lines_of(read, gettext("page")),
        said={},
        by_id=by.id if by else None,
        state=DRAFT,
    )
    _put(made, tree)
    ask_about((line.wording for line in unknown(tree)), source=made.number)
    db.session.add(made)
    db.session.flush()
    fields = {"number": (made.number, "public"), "items": (str(len(tree.tasks)), "public")}
    _record(made, "reading:made", by=by, fields=fields, files=(source.sha256,))
    return made


def edit(
    reading: Reading, change: Callable[[Tree], Tree], *, what: str, key: str, by: Person
) -> Tree:
    """One edit (rules/editing.py, rules/shaping.py), kept so that it can be undone. Where it says whom an
    unknown wording means, that holds for every such line and for the registry's queue too."""
    _open(reading)
    before = queries.tree(reading)
    try:
        after = change(before)
    except CannotEdit as error:
        raise Refused(CANNOT[error.code], code=error.code) from error
    meant = editing.newly_meant(before, after)
    if after.head["issued_on"].text != before.head["issued_on"].text:
        after = queries.understood(after)
    for folded, (body, name) in meant.items():
        after = editing.mean(after, folded, body=body, name=name)
    back = difference(before.as_json(), after.as_json())
    step = ReadingStep(reading_id=reading.id, what=what, key=key, by_id=by.id)
    step.back = {**back, "wordings": _settle(meant, by=by)}
    db.session.add(step)
    _put(reading, after)
    fields = {"what": (what, "public"), "place": (_path(before, after, key), "public")}
    _record(reading, "reading:edited", by=by, fields=fields)
    return after


def correct_head(reading: Reading, *, words: dict[str, str], by: Person) -> None:
    """Number, day, issuer, title, kind and signer as a person wants them."""
    edit(reading, lambda tree: editing.correct_head(tree, words), what="head", key="head", by=by)


def undo(reading: Reading, *, by: Person) -> str:
    """Take the last edit back; the key of the node that it was about. A wording that the edit settled waits
    in the registry's queue again; other drafts that followed it are undone there."""
    _open(reading)
    step = queries.last_step(reading)
    if step is None:
        raise Refused(_l("There is nothing to undo."))
    reading.tree = restore(reading.tree, step.back)
    _put(reading, queries.tree(reading))
    for wording in wordings_by_key(step.back.get("wordings", ())):
        reopen_wording(wording, by=by)
    db.session.delete(step)
    _record(reading, "reading:undone", by=by, fields={"what": (step.what, "public")})
    return step.key


def say_pair(reading: Reading, *, key: str, item: str, by: Person) -> None:
    """A person says which item of the earlier version a node is; an empty ``item``: it is new."""
    _open(reading)
    reading.said = {
        **{new: old for new, old in reading.said.items() if not item or old != item},
        key: item,
    }
    tree = queries.tree(reading)
    fields = {"place": (_path(tree, tree, key), "public"), "item": (item, "public")}
    _record(reading, "reading:paired", by=by, fields=fields)


def follow_wording(happening: audit.Happening) -> None:
    """Follow ``agency:wording_decided``: drafts that waited for this wording know now whom it means. It
    can be undone there like an edit; the event is the decision's own."""
    found = wording_of(int(happening.subject.partition(":")[2]))
    if found is None:
        return
    body, name = queries.meaning_of(found)
    for reading in queries.waiting_drafts():
        before = queries.tree(reading)
        after = editing.mean(before, found.folded, body=body, name=name)
        if after == before:
            continue
        back = difference(before.as_json(), after.as_json())
        step = ReadingStep(
            reading_id=reading.id, what="wording", back=back, by_id=found.decided_by_id
        )
        db.session.add(step)
        _put(reading, after)
    db.session.flush()


def _settle(meant: Mapping[str, tuple[str, str]], *, by: Person) -> list[int]:
    """Answer the registry's queue with what a person said here; the keys of the wordings."""
    waiting = waiting_wordings(folded[:LONGEST] for folded in meant)
    for wording in waiting:
        body = next(b for folded, (b, _n) in meant.items() if folded[:LONGEST] == wording.folded)
        agency, group = queries.rows_of(body)
        state = "body" if agency else "group" if group else "refused"
        decide_wording(wording, seen=wording.lock, state=state, agency=agency, group=group, by=by)
    return [wording.id for wording in waiting]


def discard(reading: Reading, *, by: Person) -> None:
    """Throw it away; the record keeps that there was one."""
    _open(reading)
    reading.state = DISCARDED
    _record(reading, "reading:discarded", by=by, fields={"number": (reading.number, "public")})


def publish(reading: Reading, *, by: Person | None) -> Plan:
    """Make a plan of it, or a newer version of its plan; one transaction, one event."""
    _open(reading)
    tree = queries.tree(reading)
    if (found := obstacle(tree)) is not None:
        raise _refusal(found)
    source = Source(name=reading.name, sha256=reading.sha256)
    keys = queries.keys_of(tree).__getitem__
    plan = reading.plan and plan_queries.plan(reading.plan.id)
    if (there := queries.same_document(reading, tree)) is not None:
        raise _refusal(Obstacle("there_already", words=there.number))
    if plan is None:
        plan = plans.issue(content(tree, keys), source=source, by=by, plan=reading.plan)
        reading.plan = plan
    else:
        match = queries.compared(reading, tree, plan)
        if match.open:
            raise _refusal(Obstacle("unpaired", len(match.open)))
        items = {new: int(pair.old) for new, pair in match.pairs.items()}
        reading.before = plan_queries.content_of(plan).as_json()
        plans.amend(plan, content(tree, keys, items), source=source, by=by)
    reading.state = PUBLISHED
    reading.published_at = clock.now()
    return plan


def take_back(reading: Reading, *, minutes: int, by: Person) -> None:
    """Undo the publication: it is a draft again. Once, soon after, and while nobody wrote about it."""
    plan = reading.plan
    if plan is None or not queries.may_take_back(reading, minutes):
        raise Refused(_l("This publication can no longer be taken back."), code="too_late")
    before = content_from(reading.before) if reading.before else None
    plans.take_back(plan, before=before, by=by)
    reading.state = DRAFT
    reading.published_at = reading.before = None


def check_seen(reading: Reading, seen: int) -> None:
    """Raises Conflict when somebody edited the reading after this person's page was made."""
    if reading.lock != seen:
        raise stale()


def stale() -> Conflict:
    """What a person reads when another edit of the same reading came first."""
    return Conflict(
        _l(
            "Someone else changed this draft while you were working on it. "
            "Your text is still here: read what changed, then save again."
        ),
        code="stale",
    )


def not_yet() -> Refused:
    """A name on the form means no body; the field says which."""
    return Refused(_l("A line below still needs its agency put right."))


def _open(reading: Reading) -> None:
    if not reading.is_draft:
        raise Refused(_l("This plan is published. Import a new version to change it."))


def _put(reading: Reading, tree: Tree) -> None:
    reading.tree = tree.as_json()
    reading.number = tree.head["number"].text[:60]
    reading.title = tree.head["title"].text
    reading.open_places = sum(1 for _place in places(tree))


def _path(before: Tree, after: Tree, key: str) -> str:
    return next((n.path for n in (*after.nodes, *before.nodes) if n.key == key), key)


def _refusal(found: Obstacle) -> Refused:
    sentences: dict[str, Any] = {
        "no_head": _l("Number and day of issue are missing. Write them first."),
        "no_tasks": _l("No task is left. A plan without tasks cannot be published."),
        "unknown": _l("Say first which agency is meant by: %(wording)s", wording=found.words),
        "there_already": _l(
            "Plan %(number)s is published already. Read this file in as its newer version.",
            number=found.words,
        ),
        "unseen": _l("%(count)s places still have to be looked at.", count=found.count),
        "unpaired": _l(
            "Say first which items are the same: %(count)s are left.", count=found.count
        ),
    }
    return Refused(sentences[found.code], code=found.code)


def _record(
    reading: Reading,
    tag: str,
    *,
    by: Person | None,
    fields: dict[str, tuple[str, str]],
    files: tuple[str, ...] = (),
) -> None:
    audit.record(tag, subject=f"reading:{reading.id}", by=by, fields=fields, files=files)
