"""The plan of the sample: the project's own document, read by the importer, with words of our own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from feedback.accounts.models import Person
from feedback.core import files
from feedback.importer.parse import parse
from feedback.plans import actions
from feedback.plans.models import Plan


def read_in(path: Path, words: Mapping[str, Any], *, by: Person) -> Plan:
    """Read the document, give every part its everyday words, publish it."""
    data = path.read_bytes()
    source = actions.Source(name=path.name, sha256=files.store(data))
    plan = actions.draft(parse(data, path.name).as_dict(), source=source, by=by)
    plan.short_title = words["plan"]["short_title"]
    plan.standing = words["plan"]["standing"]
    for item in plan.items:
        if item.is_task:
            actions.describe(item, **words["items"][item.path], by=by)
        elif item.path in words["groups"]:
            actions.describe(item, title=words["groups"][item.path], summary="", by=by)
    actions.publish(plan, by=by)
    return plan
