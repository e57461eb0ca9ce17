"""The shape of the code: who commits, how long things are, what words and marks do not occur."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
CODE = sorted((ROOT / "feedback").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
# a room that commits: views, commands, tasks; and what runs as a command of its own
EDGES = {"views", "views.py", "commands.py", "tasks.py", "sample.py", "run.py", "db.py"}
LONGEST_FILE, LONGEST_FUNCTION = 300, 40


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            yield node


def test_only_the_edge_commits() -> None:
    for path in CODE:
        if EDGES & set(path.relative_to(ROOT).parts):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                assert name != "commit", f"{path.relative_to(ROOT)}:{node.lineno} commits"


def test_files_and_functions_stay_short() -> None:
    for path in CODE + TESTS:
        length = len(path.read_text(encoding="utf-8").splitlines())
        if path.is_relative_to(ROOT / "feedback"):
            assert length <= LONGEST_FILE, f"{path.relative_to(ROOT)} has {length} lines"
            for node in functions(path):
                size = (node.end_lineno or node.lineno) - node.lineno + 1
                assert size <= LONGEST_FUNCTION, f"{path.name}:{node.lineno} {node.name}: {size}"


def test_nothing_is_left_for_later() -> None:
    marks = re.compile(
        "|".join([r"\bTO" + "DO", r"\bFIX" + "ME", r"\bX" + "XX", "NotImplemented" + "Error"])
    )
    skips = re.compile(r"pytest\.(mark\." + "(skip|xfail)|" + r"skip\()")
    for path in CODE + TESTS + TEMPLATES:
        text = path.read_text(encoding="utf-8")
        assert not marks.search(text), path
        assert not skips.search(text), path


def test_templates_hold_nothing_inline() -> None:
    inline = re.compile(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=", re.IGNORECASE)
    for path in TEMPLATES:
        if "emails" in path.parts:
            continue  # a mail has no stylesheet to link to
        found = inline.search(path.read_text(encoding="utf-8"))
        assert not found, f"{path.relative_to(ROOT)}: {found and found.group()}"


def test_every_public_function_of_the_rules_says_what_it_does() -> None:
    for path in CODE:
        parts = path.relative_to(ROOT).parts
        if "actions" in parts or "actions.py" in parts:
            for node in ast.parse(path.read_text(encoding="utf-8")).body:
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                    assert ast.get_docstring(node), f"{path.relative_to(ROOT)} {node.name}"
