"""Fixtures of the whole suite: databases of both engines, mail, the site in a browser."""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

JOURNEYS = Path(__file__).parent / "journeys"
pytest_plugins = [
    "tests.servers.moment",
    "tests.servers.databases",
    "tests.servers.mail",
    "tests.servers.web",
    "tests.servers.browser",
    "tests.servers.line",
    "tests.journeys.tally",
]


class Compiled(BytecodeCache):
    """Templates are compiled once a worker, not once for each test's application."""

    def __init__(self) -> None:
        self.kept: dict[tuple[type, str, str], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if self._key(bucket) in self.kept:
            bucket.bytecode_from_string(self.kept[self._key(bucket)])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[self._key(bucket)] = bucket.bytecode_to_string()

    @staticmethod
    def _key(bucket: Bucket) -> tuple[type, str, str]:
        """What one sort of environment compiled another cannot run: ours puts values out its own way, and
        its words are those of one language."""
        made_for = bucket.environment
        return type(made_for), getattr(made_for, "language", ""), bucket.key


Flask.jinja_options = {"bytecode_cache": Compiled()}

# how long examples take to make says something of the machine alone; the same ones each time, but in a drill
ANY_MACHINE = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("ci", max_examples=60, derandomize=True, **ANY_MACHINE)
settings.register_profile("drill", max_examples=2000, **ANY_MACHINE)
settings.load_profile("drill" if os.environ.get("FEEDBACK_DRILL") else "ci")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long stories first, so that none begins when the other workers are done."""
    items.sort(key=lambda item: not item.path.is_relative_to(JOURNEYS))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[Any]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Under FEEDBACK_STRICT nothing may be skipped: a skip is a failure."""
    report = yield
    if os.environ.get("FEEDBACK_STRICT") and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and in CI nothing may be"
    return report
