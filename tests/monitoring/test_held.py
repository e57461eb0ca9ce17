"""Holding a petition hides nothing: who waits, how long, and what became of it are figures, and its day zero
is the day on which it was sent, whatever happened in between."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from feedback.accounts.rules.addresses import Proven
from feedback.core import clock
from feedback.core.db import commit, db
from feedback.monitoring import queries
from feedback.monitoring.queries import Asked, HeldFigures
from feedback.monitoring.rules import periods
from feedback.monitoring.rules.holding import BECAME
from feedback.notifications.jobs import JOBS
from feedback.notifications.models import OutboxMessage
from feedback.notifications.rendering import inbox_words, words
from feedback.petitions.actions import holding, judging, sifting
from feedback.petitions.models import HeldPetition, Petition
from feedback.petitions.queries.comparing import compare_files
from feedback.petitions.rules.floods import Doubt
from tests import make
from tests.people import person


@contextmanager
def on(day: int, month: int = 11) -> Iterator[None]:
    with clock.travel(datetime(2026, month, day, 9, tzinfo=clock.LOCAL)):
        yield


def hold(title: str, *, email: str = "") -> HeldPetition:
    """One of very many of that hour."""
    sent = make.submission(title=title, email=email, key=f"the form in which {title} was written")
    kept = holding.hold(sent, Doubt("network", "abcd1234"), on=clock.today())
    assert isinstance(kept, holding.Held)
    return kept.held


def chosen(*some: HeldPetition) -> sifting.Chosen:
    return sifting.Chosen("network", "abcd1234", [one.public_id for one in some], 2**31 - 1)


def told(day: int) -> HeldFigures:
    """The Front's page on a day of November."""
    with on(day):
        return queries.held_figures(
            Asked(periods.read("", "", today=clock.today()), clock.today(), public=False)
        )


def figures(day: int) -> queries.Figures:
    with on(day):
        return queries.figures(
            Asked(periods.read("", "", today=clock.today()), clock.today(), public=False)
        )


def test_what_waits_and_what_became_of_the_others_is_counted_in_working_days(site: Flask) -> None:
    with on(30, month=10):  # a Friday
        early = hold("Sạt lở bờ kênh")
    with on(2):  # Monday
        proved, taken, aside, back, left = (
            hold(title, email="hoa@example.vn" if title == "Đèn đường" else "")
            for title in ("Đèn đường", "Cống nghẹt", "Máy gửi", "Rút lại", "Bỏ quên")
        )
    with on(3):
        assert holding.free(Proven(email=proved.email), on=clock.today()) == 1
        sifting.take_as_genuine(chosen(early), on=clock.today(), by=person("yen"))
    with on(6):
        sifting.take_as_genuine(chosen(taken), on=clock.today(), by=person("yen"))
        sifting.lay_aside(chosen(aside), reason="machine", by=person("yen"))
        holding.take_back(back)
    with on(20):
        hold("Mới gửi")
    commit()
    found = told(25)  # 24/11 is a day off
    total = found.total
    assert {code: total[code] for code in ("held", *BECAME)} == {
        "held": 7,
        "held_by_proof": 1,
        "held_by_person": 2,
        "held_aside": 1,
        "held_withdrawn": 1,
        "held_waiting": 2,
    }
    assert total["held"] == sum(total[code] for code in BECAME) and total.reasons == {"machine": 1}
    # proved 1, early 2 over a weekend, the last one 2 over a weekend and a day off, three 4, the one left 16
    assert dict(total.days) == {1: 1, 2: 2, 4: 3, 16: 1}
    assert (total.median.days, total.longest) == (4.0, 16)
    assert [(month.month, course["held"]) for month, course in found.months] == [(10, 1), (11, 6)]
    now = found.now
    assert (now.number, now.over_one, now.over_two, now.overdue, now.longest) == (2, 2, 1, 1, 16)
    # fifteen working days end on 23/11: on that day the one left is still in time
    assert told(23).now.overdue == 0 and told(24).now.overdue == 1
    with on(25):
        sifting.put_back(chosen(aside), by=person("yen"))
    again = told(25).now
    assert (again.number, again.over_two) == (3, 2)  # to lay aside and put back makes no wait new
    assert left.waits


def test_who_was_held_past_the_day_of_the_answer_is_late_at_once(site: Flask) -> None:
    with on(2):
        left = hold("Bỏ quên", email="hoa@example.vn")
        never = make.receipt(title="Không bị giữ").petition
    commit()
    before = figures(24).total
    assert (before["received"], before["open_overdue"]) == (1, 1)
    with on(24):
        sifting.take_as_genuine(chosen(left), on=clock.today(), by=person("yen"))
        commit()
        freed = db.session.scalars(sa.select(Petition).where(Petition.title == "Bỏ quên")).one()
        assert (freed.submitted_on, freed.first_due_on, freed.due_on) == (
            never.submitted_on,
            never.first_due_on,
            never.due_on,
        )
        assert freed.due_on < clock.today()
        judging.run_clock(on=clock.today())
        commit()
        assert not [one for one in compare_files() if one.differences]
    after = figures(24).total
    assert (after["received"], after["open_overdue"], after["open_in_time"]) == (2, 2, 0)


def letters(name: str, day: int) -> list[OutboxMessage]:
    """What the worker had to say to somebody on a day, run twice as two workers would."""
    with on(day):
        for _time in range(2):
            JOBS["petitions.remind_of_held"].run(on=clock.today())
            commit()
    keys = OutboxMessage.dedupe_key
    return list(
        db.session.scalars(
            sa.select(OutboxMessage)
            .where(OutboxMessage.template == "petitions/staff_held_long")
            .where(keys.contains(person(name).public_id), keys.endswith(f"-{day:02}"))
            .order_by(OutboxMessage.id)
        )
    )


def test_dispatchers_hear_of_it_each_working_day_and_then_the_front(site: Flask) -> None:
    for name in ("yen", "dung", "binh"):
        person(name)
    with on(20):  # a Friday
        hold("Thứ Sáu")
        hold("Cũng thứ Sáu")
    with on(23):
        hold("Thứ Hai")
    commit()
    assert not letters("yen", 23)  # one working day since
    assert not letters("yen", 24)  # a day off
    assert [one.channel for one in letters("yen", 25)] == ["inbox", "email"]
    assert not letters("dung", 25)
    front = letters("dung", 26)
    assert [one.channel for one in front] == ["inbox", "email"] and len(letters("yen", 26)) == 2
    params = front[0].params
    assert (params["number"], params["most"], params["longest"]) == (2, 2, 3)
    said = words("petitions/staff_held_long", params, "vi")
    assert said.subject == "2 kiến nghị bị tạm giữ quá 2 ngày làm việc"
    assert "20/11/2026" in said.text and "/officer/held" in said.text
    assert "Mặt trận đọc được" in inbox_words("petitions/staff_held_long", params, "vi").text
    assert not letters("yen", 28) and not letters("binh", 26)  # a Saturday; no role
    with on(27):
        waits = db.session.scalars(sa.select(HeldPetition)).all()
        sifting.lay_aside(chosen(*waits), reason="copies", by=person("yen"))
        commit()
    assert not letters("yen", 27) and not letters("dung", 27)


@pytest.mark.parametrize(("days", "yen", "dung"), [((0, 0), 2, 2), ((3, 5), 0, 0)])
def test_the_operator_sets_after_how_many_days(
    site: Flask, days: tuple[int, int], yen: int, dung: int
) -> None:
    person("yen"), person("dung")
    with on(20):
        hold("Thứ Sáu")
    commit()
    site.config["HELD_REMINDER_DAYS"] = days
    assert (len(letters("yen", 23)), len(letters("dung", 23))) == (yen, dung)
