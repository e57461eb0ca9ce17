"""Plans become public, get newer versions, and are taken back while nothing hangs on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from feedback.accounts.models import Person
from feedback.agencies.queries import focal_agency
from feedback.core import clock
from feedback.core.db import db
from feedback.core.errors import Refused
from feedback.plans import queries
from feedback.plans.actions.plan import record
from feedback.plans.models import Assignment, ItemText, Plan, PlanItem, PlanVersion
from feedback.plans.notices import tell_followers_amended
from feedback.plans.rules.contents import Content, Entry, Named

GONE = "~"  # what is no longer in force gives its path free: III.2.2.c~17


@dataclass(frozen=True)
class Source:
    """The document that a version was read from."""

    name: str
    sha256: str


def issue(content: Content, *, source: Source, by: Person | None, plan: Plan | None = None) -> Plan:
    """Write a plan and make it public. ``plan``: one that was taken back and comes again."""
    if plan is None:
        plan = Plan(focal_agency=focal_agency())
        db.session.add(plan)
    elif plan.is_public:
        raise Refused(_l("This plan is published already."))
    _head(plan, content)
    plan.published_at = clock.now()
    plan.published_by_id = by.id if by else None
    version = _version(plan, 1, content, source, by)
    items = _lay(plan, content, {})
    _keep_texts(version, items)
    fields = {
        "number": (plan.number, "public"),
        "items": (str(sum(item.is_task for item in items)), "public"),
    }
    record(plan, "plan:published", by=by, fields=fields, files=(source.sha256,))
    return plan


def amend(plan: Plan, content: Content, *, source: Source, by: Person | None) -> PlanVersion:
    """A newer version. Entries with an ``item_id`` go on as that item, with all that hangs on it; items
    that no entry names stay readable, no longer in force."""
    if not plan.is_public:
        raise Refused(_l("This plan is not published."))
    before = {item.id: _saying(item) for item in plan.in_force}
    number = max(version.number for version in plan.versions) + 1
    _head(plan, content)
    version = _version(plan, number, content, source, by)
    kept = {entry.item_id for entry in content.entries if entry.item_id}
    for item in plan.in_force:
        if item.id not in kept:
            _end(item, number)
    items = _lay(plan, content, {item.id: item for item in plan.items if item.id in kept})
    _keep_texts(version, items)
    now = {item.id: _saying(item) for item in items}
    changed = [item for item in items if before.get(item.id, now[item.id]) != now[item.id]]
    gone = [item for item in plan.gone if item.gone_in == number]
    fields = {
        "number": (plan.number, "public"),
        "version": (str(number), "public"),
        "changed": (_paths(changed), "public"),
        "added": (_paths([item for item in items if item.id not in before]), "public"),
        "gone": (_paths(gone), "public"),
    }
    record(plan, "plan:amended", by=by, fields=fields, files=(source.sha256,))
    tell_followers_amended(version, changed=[i for i in changed if i.is_task], gone=gone)
    return version


def take_back(plan: Plan, *, before: Content | None = None, by: Person) -> None:
    """Undo the last publication: the plan is nobody's again, or its earlier version holds (``before``).

    Raises Refused as soon as something hangs on what that publication brought.
    """
    version = max(plan.versions, key=lambda one: one.number)
    kept = {entry.item_id for entry in before.entries} if before else set()
    brought = [item for item in plan.in_force if item.id not in kept]
    if queries.hangs_on(brought) or (before is None and queries.is_followed(plan)):
        raise Refused(
            _l("People already wrote to this plan or follow it. It can no longer be taken back."),
            code="in_use",
        )
    number = version.number
    for item in brought:
        item.path = f"{GONE}{item.id}"
    db.session.execute(sa.delete(ItemText).where(ItemText.version_id == version.id))
    plan.versions.remove(version)
    db.session.delete(version)
    if before is None:
        plan.published_at = plan.published_by_id = None
    else:
        _head(plan, before)
        _lay(plan, before, {item.id: item for item in plan.items if item.id in kept})
    _remove(plan, brought)
    fields = {"number": (plan.number, "public"), "version": (str(number), "public")}
    record(plan, "plan:taken_back", by=by, fields=fields)


def _head(plan: Plan, content: Content) -> None:
    plan.number = content.number
    plan.kind = content.kind
    plan.title = content.title
    plan.issuer = content.issuer
    plan.issued_on = content.issued_on
    plan.signer = content.signer


def _version(
    plan: Plan, number: int, content: Content, source: Source, by: Person | None
) -> PlanVersion:
    version = PlanVersion(
        number=number,
        source_name=source.name,
        source_sha256=source.sha256,
        plan_number=content.number,
        issued_on=content.issued_on,
        imported_by_id=by.id if by else None,
    )
    plan.versions.append(version)
    db.session.flush()
    return version


def _end(item: PlanItem, number: int) -> None:
    """No longer in force from this version on; what hangs on it stays."""
    item.gone_in = number
    item.path = f"{item.path[:48]}{GONE}{item.id}"
    item.shared_from = None


def _lay(plan: Plan, content: Content, known: Mapping[int, PlanItem]) -> list[PlanItem]:
    """The tree of the content; items in ``known`` (by key) go on under their entries."""
    for item in known.values():  # paths may be exchanged: first none of them holds one
        item.path = f"{GONE}{item.id}"
    db.session.flush()
    found: dict[str, PlanItem] = {}
    for position, entry in enumerate(content.entries, start=1):
        item = known.get(entry.item_id or 0) or PlanItem(plan=plan)
        _fill(item, entry, position)
        item.parent = found.get(entry.parent)
        db.session.add(item)
        found[entry.path] = item
    db.session.flush()
    for entry in content.entries:
        item = found[entry.path]
        item.shared_from = found.get(entry.shared_from)
        _name(item, entry)
    db.session.flush()
    return list(found.values())


def _fill(item: PlanItem, entry: Entry, position: int) -> None:
    item.position = position
    item.path = entry.path
    item.label = entry.label
    item.is_task = entry.is_task
    item.text = entry.text
    item.deadline_text = entry.deadline_text[:200]
    item.deadline_on = entry.deadline_on
    item.gone_in = None
    item.title = entry.title or item.title or ""
    item.summary = entry.summary or item.summary or ""


def _name(item: PlanItem, entry: Entry) -> None:
    """The bodies of an item; a line that stays keeps what was decided about it."""
    old = {(a.role, a.wording, a.agency_id, a.group_id): a for a in item.assignments}
    for position, one in enumerate(entry.named, start=1):
        line = old.pop((one.role, one.wording, one.agency_id, one.group_id), None)
        if line is None:
            line = _line(one)
            item.assignments.append(line)
        line.position = position
    for line in old.values():
        item.assignments.remove(line)
        db.session.delete(line)


def _line(one: Named) -> Assignment:
    return Assignment(
        role=one.role,
        wording=one.wording[:300],
        agency_id=one.agency_id,
        group_id=one.group_id,
    )


def _lines_of(item: PlanItem) -> list[Assignment]:
    """Its own lines or those that it shares, in the document's order, also while they are being written."""
    return sorted(queries.assignments_of(item), key=lambda line: line.position)


def _saying(item: PlanItem) -> tuple[object, ...]:
    """What a version says of an item: its words, its deadline, whom it names."""
    named = [(line.role, line.who or line.wording) for line in queries.assignments_of(item)]
    return item.text, item.deadline_text, item.deadline_on, sorted(named)


def _keep_texts(version: PlanVersion, items: list[PlanItem]) -> None:
    """What this version says of each item, also when a newer one says something else."""
    db.session.add_all(
        ItemText(
            version_id=version.id,
            item_id=item.id,
            text=item.text,
            deadline_text=item.deadline_text,
            deadline_on=item.deadline_on,
            named=[[line.role, line.wording, line.who] for line in _lines_of(item)],
        )
        for item in items
    )
    db.session.flush()


def _remove(plan: Plan, items: list[PlanItem]) -> None:
    """Items on which nothing hangs; the deepest first."""
    for item in items:
        item.shared_from = None
        for line in list(item.assignments):
            db.session.delete(line)
    db.session.flush()
    for item in sorted(items, key=lambda one: -one.position):
        plan.items.remove(item)
        db.session.delete(item)
        db.session.flush()


def _paths(items: list[PlanItem]) -> str:
    return ", ".join(item.path for item in items if item.is_task)
