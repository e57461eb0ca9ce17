"""What is documented is compared with the code, in both directions where a table says it all."""

from __future__ import annotations

import csv
import re
from dataclasses import fields
from pathlib import Path

from flask import Flask
from flask.cli import AppGroup

from feedback.audit.tags import all_tags
from feedback.core.config import Settings
from feedback.petitions.rules.states import MOVES, STATES

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"


def rows(name: str) -> list[list[str]]:
    """Cells of every table row of a document."""
    lines = (DOCS / name).read_text(encoding="utf-8").splitlines()
    return [[c.strip() for c in line.strip("|").split("|")] for line in lines if line[:1] == "|"]


def codes(name: str, column: int = 0) -> set[str]:
    return {m[1] for row in rows(name) if (m := re.match(r"`([^`]+)`", row[column]))}


def test_every_setting_is_described() -> None:
    described = codes("settings.md")
    own = {f"FEEDBACK_{field.name.upper()}" for field in fields(Settings)}
    assert own - {"FEEDBACK_TESTING"} <= described
    assert described - {"PORT"} <= own


def test_every_command_is_described(app: Flask) -> None:
    described = codes("operations.md")
    groups = {n: c for n, c in app.cli.commands.items() if isinstance(c, AppGroup)}
    assert {"log", "plans", "search"} <= groups.keys()
    for group, commands in groups.items():
        for name in commands.commands:
            assert f"{group} {name}" in {" ".join(d.split()[:2]) for d in described}, (group, name)


def test_every_event_is_described(app: Flask) -> None:
    described = {row[0].strip("`"): row[1] for row in rows("events.md") if row[0].startswith("`")}
    declared = {
        tag.code: "announced" if tag.announced else "silent"
        for tag in all_tags()
        if not tag.code.startswith("tale:")  # the record's own tests tell tales
    }
    assert described == declared


def test_the_table_of_moves_is_the_one_in_the_code() -> None:
    text = (DOCS / "states.md").read_text(encoding="utf-8")
    for state in STATES:
        assert f"`{state}`" in text, state
    moves = {row[0].strip("`"): row for row in rows("states.md") if row[0].strip("`") in MOVES}
    assert set(moves) == set(MOVES)
    for verb, move in MOVES.items():
        row = moves[verb]
        assert {s.strip(" `") for s in row[1].split(",") if s.strip(" –")} == set(move.sources), (
            verb
        )
        assert row[2].strip("`") == move.target, verb
        assert [w.strip() for w in row[3].split(",")] == list(move.who), verb
        assert row[5] == move.clock, verb


def test_every_term_is_described_with_its_basis() -> None:
    text = (DOCS / "deadlines.md").read_text(encoding="utf-8")
    with (ROOT / "feedback/petitions/data/deadline_rules.csv").open(encoding="utf-8") as source:
        for row in csv.DictReader(source):
            line = next((x for x in text.splitlines() if f"`{row['code']}`" in x), "")
            assert row["basis"] in text and line, row["code"]


def test_the_readme_names_the_two_commands_and_its_pictures() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make run" in text and "make test" in text
    for picture in re.findall(r"\]\((docs/[^)#]+)\)", text):
        assert (ROOT / picture).exists(), picture


def test_a_test_that_a_document_names_exists() -> None:
    """What is said to be held by a test is held by one."""
    written = "\n".join(path.read_text(encoding="utf-8") for path in ROOT.glob("tests/**/*.py"))
    there = set(re.findall(r"def (test_\w+)\(", written))
    for document in DOCS.glob("**/*.md"):
        named = set(re.findall(r"`(test_\w+)`", document.read_text(encoding="utf-8")))
        assert named <= there, document.name


def test_each_decision_has_a_number_of_its_own() -> None:
    """The number of the file is the number that its first line tells, and none is left out."""
    files = sorted((DOCS / "decisions").glob("*.md"))
    told = [int(f.read_text(encoding="utf-8").split(".")[0].removeprefix("# ")) for f in files]
    assert told == [int(f.name[:4]) for f in files] == list(range(1, len(files) + 1))
