"""docs/permissions.md says what accounts/roles.py does."""

from __future__ import annotations

import re

from feedback.accounts.roles import ALL_PERMISSIONS, PERMISSIONS, ROLES
from feedback.core.config import ROOT

PAGE = (ROOT / "docs" / "permissions.md").read_text(encoding="utf-8")


def table(heading: str) -> list[list[str]]:
    """Rows of the table under a heading, cells without marks."""
    part = PAGE.split(f"## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in part.splitlines() if line.startswith("| ")]
    return [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in lines]


def test_every_role_is_described() -> None:
    described = {row[0]: row[1] for row in table("Roles")[1:]}
    assert tuple(described) == ROLES
    assert all(described.values())


def test_the_table_of_permissions_is_that_of_the_code() -> None:
    header, *rows = table("Permissions")
    roles = header[2:]
    documented = {role: set() for role in roles}
    for name, meaning, *marks in rows:
        assert meaning, name
        for role, mark in zip(roles, marks, strict=True):
            if mark:
                documented[role].add(name)
    assert documented == {role: set(PERMISSIONS[role]) for role in ROLES}


def test_every_permission_is_of_the_form_noun_verb() -> None:
    assert all(re.fullmatch(r"[a-z]+:[a-z_]+", name) for name in ALL_PERMISSIONS)
