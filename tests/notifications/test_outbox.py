"""The outbox: written with its cause, claimed by one worker, tried again, given up in the end."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import UTC, date, datetime

import pytest
from flask import Flask

from feedback.accounts.models import Person
from feedback.core import clock
from feedback.core.db import commit, db
from feedback.notifications import actions
from feedback.notifications.channels import CHANNELS, Parcel
from feedback.notifications.queries import unread
from feedback.notifications.rules import BACK_OFF, wait_after
from feedback.notifications.tasks import Worker
from tests.notifications.conftest import later, messages, put

pytestmark = pytest.mark.usefixtures("post_app")


def claim(worker: str = "a", limit: int = 20) -> list[Parcel]:
    parcels = actions.claim(worker=worker, limit=limit)
    commit()
    return parcels


def test_a_message_is_undone_with_what_caused_it() -> None:
    put("one")
    db.session.rollback()
    assert messages() == []


def test_the_same_key_is_put_in_once() -> None:
    put("one")
    commit()
    assert (
        actions.enqueue("email", to="x@y.example", template="t", params={}, dedupe_key="one")
        is False
    )
    assert len(messages()) == 1


@pytest.mark.parametrize(
    "address",
    [
        "",
        "hoa",
        "a@b.example,c@d.example",
        "a@b.example\nBcc: c@d.example",
        "<a@b.example>",
        "a b@c.example",
        "a@b.example ",
        "a" * 250 + "@b.example",
    ],
)
def test_what_is_not_one_address_is_refused(address: str) -> None:
    with pytest.raises(ValueError):
        put("one", address)


def test_dates_are_written_as_people_write_them() -> None:
    put("one", due=date(2026, 12, 8), at=datetime(2026, 12, 8, 1, 30, tzinfo=UTC), n=[1, None])
    commit()
    params = messages()[0].params
    assert (params["due"], params["at"]) == ("08/12/2026", "08:30 08/12/2026")
    assert params["n"] == [1, None]


def test_a_claimed_message_belongs_to_one_worker() -> None:
    for key in "xyz":
        put(key)
    commit()
    first, second = claim("a", 2), claim("b", 5)
    assert [p.dedupe_key for p in first + second] == ["x", "y", "z"]
    assert claim("c") == []
    assert actions.mark_sent(first[0], worker="b") is False
    assert actions.mark_sent(first[0], worker="a") is True
    commit()
    sent = messages()[0]
    assert (sent.state, sent.params) == ("sent", {})


def test_failures_are_tried_again_after_longer_and_longer_waits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    put("one")
    commit()
    for wait in BACK_OFF:
        (parcel,) = claim()
        actions.mark_failed(parcel, worker="a", error="ConnectionRefusedError", lasting=False)
        commit()
        assert claim() == []
        assert messages()[0].next_attempt_at - clock.now() <= wait
        later(monkeypatch, seconds=wait.total_seconds())
    (parcel,) = claim()
    assert wait_after(parcel.attempts) is None
    actions.mark_failed(parcel, worker="a", error="ConnectionRefusedError", lasting=False)
    commit()
    assert messages()[0].state == "dead"
    assert actions.revive_dead(on=clock.now()) == 1
    commit()
    assert len(claim()) == 1


def test_what_a_dead_worker_held_is_given_to_another(monkeypatch: pytest.MonkeyPatch) -> None:
    put("one")
    commit()
    (parcel,) = claim("dead")
    later(monkeypatch, minutes=11)
    actions.take_back_stale(on=clock.now())
    commit()
    assert len(claim("alive")) == 1
    assert actions.mark_sent(parcel, worker="dead") is False


def test_addresses_are_forgotten_after_a_month(monkeypatch: pytest.MonkeyPatch) -> None:
    put("one")
    commit()
    actions.mark_sent(claim()[0], worker="a")
    commit()
    assert actions.forget_sent(on=clock.today()) == 0
    later(monkeypatch, days=31)
    assert actions.forget_sent(on=clock.today()) == 1
    commit()
    assert messages()[0].address == ""


def test_four_workers_deliver_each_message_once(
    post_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = 120
    for number in range(count):
        put(f"n{number}", f"p{number}@dan.example")
    commit()
    delivered: Counter[str] = Counter()
    lock = threading.Lock()

    def deliver(parcel: Parcel) -> list[object]:
        with lock:
            delivered[parcel.address] += 1
        return []

    monkeypatch.setitem(CHANNELS, "email", deliver)

    def work() -> None:
        with post_app.app_context():
            Worker(batch=7).run(once=True)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(delivered) == count
    assert set(delivered.values()) == {1}
    assert {message.state for message in messages()} == {"sent"}


def test_the_inbox_on_the_site_is_filled_once(hoa: Person) -> None:
    put("one", hoa, channel="inbox", link="/officer/petitions/1")
    commit()
    Worker().run(once=True)
    Worker().run(once=True)
    db.session.add(hoa)
    (item,) = unread(hoa)
    assert (item.subject, item.link) == ("Về: Đường lầy lội", "/officer/petitions/1")
    assert item.body.startswith("Đường lầy lội")
    assert "--" not in item.body
    actions.read([item])
    commit()
    assert unread(hoa) == []
