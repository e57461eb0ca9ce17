"""The clock goes on until nothing is left, however many files a day brings."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from feedback.core import clock
from feedback.core.db import commit
from feedback.notifications.jobs import JOBS
from feedback.petitions.actions import judging
from feedback.petitions.queries import clock as questions
from feedback.plans.models import Plan
from tests import make


def test_what_one_run_leaves_the_next_takes_within_minutes(
    plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(questions, "BATCH", 2)
    for _file in range(5):
        make.receipt(on=date(2026, 9, 7))
    commit()
    late = []
    for _run in range(4):
        late.append(judging.run_clock(on=date(2026, 10, 20))["late"])
        commit()
    assert late == [2, 2, 1, 0]
    now = clock.now()
    assert JOBS["petitions.run_clock"].not_since(now) == now - timedelta(minutes=10)
