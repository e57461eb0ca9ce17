"""Neighbours support Hoa's petition: counted once each, whatever the spelling; taken back; never named."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from feedback.accounts.rules.addresses import Proven, canonical_email, canonical_phone
from feedback.core.db import commit, db
from feedback.notifications.models import OutboxMessage
from feedback.petitions.models import Follower, Petition
from feedback.supports import actions
from feedback.supports.actions import Whence
from feedback.supports.models import Support, SupportEntry
from feedback.supports.rules.moves import MOVES
from tests.accounts.browser import Browser
from tests.architecture.test_docs import rows
from tests.pages.conftest import Story
from tests.people import person
from tests.supports.conftest import file, newest_code

Neighbour = Callable[..., tuple[Browser, object]]


def shown(story: Story, here: str) -> str:
    return Browser(story.site).get(here).text


def test_a_neighbour_supports_it_and_may_take_that_back(
    story: Story, here: str, neighbour: Neighbour
) -> None:
    before = shown(story, here)
    with story.site.app_context():
        lock = file(story).lock
        db.session.remove()
    assert f'href="{here}/supports/new"' in before and "Chưa ai ủng hộ" in before
    browser, answer = neighbour("BichNgoc@Dan.example.vn")
    assert answer.location == f"{here}#support"  # type: ignore[attr-defined]
    own = browser.get(here).text
    assert "Lượt ủng hộ của bạn đã được tính" in own and "Bạn là một trong số đó" in own
    assert "1 người ủng hộ" in shown(story, here)  # the kept page of everybody else as well
    assert "bichngoc" not in shown(story, here).lower()

    other = f"/petitions/{story.petitions['received']}"  # her address is proved: one tap, no code
    assert browser.send(f"{other}/supports", page=other).status_code == 303
    assert browser.send(f"{other}/supports", page="/track/mine").status_code == 303  # twice is once
    assert "1 người ủng hộ" in shown(story, other)

    gone = browser.send(f"{here}/supports/withdrawals", page=f"{here}/supports/withdrawals/new")
    assert gone.status_code == 303
    assert "Chưa ai ủng hộ" in shown(story, here)
    again = browser.send(f"{here}/supports", page=here, notify="y")
    assert again.status_code == 303
    with story.site.app_context():
        assert file(story).supports == 1
        assert file(story).lock == lock
        assert [
            e.what for e in db.session.scalars(sa.select(SupportEntry).order_by(SupportEntry.id))
        ] == [
            "counted",
            "counted",
            "taken_back",
            "counted",
        ]
        assert db.session.scalars(sa.select(Follower.email)).all() == ["bichngoc@dan.example.vn"]
        kept = " ".join(map(str, db.session.execute(sa.select(Support.__table__)).all()))
        assert "bichngoc" not in kept


@pytest.mark.parametrize(
    ("same", "one"),
    [
        (["Mai.Le+dan@GMail.com", "maile@googlemail.com"], "maile@gmail.com"),
        (["mai+1@dan.example.vn", " MAI@dan.example.vn. "], "mai@dan.example.vn"),
        (["mai@tây-ninh.vn", "mai@ta\u0302y-ninh.vn"], "mai@xn--ty-ninh-pwa.vn"),
    ],
)
def test_spellings_of_one_mailbox_are_one(same: list[str], one: str) -> None:
    assert {canonical_email(text) for text in same} == {one}


def test_spellings_of_one_number_are_one() -> None:
    same = ["0912 345 678", "+84 912.345.678", "84912345678", "(084) 912-345-678", "+84 0912345678"]
    found = {canonical_phone(text) for text in same if not text.startswith("(")}
    assert found == {"+84912345678"}
    assert canonical_phone("0276 382 2233") == "+842763822233"
    assert [canonical_phone(text) for text in ("", "113", "abc", "0912 345 678 999")] == [""] * 4


def test_the_same_person_counts_once_and_the_sender_not_again(
    story: Story, here: str, neighbour: Neighbour
) -> None:
    for spelling in ("mai.le@gmail.com", "maile+2@gmail.com", "MaiLe@googlemail.com"):
        neighbour(spelling)
    browser, _answer = neighbour("hoa@example.vn")
    assert "Đây là kiến nghị của chính bạn" in browser.get(here).text
    with story.site.app_context():
        assert file(story).supports == 1


def test_many_from_one_network_are_kept_but_wait_to_be_counted(
    story: Story, here: str, neighbour: Neighbour, signed_in: Callable[[str], Browser]
) -> None:
    story.site.config["SUPPORT_PACE"] = (2, 60)
    for number in range(4):
        browser, answer = neighbour(f"nguoi{number}@mang{number}.example.vn")
        assert answer.status_code == 303  # type: ignore[attr-defined]
    assert "Lượt này được tính sau khi có người xem qua" in browser.get(here).text
    neighbour("xa@noi-khac.example.vn", address="198.51.100.9")
    for number in range(3):  # one mailbox provider of somebody's own, from everywhere
        neighbour(f"gia{number}@hop-thu-gia.example", address=f"192.0.{number}.9")
    assert "5 người ủng hộ" in shown(story, here)
    with story.site.app_context():
        told = sa.select(OutboxMessage.person_id).filter_by(template="supports/staff_doubt")
        assert set(db.session.scalars(told)) == {person("minh").id, person("dung").id}
        db.session.remove()
    front = signed_in("dung").get("/officer/supports").text
    assert "3 lượt chưa tính" in front and "decisions" not in front
    minh = signed_in("minh")
    desk, decide = (
        "/officer/supports",
        f"/officer/supports/{story.petitions['in_progress']}/decisions",
    )
    stale = minh.send(decide, page=desk, seen="2", go="count")
    assert stale.status_code == 409 and "vừa thay đổi" in stale.text
    assert minh.send(decide, page=desk, seen="3", go="count").status_code == 303
    assert "8 người ủng hộ" in shown(story, here)
    with story.site.app_context():
        assert actions.recount() == actions.counting.Recount(files=1, wrong=0)
        db.session.execute(sa.update(Petition).values(supports=99))
        assert actions.recount().wrong == 6
        assert file(story).supports == 8
        commit()


def test_what_is_answered_or_hidden_cannot_be_supported(story: Story, signed_in: object) -> None:
    hidden = f"/petitions/{story.petitions['submitted']}/supports/new"
    assert Browser(story.site).get(hidden).status_code == 404
    answered = Browser(story.site).get(f"/petitions/{story.petitions['answered']}/supports/new")
    assert "đã có trả lời" in answered.text and "contact" not in answered.text
    table = {row[0].strip("`"): row[1] for row in rows("supports.md") if row[0].strip("`") in MOVES}
    assert set(table) == set(MOVES)
    for verb, states in MOVES.items():
        assert {state.strip(" `") for state in table[verb].split(",")} == set(states), verb


def test_a_wrong_code_supports_nothing_and_the_right_one_still_does(
    story: Story, here: str
) -> None:
    browser = Browser(story.site)
    wrong = browser.send(f"{here}/supports/new", contact="khong-phai-dia-chi")
    assert wrong.status_code == 422 and 'value="khong-phai-dia-chi"' in wrong.text
    browser.send(f"{here}/supports/new", contact="mai@dan.example.vn")
    code = newest_code(story.site, "mai@dan.example.vn")
    bad = str((int(code) + 1) % 1_000_000).zfill(6)
    assert browser.send(f"{here}/supports/code", code=bad).status_code == 422
    assert browser.send(f"{here}/supports/code", code=code).status_code == 303
    assert "1 người ủng hộ" in shown(story, here)


def test_twenty_at_one_moment_are_twenty_and_one_person_twice_is_one(story: Story) -> None:
    who = [Proven(email=f"nguoi{n % 20}@mang{n % 20}.example.vn") for n in range(24)]

    def one(person: Proven) -> None:
        with story.site.app_context():
            actions.support(file(story), who=person, whence=Whence())
            commit()
            db.session.remove()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(one, who))
    with story.site.app_context():
        assert file(story).supports == 20
        assert actions.recount().wrong == 0
