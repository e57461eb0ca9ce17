"""The application with its reference data, its context entered."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests import make
from tests.servers.databases import Stage


@pytest.fixture
def stage() -> Stage:
    return make.reference_data


@pytest.fixture
def site(site: Flask) -> Iterator[Flask]:
    with site.app_context():
        yield site


@pytest.fixture
def app(app: Flask) -> Iterator[Flask]:
    with app.app_context():
        yield app
