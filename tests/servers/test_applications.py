"""The application that a worker keeps is as good as new for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from feedback.core.db import db
from feedback.importer import actions as importer
from feedback.pagecache.memory import remembered
from tests import make
from tests.accounts.browser import Browser
from tests.people import person
from tests.servers.applications import Applications
from tests.servers.databases import ENGINES, TEMPLATE, _postgresql_copy

FIRST, SECOND = "2705/KH-UBND", "3816/KH-UBND"


def written(app: Flask, number: str) -> None:
    """The plan under this number: as many changes, and so the same versions, whichever it is."""
    with app.app_context():
        make.reference_data()
        text = make.PLAN_FILE.read_bytes().replace(FIRST.encode(), number.encode())
        importer.publish(make.reading(text), by=person("yen"))
        make.commit()
        db.session.remove()


def read(app: Flask, number: str) -> str:
    """A page that is kept, and a value that is remembered."""
    answer = Browser(app).get("/plans")
    assert answer.status_code == 200
    with app.app_context():
        held = remembered("the number of this test", lambda: number)
        db.session.remove()
    return answer.text + held


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
        usual = app.config["SITE_NAME"]
        app.config["SITE_NAME"] = app.extensions["feedback.map"] = "left behind"
        written(app, FIRST)
        text = read(app, FIRST)
        assert FIRST in text and SECOND not in text
        with pytest.raises(AssertionError), applications.on(two, tmp_path / "two"):
            pass  # one test at a time
    with applications.on(two, tmp_path / "two") as again:
        assert again is app
        assert (app.config["SITE_NAME"], app.extensions["feedback.map"]) == (usual, None)
        assert app.config["INSTANCE_DIR"] == str(tmp_path / "two")
        written(app, SECOND)
        text = read(app, SECOND)
        assert SECOND in text and FIRST not in text
        with app.app_context():
            assert str(db.engine.url.database) in two
