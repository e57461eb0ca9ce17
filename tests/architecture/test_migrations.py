"""Migrations up and down on a filled database of each engine; the tables are those of the models."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade

from feedback.audit.queries import verify
from feedback.core import clock
from feedback.core.db import commit, db
from feedback.importer import actions as importer
from feedback.importer import queries as readings
from feedback.monitoring.actions import recount
from feedback.search.commands import walk
from feedback.search.ddl import is_ours
from tests import make
from tests.monitoring import files
from tests.pages.conftest import Story

GUARDED = ("event", "event_field", "event_head")


def triggers() -> set[str]:
    if db.engine.dialect.name == "sqlite":
        names = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    else:
        names = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    with db.engine.connect() as connection:
        return set(connection.execute(sa.text(names)).scalars())


def shape() -> dict[str, set[str]]:
    """Columns, indexes and constraints of every table, read from the database."""
    seen = sa.inspect(db.engine)
    return {
        table: {f"{c['name']} {c['type']} {c['nullable']}" for c in seen.get_columns(table)}
        | {f"index {i['name']} {i['column_names']} {i['unique']}" for i in seen.get_indexes(table)}
        | {f"unique {u['name']}" for u in seen.get_unique_constraints(table)}
        | {f"key {f['name']} {f['options']}" for f in seen.get_foreign_keys(table)}
        | {f"check {c['name']}" for c in seen.get_check_constraints(table)}
        for table in seen.get_table_names()
    }


def counts() -> dict[str, int]:
    """Rows of every table."""
    number = sa.func.count
    with db.engine.connect() as connection:
        return {
            table.name: connection.scalar(sa.select(number()).select_from(table)) or 0
            for table in db.metadata.sorted_tables
        }


def test_a_filled_database_goes_down_and_comes_up_the_same(story: Story) -> None:
    with story.site.app_context():
        before, guards = shape(), triggers()
        assert counts()["event"] > 10
        downgrade(revision="base")
        assert set(shape()) <= {"alembic_version"}
        assert triggers() == set()
        upgrade()
        assert shape() == before
        assert triggers() == guards
        assert set(counts().values()) == {0}


def test_going_up_again_leaves_a_filled_database_as_it_is(story: Story) -> None:
    with story.site.app_context():
        before, guards = counts(), triggers()
        upgrade()
        assert counts() == before
        assert triggers() == guards
        assert verify().bad_seq is None


def test_the_tables_are_those_of_the_models(site: Flask) -> None:
    with site.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "include_name": lambda name, kind, _in: not (kind == "table" and is_ours(name)),
            },
        )
        assert compare_metadata(context, db.metadata) == []


@pytest.mark.parametrize("table", GUARDED)
@pytest.mark.parametrize("change", ["DELETE FROM {0}", "UPDATE {0} SET seq = seq"])
def test_a_migrated_record_refuses_to_be_changed(story: Story, table: str, change: str) -> None:
    with story.site.app_context():
        statement = sa.text(change.format(table))
        with pytest.raises(sa.exc.DBAPIError, match="append-only"):
            db.session.execute(statement)


def test_figures_of_files_that_were_there_before_are_counted_on_the_way_up(story: Story) -> None:
    with story.site.app_context():
        files.varied(number=40, on=clock.today(), seed=3)
        commit()
        walk()  # these files were put in without events
        before = counts()
        db.session.remove()
        downgrade(revision="0002")
        upgrade()
        after = counts()
        # numbers that only tell a kept page from a newer one begin anew
        assert after.pop("page_version") == 0 < before.pop("page_version")
        # a proof younger than its table is gone with it
        assert after.pop("consent") == 0 < before.pop("consent")
        # what was read in, too, but the plans made of it stay
        assert after.pop("reading") == 0 < before.pop("reading")
        for younger in ("wording", "act_draft", "act_body", "act_line"):
            assert after.pop(younger) == 0 < before.pop(younger)
        assert after == before
        assert before["tally_days"] > 5
        assert not recount().differed


def test_a_draft_that_stood_among_the_plans_becomes_a_reading(site: Flask) -> None:
    with site.app_context():
        make.reference_data()
        plan = make.plan()
        texts = [(item.path, item.text, len(item.assignments)) for item in plan.in_force]
        commit()
        db.session.remove()
        downgrade(revision="0019")
        with db.engine.begin() as connection:
            connection.execute(sa.text("UPDATE plan SET published_at = NULL"))
        upgrade()
        left = counts()
        assert (left["plan"], left["plan_item"], left["assignment"], left["item_text"]) == (0,) * 4
        draft = readings.reading(readings.drafts()[0].id)
        assert draft is not None
        tree = readings.tree(draft)
        assert [(node.path, node.text.text, len(node.bodies)) for node in tree.nodes] == texts
        assert importer.publish(draft, by=None).number == "2705/KH-UBND"
