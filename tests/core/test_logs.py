"""What went wrong is in the log; what somebody wrote is not."""

from __future__ import annotations

import json

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import DBAPIError

from feedback.accounts.models import Person
from feedback.core import logs
from feedback.core.db import db

HERS = "hoa.rieng@example.vn"


def test_an_error_is_told_without_the_words_that_caused_it(
    site: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.init("ERROR")
    with site.app_context():
        for wrong in (
            lambda: int(HERS),
            lambda: db.session.execute(
                sa.text("SELECT CAST(:x AS INTEGER), json(:x)"), {"x": HERS}
            ),
            lambda: db.session.execute(sa.insert(Person).values(email=HERS, name=None)),
        ):
            try:
                wrong()
            except (ValueError, DBAPIError) as error:
                logs.log.error("unexpected", exc_info=error)
            db.session.rollback()
    lines = capsys.readouterr().err.splitlines()
    with capsys.disabled():
        logs.init("ERROR")  # the stream of this test is closed at its end; others log after it
    assert len(lines) == 3
    for line in lines:
        told = json.loads(line)["exception"]
        assert told[0]["exc_type"] and told[0]["frames"]
        assert "hoa.rieng" not in line
