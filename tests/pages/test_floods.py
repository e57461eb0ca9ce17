"""Petitions in a flood: nothing is lost, nothing counts, staff are told once, and an honest sender gets through."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa

from feedback.accounts.actions import residents
from feedback.audit.models import Event
from feedback.audit.queries import events_of, verify
from feedback.core import clock
from feedback.core.db import commit, db
from feedback.files.models import StoredFile
from feedback.monitoring.actions import recount
from feedback.notifications.models import OutboxMessage
from feedback.petitions import queries
from feedback.petitions.actions import holding
from feedback.petitions.models import Attachment, HeldPetition, Petition
from feedback.petitions.queries.comparing import compare_files
from feedback.petitions.rules.floods import (
    SURGE_FROM,
    Drawn,
    Lately,
    sketch,
    surge_from,
    usual_hour,
)
from feedback.petitions.views.counting import Memory, Shared
from tests import make
from tests.accounts.browser import Browser
from tests.accounts.conftest import later
from tests.files import corpus
from tests.pages.conftest import Story
from tests.pages.test_offline_pages import sends
from tests.pages.test_submission import GOOD, petitions
from tests.servers.databases import on_sqlite
from tests.servers.patience import PATIENCE_S
from tests.servers.store import store

SignIn = Callable[[str], Browser]
LIMITS = {"network": 2, "address": 2, "alike": 0, "all": 0, "usual": 0}
FEW_WORDS = [f"{one}{other}" for one in ["đèn", "cống", "rác", "kênh", "cầu"] for other in range(5)]
SAME = "Chúng tôi phản đối dự án này và yêu cầu tỉnh dừng ngay việc thu hồi đất ở khu vực chợ"


@pytest.fixture(autouse=True)
def few(story: Story) -> None:
    limits(story)


def limits(story: Story, **changes: int) -> None:
    """As the operator sets them; what was counted so far is forgotten, as after a new start."""
    story.site.config["PETITION_LIMITS"] = tuple((LIMITS | changes).items())
    story.site.extensions.pop("feedback.petitions_sent", None)


@dataclass
class Flood:
    """Telephones that send whatever they are given, each from the address that is named."""

    story: Story
    sent: int = 0
    answers: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.browser = Browser(self.story.site)
        self.token = self.browser.get("/offline/token").get_json()["token"]

    def send(self, address: str, *, status: int = 200, **changes: str) -> dict[str, Any]:
        """What the site answered; each is another form, unless its key is told."""
        self.sent += 1
        words = {
            "title": f"Việc số {self.sent}",
            "text": " ".join(f"{self.sent}x{n}" for n in range(12)),
        }
        key = f"the flood's own key, number {self.sent:09}"
        fields = {"csrf_token": self.token, "kind": "concern", "key": key, **words, **changes}
        where = {"REMOTE_ADDR": address}
        answer = self.browser.client.post("/offline/petitions", data=fields, environ_base=where)
        assert answer.status_code == status, answer.text
        return {"key": fields["key"], **answer.get_json()}


def held(story: Story, **where: object) -> int:
    with story.site.app_context():
        number = sa.select(sa.func.count()).select_from(HeldPetition).filter_by(**where)
        found = db.session.scalar(number) or 0
        db.session.remove()
        return found


def followed(story: Story, code: str) -> str:
    browser = Browser(story.site)
    assert browser.send("/track", code=code).status_code == 303
    return browser.get("/track/file").text


def sifts(browser: Browser, key: str, go: str, **fields: str) -> Any:
    page = f"/officer/held/{key}" + ("?tab=aside" if go == "back" else "")
    below = re.search(r'name="below" value="(\d+)"', browser.get(page).text)
    assert below
    where, fields = f"/officer/held/{key}/decisions", {"which": "all", **fields}
    return browser.send(where, page=page, go=go, below=below[1], **fields)


def groups(browser: Browser, tab: str = "") -> list[str]:
    page = browser.get("/officer/held" + (f"?tab={tab}" if tab else "")).text
    return re.findall(r'href="/officer/held/([a-z]+-\w+)', page)


def test_sixty_fakes_from_six_networks_count_nowhere_but_within_the_limit(
    story: Story, signed_in: SignIn
) -> None:
    before, flood = petitions(story.site), Flood(story)
    received = signed_in("dung").get("/oversight").text
    fakes = [flood.send(f"198.18.{network}.{n}") for n in range(10) for network in range(6)]
    honest = flood.send("192.0.2.9", title="Cống nghẹt ở ấp Bình Long")
    assert petitions(story.site) == before + 6 * 2 + 1
    assert held(story, why="network", standing="waiting") == 48
    assert (
        honest["number"] and [bool(fake["number"]) for fake in fakes] == [True] * 12 + [False] * 48
    )
    assert len({fake["code"] for fake in fakes}) == 60
    with story.site.app_context():
        told = db.session.scalars(
            sa.select(OutboxMessage.channel).where(
                OutboxMessage.template == "petitions/staff_flood"
            )
        ).all()
        assert sorted(told) == ["email", "inbox", "inbox"]  # Yến by both ways, Dũng in his inbox
        events = sa.select(sa.func.count()).where(Event.kind.startswith("held:"))
        assert db.session.scalar(events) == 0
        assert holding.seal_held(on=clock.today()) == 48
        commit()
        assert db.session.scalar(events) == 1
        assert not recount().differed and queries.bad_batch() is None
        db.session.execute(sa.update(HeldPetition).where(HeldPetition.id == 7).values(why="alike"))
        assert queries.bad_batch() == 48
        db.session.rollback()
        assert verify().bad_seq is None
        db.session.remove()
    figures = signed_in("dung").get("/oversight").text
    assert received != figures
    shown = followed(story, fakes[-1]["code"])
    assert "Cần có người xem trước" in shown and "60x3 60x4" in shown
    assert "Việc số 60" in shown
    yen = signed_in("yen")
    assert "Việc số 60" not in yen.get("/officer/dispatch").text
    assert "48" in yen.get("/officer/held").text and len(groups(yen)) == 6


def test_a_person_takes_some_lays_the_others_aside_and_puts_them_back(
    story: Story, signed_in: SignIn
) -> None:
    before, flood, sent_on = petitions(story.site), Flood(story), clock.today()
    village = [flood.send(f"203.0.113.{n}") for n in range(6)][2:]
    bots = [flood.send(f"198.18.7.{n}") for n in range(6)][2:]
    yen, dung = signed_in("yen"), signed_in("dung")
    first, second = groups(yen)
    reads = dung.get(f"/officer/held/{first}").text
    assert "Việc số 3" in reads and 'name="go"' not in reads
    assert dung.client.post(f"/officer/held/{first}/decisions").status_code in {400, 403}
    assert sifts(yen, second, "aside").status_code == 422
    assert sifts(yen, second, "aside", reason="machine").status_code == 303
    assert held(story, standing="aside") == 4 and petitions(story.site) == before + 4
    shown = followed(story, bots[0]["code"])
    assert "Máy gửi tự động rất nhiều nội dung cùng lúc" in shown and "Mặt trận Tổ quốc" in shown
    with later(days=2):
        yen = signed_in("yen")
        assert sifts(yen, first, "take").status_code == 303
        assert petitions(story.site) == before + 8
        assert sifts(yen, second, "back").status_code == 303
        assert sifts(yen, second, "aside", reason="copies").status_code == 303
        shown = followed(story, village[0]["code"])
        assert "Đã xem xét, chuyển xử lý" in shown and sent_on.strftime("%d/%m/%Y") in shown
    with story.site.app_context():
        taken = db.session.scalars(sa.select(Petition).order_by(Petition.id.desc()).limit(4)).all()
        assert {one.submitted_on for one in taken} == {sent_on}
        assert {one.first_due_on for one in taken} == {_first_due(story)}
        (said,) = [e.fields for e in events_of(taken[0].subject) if e.kind == "petition:submitted"]
        assert (said["held"], said["freed"]) == ("network", "person")
        decided = sa.select(Event.kind).where(Event.kind.startswith("held:")).order_by(Event.seq)
        assert db.session.scalars(decided).all() == [
            "held:laid_aside",
            "held:taken",
            "held:put_back",
            "held:laid_aside",
        ]
        assert _differing({one.reference for one in taken}) == set()
        assert not recount().differed
        with later(days=95):
            assert holding.forget_aside(on=clock.today()) == 4
        assert not db.session.scalars(
            sa.select(HeldPetition.text).where(HeldPetition.text != "")
        ).all()
        db.session.rollback()


def _differing(names: set[str]) -> set[str]:
    """Those of these files that are not as the record says."""
    return {one.name for one in compare_files() if one.differences and one.name in names}


def _first_due(story: Story) -> Any:
    """Of a petition that was sent on that day and never held."""
    return db.session.scalars(
        sa.select(Petition.first_due_on)
        .where(Petition.submitted_on == clock.today())
        .order_by(Petition.id)
    ).first()


def test_nearly_the_same_words_and_one_address_are_held_wherever_they_come_from(
    story: Story,
) -> None:
    limits(story, alike=3, network=0)
    before, flood = petitions(story.site), Flood(story)
    for n in range(8):
        flood.send(f"198.18.{n}.1", title=f"Phản đối lần {n}", text=f"{SAME}, lần {n}.")
    assert held(story, why="alike") == 5 and len(set(_marks(story, "alike"))) == 1
    flood.send(
        "198.18.9.1",
        text="Đường vào trường mẫu giáo ngập sau mỗi trận mưa, các cháu phải lội nước.",
    )
    assert petitions(story.site) == before + 4
    emails = ["an@example.vn", "An+1@example.vn", "an@example.vn"]
    last = [flood.send(f"198.19.{n}.1", email=one) for n, one in enumerate(emails)][-1]
    assert held(story, why="address") == 1 and petitions(story.site) == before + 6
    again = flood.send("198.19.2.1", key=last["key"], title="Việc khác", status=409)
    assert again["again"] and "đã gửi rồi" in again["reasons"][0]
    same = {"title": "Việc số 12", "text": " ".join(f"12x{n}" for n in range(12))}
    again = flood.send("192.0.2.77", key=last["key"], email="an@example.vn", **same)
    assert again["code"] == last["code"] and held(story) == 6
    # proving the address frees nothing of what too many were sent under
    with story.site.app_context():
        assert holding.free(residents.Proven(email="an@example.vn"), on=clock.today()) == 0
        db.session.remove()


def _marks(story: Story, why: str) -> list[str]:
    with story.site.app_context():
        found = db.session.scalars(sa.select(HeldPetition.mark).filter_by(why=why)).all()
        db.session.remove()
        return list(found)


def test_who_shares_a_line_proves_her_address_and_loses_neither_files_nor_days(
    story: Story, signed_in: SignIn
) -> None:
    before, flood = petitions(story.site), Flood(story)
    for n in range(2):
        flood.send(f"203.0.113.{n}")
    here = sends(Browser(story.site), corpus.jpeg(3), email="hoa@example.vn")
    assert here.get_json()["number"]  # from this machine itself: no limit
    hoa = Browser(story.site)
    hoa.client.environ_base["REMOTE_ADDR"] = "203.0.113.200"
    kept = sends(
        hoa, corpus.jpeg(4), key="hoa's own key behind the shared line", email="hoa@example.vn"
    )
    assert kept.status_code == 200 and not kept.get_json()["number"]
    receipt = hoa.get("/receipt").text
    assert kept.get_json()["code"] in receipt and "Xác nhận liên hệ của tôi" in receipt
    assert (
        sends(
            hoa, corpus.jpeg(4), key="hoa's own key behind the shared line", email="hoa@example.vn"
        ).get_json()
        == kept.get_json()
    )
    with story.site.app_context():
        files = db.session.scalar(sa.select(sa.func.count()).select_from(Attachment)) or 0
        assert db.session.scalars(
            sa.select(StoredFile).where(StoredFile.subject.startswith("held:"))
        ).one()
        db.session.remove()
    with later(days=1):
        assert proves(story, hoa, "hoa@example.vn").status_code == 303
        assert "Việc số" not in hoa.get("/track/mine").text
        page = hoa.get("/track/file").text
        assert "Đã xem xét, chuyển xử lý" in page and page.count("<img") == 1
        assert sends(
            hoa,
            corpus.jpeg(5),
            key="and yet another of hers, proved by now",
            email="hoa@example.vn",
        ).get_json()["number"]
    with story.site.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Attachment)) == files + 2
        freed = db.session.scalars(
            sa.select(Petition).order_by(Petition.id.desc()).offset(1)
        ).first()
        assert freed is not None and freed.submitted_on == clock.today()
        assert _differing({freed.reference}) == set()
        row = db.session.scalars(sa.select(HeldPetition)).one()
        assert (row.standing, row.text, row.email, row.mark) == ("taken", "", "", "")
        db.session.remove()
    assert petitions(story.site) == before + 2 + 1 + 1 + 1
    assert signed_in("yen").get("/officer/held").status_code == 200


def proves(story: Story, browser: Browser, email: str) -> Any:
    assert browser.send("/track/lost", contact=email).status_code == 303
    with story.site.app_context():
        template = OutboxMessage.template == "accounts/code"
        params = db.session.scalars(
            sa.select(OutboxMessage.params).where(template).order_by(OutboxMessage.id.desc())
        ).first()
        db.session.remove()
    assert params
    return browser.send("/track/email/code", code=params["code"])


def test_the_operator_holds_whatever_is_not_proved_or_takes_nothing_in_for_a_while(
    story: Story, signed_in: SignIn
) -> None:
    before, flood = petitions(story.site), Flood(story)
    story.site.config["INTAKE"] = "hold"
    codes = [flood.send(f"198.18.{n}.1")["code"] for n in range(5)]
    assert held(story, why="switch") == 5 and petitions(story.site) == before
    assert "tạm giữ mọi kiến nghị" in signed_in("yen").get("/officer/held").text
    browser = Browser(story.site)
    browser.send("/track", code=codes[0])
    assert browser.send("/track/file/held/withdrawals", page="/track/file").status_code == 303
    assert "Bạn đã rút kiến nghị này" in browser.get("/track/file").text
    story.site.config["INTAKE"] = "stop"
    story.site.config["INTAKE_UNTIL"] = clock.now() + timedelta(hours=3)
    page = browser.get("/submit")
    assert page.status_code == 503 and "1022" in page.text and "một cửa" in page.text
    story.site.config["INTAKE"] = "open"
    token = browser.get("/submit").text
    story.site.config["INTAKE"] = "stop"
    found = re.search(r'name="csrf_token" value="([^"]+)"', token)
    assert found
    kept = browser.client.post("/submit", data={**GOOD, "csrf_token": found[1]})
    assert kept.status_code == 503 and GOOD["title"] in kept.text and "vẫn còn đây" in kept.text
    assert flood.send("192.0.2.1", status=429)["wait"] > 0
    with later(hours=4):
        assert flood.send("192.0.2.1")["number"]
    assert petitions(story.site) == before + 1


def test_a_busy_hour_of_the_whole_site_is_noticed_and_passes(story: Story) -> None:
    limits(story, all=4, network=0)
    before, flood = petitions(story.site), Flood(story)
    for n in range(7):
        flood.send(f"198.18.{n}.1")
    assert petitions(story.site) == before + 4 and held(story, why="surge") == 3


def test_far_more_than_a_usual_hour_brings_is_a_surge_before_the_limit(story: Story) -> None:
    with story.site.app_context():
        for days in range(1, 4):
            with later(days=-days):
                for n in range(days):  # one, two and three in the busiest hours of three days
                    make.receipt(key=f"the form number {n} of the day {days}")
        commit()
        assert queries.usual_hour(clock.today()) == 2
        db.session.remove()
    for usual, number in ((5, ""), (0, "TN")):
        limits(story, network=0, all=300, usual=usual)
        busy = Memory({"all": 300})
        for _one in range(SURGE_FROM):
            busy.add({}, Drawn(frozenset(), ""))
        story.site.extensions["feedback.petitions_sent"] = busy
        sent = Flood(story, sent=usual).send("198.18.1.1")
        assert sent["number"][:2] == number, sent
    assert held(story, why="surge") == 1


def test_what_is_usual_is_a_median_within_bounds() -> None:
    monday = clock.today()
    hours = {(monday - timedelta(days=n), hour): n + hour for n in range(5) for hour in range(3)}
    flooded = {**hours, (monday, 9): 5_000}
    assert usual_hour({}) == 0 and usual_hour(hours) == 4 and usual_hour(flooded) == 5
    found = [surge_from(300, times=5, usual=usual) for usual in (0, 19, 40, 900)]
    assert found == [100, 100, 200, 300]
    assert surge_from(300, times=0, usual=9) == 300 and surge_from(0, times=5, usual=9) == 0


@on_sqlite
def test_web_processes_with_one_store_count_as_one(story: Story, tmp_path: Path) -> None:
    before, flood = petitions(story.site), Flood(story)
    with store(tmp_path) as running:
        story.site.config["REDIS_URL"] = running.url
        flood.send("192.0.2.200")
        assert isinstance(story.site.extensions["feedback.petitions_sent"], Shared)
        for n in range(4):  # each from another process, whose own memory is empty; slow is not away
            process = Shared(running.url, LIMITS, patience_s=PATIENCE_S)
            story.site.extensions["feedback.petitions_sent"] = process
            flood.send(f"203.0.113.{n}")
        assert petitions(story.site) == before + 3 and held(story, why="network") == 2
        running.stop()
        assert flood.send("192.0.2.7")["number"]  # nobody is refused because the store is away


def test_two_texts_are_alike_by_most_of_their_words() -> None:
    one, other = sketch(f"{SAME}, lần 1."), sketch(f"PHẢN ĐỐI! {SAME.upper()} lần thứ hai")
    assert len(one & other) >= 8 and not sketch("Đèn hỏng")
    lately = Lately(60)
    for number in range(510):  # many honest texts of few words share pairs, and are not the same
        words = Random(number).choices(FEW_WORDS, k=40)
        drawn, same = lately.draw(" ".join(words), number / 10)
        assert same == 0
        lately.add(drawn, number / 10)
    drawn, same = lately.draw(" ".join(words) + " nữa", 51)
    assert (same, drawn.name) == (1, lately.draw(" ".join(words), 52)[0].name)
    assert lately.draw(" ".join(words), 200)[1] == 0
