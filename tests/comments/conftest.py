"""A task of the published plan, within the application."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from feedback.core.db import commit, db
from feedback.plans.models import PlanItem
from tests import make
from tests.people import person


@pytest.fixture
def item(site: Flask) -> Iterator[PlanItem]:
    with site.app_context():
        make.reference_data()
        made = make.item(make.plan(), "III.2.2.c")
        person("minh")
        commit()
        yield made
        db.session.remove()
