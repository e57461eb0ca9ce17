"""The plan of the sample: the project's own document, read by the importer, with words of our own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from feedback.accounts.models import Person
from feedback.core import files
from feedback.importer import actions as importer
from feedback.importer.parse import parse
from feedback.plans import actions
from feedback.plans.models import Plan


def read_newer(path: Path, plan: Plan, *, by: Person) -> None:
    """A newer version of the document, read in and waiting to be looked at."""
    data = path.read_bytes()
    source = actions.Source(name=path.name, sha256=files.store(data))
    importer.make(parse(data, path.name).as_dict(), source=source, plan=plan, by=by)


def read_in(path: Path, words: Mapping[str, Any], *, by: Person) -> Plan:
    """Read the document, publish it, give every part its everyday words."""
    data = path.read_bytes()
    source = actions.Source(name=path.name, sha256=files.store(data))
    read = parse(data, path.name).as_dict()
    plan = importer.publish(importer.make(read, source=source, by=by), by=by)
    plan.short_title = words["plan"]["short_title"]
    plan.standing = words["plan"]["standing"]
    for item in plan.items:
        if item.is_task:
            actions.describe(item, **words["items"][item.path], by=by)
        elif item.path in words["groups"]:
            actions.describe(item, title=words["groups"][item.path], summary="", by=by)
    return plan
