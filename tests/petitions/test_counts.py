"""What a desk's headings count, and where counting ends."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from feedback.core import clock
from feedback.core.db import commit, db
from feedback.petitions import queries
from feedback.petitions.actions import ending, waiting
from feedback.petitions.models import Petition
from tests import make
from tests.people import person


def test_every_heading_counts_the_files_of_its_list(site: Flask) -> None:
    with site.app_context():
        make.reference_data()
        item = make.item(make.plan(), "III.2.2.c")
        today = clock.today()
        for number, state in enumerate(
            ("submitted", "received", "in_progress", "awaiting_approval")
        ):
            for turn in range(number + 1):
                day = today - timedelta(days=40 if turn else 2)
                make.petition(state=state, on=day, item_id=item.id, key=f"{state} {turn}")
        make.petition(state="answered", item_id=item.id)
        loose = make.receipt().petition  # of no item: it waits in the dispatch of another body
        ending.propose_decline(loose, reason_code="not_clear", words="Nói rõ.", by=person("minh"))
        for name in ("thu", "giang"):
            refused = make.petition(state="received", item_id=item.id, key=f"refused by {name}")
            ending.propose_decline(
                refused, reason_code="not_clear", words="Nói rõ.", by=person(name)
            )
        longer = make.petition(state="in_progress", item_id=item.id, key="longer")
        to_on = longer.due_on + timedelta(days=1)
        waiting.ask_extension(longer, to_on=to_on, reason="Đo lại.", on=today, by=person("binh"))
        commit()
        approvals = {}
        for name in ("binh", "thu", "giang", "yen", "cuc"):
            somebody, soon = person(name), today + timedelta(days=5)
            counts = queries.queue_counts(somebody, today=today, soon=soon)
            approvals[name] = counts["approval"]
            for tab, number in counts.items():
                page = queries.queue(somebody, tab=tab, today=today, soon=soon, size=50)
                assert number == len(page.rows), (name, tab)
            days = [today + timedelta(days=n) for n in range(-60, 30)]
            strip = queries.due_strip(somebody, days)
            page = queries.queue(somebody, tab="open", today=today, soon=soon, size=50)
            assert strip == {day: sum(p.due_on == day for p in page.rows) for day in days}
        assert approvals == {"binh": 7, "thu": 7, "giang": 6, "yen": 1, "cuc": 0}
        db.session.remove()


def test_counting_ends_where_nobody_would_read_on(
    site: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("feedback.petitions.queries.counts.MOST", 3)
    monkeypatch.setattr("feedback.petitions.queries.counts.MOST_A_DAY", 1)
    with site.app_context():
        make.reference_data()
        item = make.item(make.plan(), "III.2.2.c")
        for number in range(6):
            make.petition(item_id=item.id, key=f"number {number}")
        commit()
        due = db.session.scalars(sa.select(Petition.due_on)).first()
        assert due is not None
        today = clock.today()
        counts = queries.queue_counts(person("binh"), today=today, soon=today)
        assert (counts["open"], counts["overdue"]) == (4, 0)
        assert queries.due_strip(person("binh"), [due]) == {due: 2}
        db.session.remove()
