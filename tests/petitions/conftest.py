"""A site with its reference data and the published plan, on both engines."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from feedback.core.db import commit
from feedback.plans.models import Plan
from tests import make


@pytest.fixture
def plan(site: Flask) -> Iterator[Plan]:
    """Inside the application, in the middle of a command."""
    with site.app_context():
        make.reference_data()
        made = make.plan()
        commit()
        yield made
