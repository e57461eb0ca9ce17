"""A task of the published plan, within the application."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask

from feedback.core.db import db
from feedback.plans.models import PlanItem
from tests import make
from tests.people import person
from tests.servers.databases import Stage

PATH = "III.2.2.c"


def written() -> None:
    make.reference_data()
    make.plan()
    person("minh")


@pytest.fixture
def stage(request: pytest.FixtureRequest) -> Stage | None:
    return written if "item" in request.fixturenames else None


@pytest.fixture
def item(site: Flask) -> Iterator[PlanItem]:
    with site.app_context():
        yield db.session.scalars(sa.select(PlanItem).where(PlanItem.path == PATH)).one()
        db.session.remove()
