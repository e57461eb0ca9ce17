"""Plans: a draft from a read document, corrections, publication, everyday words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from feedback import audit
from feedback.accounts.models import Person
from feedback.agencies.actions import ask_about
from feedback.agencies.models import Agency, AgencyGroup
from feedback.agencies.queries import Resolved, focal_agency, resolve_all
from feedback.core import clock
from feedback.core.db import db
from feedback.core.errors import Refused
from feedback.plans.models import (
    ASSIGNMENT_ROLES,
    Assignment,
    ItemText,
    Plan,
    PlanItem,
    PlanVersion,
)
from feedback.search import actions as search


@dataclass(frozen=True)
class Source:
    """The document that a draft was read from."""

    name: str
    sha256: str


def draft(read: Mapping[str, Any], *, source: Source, by: Person | None) -> Plan:
    """Make a draft plan of a read document (the object of ``plans parse`` with its ``groups``).

    Agencies are resolved by name on the day of issue; what is not known stays a wording.
    """
    if not read["number"] or not read["issued_on"]:
        raise Refused(_l("The document has no number or no date of issue."), field="file")
    plan = Plan(
        number=read["number"],
        kind=read["kind"] or "",
        title=read["title"] or read["number"],
        issuer=read["issuer"] or "",
        issued_on=date.fromisoformat(read["issued_on"]),
        signer=read["signer"] or "",
        focal_agency=focal_agency(),
    )
    version = PlanVersion(
        number=1,
        source_name=source.name,
        source_sha256=source.sha256,
        imported_by_id=by.id if by else None,
    )
    plan.versions.append(version)
    db.session.add(plan)
    db.session.flush()
    items = _tree(plan, read)
    db.session.flush()
    meant = _meant(read, plan)
    for entry in read["items"]:
        _assign(items[entry["path"]], entry, meant)
        _share(items, entry)
    db.session.add_all(
        ItemText(version_id=version.id, item_id=i.id, text=i.text) for i in items.values()
    )
    fields = {"number": (plan.number, "public"), "items": (str(len(read["items"])), "public")}
    _record(plan, "plan:imported", by=by, fields=fields, files=(source.sha256,))
    return plan


def _tree(plan: Plan, read: Mapping[str, Any]) -> dict[str, PlanItem]:
    """Groups and tasks in the order of the document, each under its parent."""
    entries = [(g, False) for g in read.get("groups", [])] + [(i, True) for i in read["items"]]
    entries.sort(key=lambda e: e[0].get("line") or 0)
    found: dict[str, PlanItem] = {}
    for position, (entry, is_task) in enumerate(entries, start=1):
        item = PlanItem(
            plan=plan,
            position=position,
            path=entry["path"],
            label=entry["label"],
            is_task=is_task,
            text=entry["text"] if is_task else entry["title"],
            deadline_text=entry.get("deadline") or "",
            parent=found.get(entry.get("parent") or ""),
        )
        db.session.add(item)
        found[entry["path"]] = item
    return found


def _meant(read: Mapping[str, Any], plan: Plan) -> dict[str, Resolved]:
    """Every wording of the document on its day; what nobody knows waits for a person."""
    lines = (entry[role] for entry in read["items"] for role in ASSIGNMENT_ROLES)
    wordings = dict.fromkeys(wording for line in lines for wording in line)
    meant = resolve_all(wordings, plan.issued_on)
    ask_about((w for w, found in meant.items() if found.how == "unknown"), source=plan.number)
    return meant


def _assign(item: PlanItem, entry: Mapping[str, Any], meant: Mapping[str, Resolved]) -> None:
    position = 0
    for role in ASSIGNMENT_ROLES:
        for wording in entry[role]:
            position += 1
            found = meant[wording]
            item.assignments.append(
                Assignment(
                    role=role,
                    wording=wording,
                    position=position,
                    agency=found.agency,
                    group=found.group,
                )
            )


def _share(items: dict[str, PlanItem], entry: Mapping[str, Any]) -> None:
    if entry.get("shared_from"):
        items[entry["path"]].shared_from = items.get(entry["shared_from"])


def correct(
    assignment: Assignment,
    *,
    role: str,
    agency: Agency | None,
    group: AgencyGroup | None,
    by: Person,
) -> None:
    """Before publication: say what the wording means, or in which role it stands."""
    plan = assignment.item.plan
    if plan.is_public:
        raise Refused(_l("This plan is published. Import a new version to change it."))
    if role not in ASSIGNMENT_ROLES or (agency is None) == (group is None):
        raise Refused(_l("Choose one agency or one group."), field="body")
    assignment.role = role
    assignment.agency = agency
    assignment.group = group
    body = agency.code if agency else group.code if group else ""
    fields = {
        "item": (assignment.item.path, "public"),
        "role": (role, "public"),
        "body": (body, "public"),
    }
    _record(plan, "plan:corrected", by=by, fields=fields)


def describe(item: PlanItem, *, title: str, summary: str, by: Person | None) -> None:
    """Everyday words for an item, written by a person; never a cut-off of the official text."""
    item.title = title
    item.summary = summary
    _index(item)
    fields = {
        "item": (item.path, "public"),
        "title": (title, "public"),
        "summary": (summary, "public"),
    }
    _record(item.plan, "plan:described", by=by, fields=fields)


def decide_lead(assignment: Assignment, *, agency: Agency, by: Person, on: date) -> None:
    """Where the succession is unclear a person says who is responsible today."""
    if not agency.exists_on(on):
        raise Refused(_l("This body no longer exists. Choose one of today."), field="agency")
    assignment.decided_agency = agency
    assignment.decided_by_id = by.id
    assignment.decided_at = clock.now()
    fields = {"item": (assignment.item.path, "public"), "body": (agency.code, "public")}
    _record(assignment.item.plan, "plan:lead_decided", by=by, fields=fields)


def publish(plan: Plan, *, by: Person | None) -> None:
    """Make the plan public. Raises Refused while a wording is not yet understood."""
    if plan.is_public:
        raise Refused(_l("This plan is published already."))
    unknown = [a for i in plan.items for a in i.assignments if not a.agency_id and not a.group_id]
    if unknown:
        raise Refused(
            _l("Say first which agency is meant by: %(wording)s", wording=unknown[0].wording),
            code="unresolved",
        )
    plan.published_at = clock.now()
    plan.published_by_id = by.id if by else None
    for item in plan.items:
        _index(item)
    _record(plan, "plan:published", by=by, fields={"number": (plan.number, "public")})


def _index(item: PlanItem) -> None:
    """Let the public find a task by its everyday or its official words."""
    if not item.is_task or not item.plan.is_public:
        return
    names = "; ".join(a.wording for a in item.assignments)
    search.put(
        f"item:{item.id}",
        kind="item",
        title=item.title or item.heading,
        body=f"{item.summary} {item.text} {names}".strip(),
        address=f"/items/{item.id}",
        note=f"{item.number}, {item.plan.number}",
    )


def discard(plan: Plan, *, by: Person) -> None:
    """Throw a draft away; the record keeps that there was one."""
    if plan.is_public:
        raise Refused(_l("A published plan cannot be thrown away."))
    _record(plan, "plan:discarded", by=by, fields={"number": (plan.number, "public")})
    for item in reversed(plan.items):
        for assignment in item.assignments:
            db.session.delete(assignment)
    db.session.flush()
    for version in plan.versions:
        for text in db.session.query(ItemText).filter_by(version_id=version.id):
            db.session.delete(text)
        db.session.delete(version)
    for item in reversed(plan.items):
        item.shared_from = None
    db.session.flush()
    for item in reversed(plan.items):
        db.session.delete(item)
    db.session.flush()
    db.session.delete(plan)


def _record(
    plan: Plan,
    tag: str,
    *,
    by: Person | None,
    fields: dict[str, tuple[str, str]],
    files: tuple[str, ...] = (),
) -> None:
    audit.record(tag, subject=f"plan:{plan.id}", by=by, fields=fields, files=files)
