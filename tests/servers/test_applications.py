"""The application that a worker keeps is as good as new for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from feedback.core.db import db
from feedback.plans.models import Plan
from feedback.workdays.queries import load_calendar
from tests import make
from tests.accounts.browser import Browser
from tests.servers.applications import Applications
from tests.servers.databases import ENGINES, TEMPLATE, _postgresql_copy

NUMBER = "2705/KH-UBND"


@pytest.fixture(params=ENGINES)
def places(
    request: pytest.FixtureRequest, migrated_sqlite: Path, tmp_path: Path
) -> Iterator[tuple[str, str]]:
    """Two migrated databases of one engine."""
    if request.param == "sqlite":
        files = [shutil.copyfile(migrated_sqlite, tmp_path / f"{n}.db") for n in (1, 2)]
        yield f"sqlite:///{files[0]}", f"sqlite:///{files[1]}"
    else:
        with _postgresql_copy(TEMPLATE) as one, _postgresql_copy(TEMPLATE) as two:
            yield one, two


def test_a_test_finds_nothing_of_the_one_before(places: tuple[str, str], tmp_path: Path) -> None:
    applications, (one, two) = Applications(), places
    with applications.on(one, tmp_path / "one") as app:
        with app.app_context():
            make.reference_data()
            make.plan()
            make.commit()
            assert load_calendar().rows
            db.session.remove()
        usual = app.config["SITE_NAME"]
        app.config["SITE_NAME"] = app.extensions["feedback.map"] = "left behind"
        assert NUMBER in Browser(app).get("/plans").text
        with pytest.raises(AssertionError), applications.on(two, tmp_path / "two"):
            pass  # one test at a time
    with applications.on(two, tmp_path / "two") as again:
        assert again is app
        assert (app.config["SITE_NAME"], app.extensions["feedback.map"]) == (usual, None)
        assert app.config["INSTANCE_DIR"] == str(tmp_path / "two")
        page = Browser(app).get("/plans")
        assert page.status_code == 200 and NUMBER not in page.text
        with app.app_context():
            assert db.session.query(Plan).count() == 0
            assert not load_calendar().rows
            assert str(db.engine.url.database) in two
