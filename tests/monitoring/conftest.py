"""The application with its reference data, its context entered."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests import make


@pytest.fixture
def site(site: Flask) -> Iterator[Flask]:
    yield from _ready(site)


@pytest.fixture
def app(app: Flask) -> Iterator[Flask]:
    yield from _ready(app)


def _ready(app: Flask) -> Iterator[Flask]:
    with app.app_context():
        make.reference_data()
        make.commit()
        yield app
