"""An operator's slip is answered in one sentence and with a non-zero exit, never with a traceback."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask

from feedback.app import create_app
from feedback.core.config import ROOT
from tests.servers.databases import settings_for

TABLES = {"not utf-8": b"code,address\n\xff\xfe", "nul": b"code,address\n\0,\n", "empty": b""}


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize(
    "command",
    ["agencies contacts", "supports thresholds load", "workdays load"],
)
def test_a_file_of_another_kind_is_refused(
    app: Flask, tmp_path: Path, command: str, name: str
) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(TABLES[name])
    result = app.test_cli_runner().invoke(args=[*command.split(), str(path)])
    assert result.exit_code in {1, 2}, result.output
    assert "Error: " in result.output and isinstance(result.exception, SystemExit)


SLIPS = (
    "workdays due --from 2026-02-30 --term 10wd",
    "workdays due --from 2026-11-26 --term 99999999999wd",
    "log verify --head 5:zz",
    "people invite --role officer --email nobody",
    "people invite --role officer --email a@example.vn --agency nowhere",
    "plans rhythm --months 3 --term soon",
    "plans rhythm --months 3 --plan 99999999999999",
    "plans parse /dev/null",
    "demo load --petitions -1 --seed 1",
)


@pytest.mark.parametrize("slip", SLIPS)
def test_an_argument_that_cannot_be_is_answered_in_a_sentence(site: Flask, slip: str) -> None:
    result = site.test_cli_runner().invoke(args=slip.split())
    assert result.exit_code in {1, 2}, result.output
    assert result.output.strip() and isinstance(result.exception, SystemExit), result.exception


@pytest.mark.parametrize(
    "command",
    ["worker status", "log verify", "people list", "petitions verify", "worker run --once"],
)
def test_a_database_without_tables_is_said(tmp_path: Path, command: str) -> None:
    app = create_app(settings_for(f"sqlite:///{tmp_path / 'empty.db'}", tmp_path))
    result = app.test_cli_runner().invoke(args=command.split())
    assert result.exit_code == 1 and "the database cannot be used: no such table" in result.output


def test_settings_that_must_not_run_are_one_line() -> None:
    asked = [sys.executable, "-m", "flask", "--app", "wsgi", "people", "list"]
    said = subprocess.run(  # noqa: S603
        asked,
        cwd=ROOT,
        env={"FEEDBACK_SECRET_KEY": "short", "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 1
    assert said.stderr.startswith("Error: FEEDBACK_SECRET_KEY") and "Traceback" not in said.stderr
