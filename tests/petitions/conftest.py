"""A site with its reference data and the published plan, on both engines."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask

from feedback.core.db import db
from feedback.plans.models import Plan
from tests import make
from tests.servers.databases import Stage


def written() -> None:
    make.reference_data()
    make.plan()


@pytest.fixture
def stage(request: pytest.FixtureRequest) -> Stage | None:
    return written if "plan" in request.fixturenames else None


@pytest.fixture
def plan(site: Flask) -> Iterator[Plan]:
    """Inside the application, in the middle of a command."""
    with site.app_context():
        yield db.session.scalars(sa.select(Plan)).one()
