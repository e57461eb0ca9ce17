"""Whom the wordings of a document mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import sqlalchemy as sa

from feedback.agencies.models import Agency, AgencyGroup, Wording
from feedback.agencies.queries import Resolved, bodies_on, resolve_all
from feedback.agencies.rules.resolving import NEAR, REFUSED, Meaning
from feedback.core import clock
from feedback.core.db import db
from feedback.importer.rules.publishing import Key, day_of
from feedback.importer.rules.tree import NOBODY, Line, Tree

GROUP = "group:"


@dataclass(frozen=True)
class Bodies:
    """The bodies of a day and the collective phrases, by code."""

    names: dict[str, str]
    ids: dict[str, Key]

    def code_of(self, name: str) -> str:
        """The code of the body whose name somebody typed or chose; empty where there is none."""
        wanted = " ".join(name.split()).casefold()
        return next((code for code, own in self.names.items() if own.casefold() == wanted), "")

    def keys(self, code: str) -> Key:
        return self.ids[code]


def bodies(day: date) -> Bodies:
    """Whom a line of a plan of that day may mean: two statements."""
    columns = AgencyGroup.id, AgencyGroup.code, AgencyGroup.name
    groups = db.session.execute(sa.select(*columns).order_by(AgencyGroup.id)).all()
    agencies = bodies_on(day, "department", "office", "district", "commune", "front")
    return Bodies(
        {GROUP + one.code: one.name for one in groups} | {one.code: one.name for one in agencies},
        {GROUP + one.code: (None, one.id) for one in groups}
        | {one.code: (one.id, None) for one in agencies},
    )


def keys_of(tree: Tree) -> dict[str, Key]:
    """The database's keys of every body in the tree, whatever its day: two statements."""
    codes = {line.body for node in tree.nodes for line in node.bodies if line.body}
    groups = [code.removeprefix(GROUP) for code in codes if code.startswith(GROUP)]
    found: dict[str, Key] = {NOBODY: (None, None)}
    for code, key in db.session.execute(
        sa.select(Agency.code, Agency.id).where(Agency.code.in_(codes))
    ):
        found[code] = key, None
    for code, key in db.session.execute(
        sa.select(AgencyGroup.code, AgencyGroup.id).where(AgencyGroup.code.in_(groups))
    ):
        found[GROUP + code] = None, key
    return found


def understood(tree: Tree) -> Tree:
    """The tree with what the registry knows of each wording on the day of issue."""
    day = issued_on(tree)
    lines = [line for node in tree.nodes for line in node.bodies if not line.body]
    meant = resolve_all(dict.fromkeys(line.wording for line in lines), day)
    near = _named([one.meaning for found in meant.values() for one in found.candidates])
    changed = []
    for node in tree.nodes:
        bodies = tuple(
            line if line.body else _meant(line, meant[line.wording], near, day)
            for line in node.bodies
        )
        changed.append(replace(node, bodies=bodies))
    return tree.put(*changed)


def meaning_of(found: Wording) -> tuple[str, str]:
    """Code and name of what a person said that a wording means, as lines of a tree have them."""
    if found.agency is not None:
        return found.agency.code, found.agency.name
    if found.group is not None:
        return GROUP + found.group.code, found.group.name
    return NOBODY, ""


def _meant(line: Line, meant: Resolved, near: Mapping[Meaning, tuple[str, str]], day: date) -> Line:
    offered = tuple(
        (*near[one.meaning], round(one.score)) for one in meant.candidates if one.meaning in near
    )
    line = replace(line, near=offered)
    if meant.how == REFUSED:
        return replace(line, body=NOBODY, name="")
    if meant.agency is not None:
        then = meant.agency.exists_on(day)
        sure = line.sure and then and meant.how != NEAR
        why = line.why or ("" if sure else "near" if then else "not_then")
        return replace(line, body=meant.agency.code, name=meant.agency.name, sure=sure, why=why)
    if meant.group is not None:
        return replace(line, body=GROUP + meant.group.code, name=meant.group.name)
    return line


def _named(meanings: Sequence[Meaning]) -> dict[Meaning, tuple[str, str]]:
    """Code and name of each meaning: two statements."""
    bodies = {one.body_id for one in meanings if one.body_id}
    groups = {one.group_id for one in meanings if one.group_id}
    found: dict[Meaning, tuple[str, str]] = {}
    if bodies:
        for row in db.session.execute(
            sa.select(Agency.id, Agency.code, Agency.name).where(Agency.id.in_(bodies))
        ):
            found[Meaning(body_id=row.id)] = row.code, row.name
    if groups:
        for row in db.session.execute(
            sa.select(AgencyGroup.id, AgencyGroup.code, AgencyGroup.name).where(
                AgencyGroup.id.in_(groups)
            )
        ):
            found[Meaning(group_id=row.id)] = GROUP + row.code, row.name
    return found


def issued_on(tree: Tree) -> date:
    """The document's day, or today where it has none."""
    return day_of(tree) or clock.today()


def rows_of(code: str) -> tuple[Agency | None, AgencyGroup | None]:
    """The body or the group with this code; neither for NOBODY."""
    if code.startswith(GROUP):
        own = AgencyGroup.code == code.removeprefix(GROUP)
        return None, db.session.scalar(sa.select(AgencyGroup).where(own))
    return db.session.scalar(sa.select(Agency).where(Agency.code == code)), None


def name_of(code: str) -> str:
    """The name of a body or a group by its code; empty where there is none."""
    if code.startswith(GROUP):
        own = AgencyGroup.code == code.removeprefix(GROUP)
        return db.session.scalar(sa.select(AgencyGroup.name).where(own)) or ""
    return db.session.scalar(sa.select(Agency.name).where(Agency.code == code)) or ""
