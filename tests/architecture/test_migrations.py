"""Migrations run up and down on filled databases of both engines, and say the same as the models."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy.exc import DBAPIError

from feedback.audit.queries import verify
from feedback.core.config import ROOT
from feedback.core.db import db
from tests.pages.conftest import Story

FOLDER = str(ROOT / "migrations")


def tables() -> set[str]:
    db.session.remove()
    return set(sa.inspect(db.engine).get_table_names()) - {"alembic_version"}


def test_the_migrations_say_what_the_models_say(story: Story) -> None:
    with story.site.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_a_filled_database_goes_down_and_up_again(story: Story) -> None:
    with story.site.app_context():
        whole = tables()
        assert verify().count > 20
        assert db.session.scalar(sa.text("SELECT count(*) FROM petition")) > 3
        db.session.remove()
        downgrade(directory=FOLDER, revision="base")
        assert tables() == set()
        upgrade(directory=FOLDER)
        assert tables() == whole
        assert verify().count == 0
        db.engine.dispose()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET kind = 'x' WHERE seq = 1",
        "DELETE FROM event WHERE seq = 1",
        "UPDATE event_field SET value = 'x' WHERE seq > 1",
        "DELETE FROM event_field WHERE seq > 1",
    ],
)
def test_the_record_refuses_to_be_changed(story: Story, statement: str) -> None:
    with story.site.app_context():
        with pytest.raises(DBAPIError), db.engine.begin() as connection:
            connection.exec_driver_sql(statement)
        assert verify().bad_seq is None
        db.engine.dispose()
