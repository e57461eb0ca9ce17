"""The whole application on a fresh database with its reference data."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from feedback.app import create_app
from feedback.core.config import Settings
from feedback.core.db import db
from tests import make


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Flask]:
    app = create_app(
        Settings(
            secret_key="a secret for tests, long enough to pass",
            database_url=f"sqlite:///{tmp_path / 'site.db'}",
            instance_dir=tmp_path,
            testing=True,
        )
    )
    with app.app_context():
        db.create_all()
        make.reference_data()
        make.commit()
        yield app
        db.session.remove()
        db.engine.dispose()
