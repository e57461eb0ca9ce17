"""What keeps a submission and an item's page quick: one statement for what belongs together, indexes that
hold only what is asked for, and a version that comes along with a list."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from feedback.accounts.rules.addresses import Proven
from feedback.core import clock
from feedback.core.db import Model, commit, db
from feedback.core.indexes import written
from feedback.pagecache import memory
from feedback.pagecache.actions import reference_changed
from feedback.pagecache.queries import REFERENCE, versions_within
from feedback.petitions import queries
from feedback.plans.models import Plan
from tests import make


def held(made: Model) -> dict[str, Any]:
    return {column: getattr(made, column) for column in made.__table__.c.keys()}  # noqa: SIM118


def test_what_was_put_in_at_once_is_what_the_database_holds(plan: Plan) -> None:
    item_id = make.item(plan, "III.2.2.c").id
    for changes in ({"email": "hoa@example.vn"}, {"email": "", "consents": ()}):
        petition = make.receipt(item_id=item_id, **changes).petition
        rows = [petition, petition.leg, *([petition.contact] if petition.contact else [])]
        before = [held(row) for row in rows]
        assert not db.session.dirty and not db.session.new
        commit()
        db.session.expire_all()
        assert [held(row) for row in rows] == before
        assert petition.leg.petition is petition
        assert (petition.contact is None) == (petition.contact_id is None)
        assert petition.contact is None or petition.contact.email == changes["email"]


@contextmanager
def asked() -> Iterator[list[tuple[str, Any]]]:
    said: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
        said.append((statement, values))

    sa.event.listen(sa.Engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", note)


def way(read: Callable[[], Any]) -> str:
    """How the engine goes about the first statement of ``read``."""
    connection = db.session.connection()
    with asked() as statements:
        read()
    explain = "EXPLAIN "
    if connection.dialect.name == "sqlite":
        explain = "EXPLAIN QUERY PLAN "
    else:  # few rows are read and sorted whole; many are not
        for other in ("seqscan", "sort", "bitmapscan"):
            connection.exec_driver_sql(f"SET LOCAL enable_{other} = off")
    statement, values = statements[0]
    return "\n".join(
        str(row[-1]) for row in connection.exec_driver_sql(explain + statement, values)
    )


def test_lists_are_found_in_the_indexes_that_hold_only_their_rows(plan: Plan) -> None:
    item_id = make.item(plan, "III.2.2.c").id
    make.petition(state="answered", item_id=item_id)
    commit()
    ways = {
        "ix_petition_item": lambda: queries.public_petitions_of_item(item_id),
        "ix_petition_answered": lambda: queries.recent_public(answered=True),
        "ix_petition_dispatch": lambda: queries.dispatch_queue(on=clock.today()),
        "ix_contact_email": lambda: queries.of_sender(Proven(email="hoa@example.vn")),
        "ix_contact_phone": lambda: queries.of_sender(Proven(phone="+84912345678")),
    }
    for index, read in ways.items():
        assert index in way(read), index


def test_the_list_of_an_item_brings_the_version_of_reference_data(plan: Plan) -> None:
    item_id = make.item(plan, "III.2.2.c").id
    make.petition(state="answered", item_id=item_id)
    commit()
    seen = set()
    for _change in range(2):
        assert memory.VERSION not in db.session().info
        queries.public_petitions_of_item(item_id)
        (now,) = versions_within(db.session.connection(), (REFERENCE,))
        assert db.session().info[memory.VERSION][0] == now
        seen.add(now)
        reference_changed()
        commit()
    assert len(seen) == 2


def test_a_number_that_is_far_from_the_average_stands_in_the_statement(plan: Plan) -> None:
    for number, found in ((7, 7), (None, None)):
        with asked() as statements:
            assert db.session.scalar(sa.select(written(number))) == found
        assert str(number or "NULL") in statements[0][0] and not statements[0][1]
