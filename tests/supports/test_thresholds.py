"""Enough people ask: the head must answer in person. Once, for good, and not only in the page."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from feedback.accounts.actions.people import equip
from feedback.accounts.models import Person
from feedback.accounts.rules.addresses import Proven
from feedback.audit.queries import events_of, verify
from feedback.core import clock
from feedback.core.db import commit, db
from feedback.core.errors import Refused
from feedback.notifications.models import OutboxMessage
from feedback.petitions import policy
from feedback.petitions.actions import answering
from feedback.petitions.models import Petition
from feedback.petitions.queries import queue
from feedback.supports import actions
from feedback.supports.actions import Whence
from feedback.supports.models import SupportCrossing, SupportEntry
from feedback.supports.rules.thresholds import Threshold, newly_reached, next_number, that_hold
from tests.accounts.browser import Browser
from tests.counting import count_queries
from tests.pages.conftest import HASH, Story
from tests.people import colleague, person
from tests.supports.conftest import file

ROWS = "kind,level,effect,number,tell\n,,head,3,\n,,leadership,5,van-phong-ubnd-tinh\n"


def many(petition: Petition, number: int, *, first: int = 0) -> None:
    for n in range(first, first + number):
        who = Proven(email=f"nguoi{n}@mang{n}.example.vn")
        actions.support(petition, who=who, whence=Whence())


def told() -> set[tuple[str, int]]:
    """Who was told that a threshold was reached, and which one."""
    rows = db.session.scalars(
        sa.select(OutboxMessage).filter_by(template="supports/staff_reached", channel="email")
    )
    return {(row.address.split("@")[0], row.params["number"]) for row in rows}


@pytest.fixture
def thresholds(story: Story, tmp_path: Path) -> Story:
    """The operator's own table, by the command."""
    path = tmp_path / "rows.csv"
    path.write_text(ROWS, encoding="utf-8")
    ran = story.site.test_cli_runner().invoke(args=["supports", "thresholds", "load", str(path)])
    assert ran.output == "2 thresholds hold; 0 petitions reached one at once\n", ran.output
    return story


def test_the_head_must_answer_in_person(
    thresholds: Story, signed_in: Callable[[str], Browser]
) -> None:
    site, public_id = thresholds.site, thresholds.petitions["awaiting_approval"]
    with site.app_context():
        equip(colleague("quyen", "deputy"), password_hash=HASH, seed="seed of quyen")
        colleague("vinh", "head", agency="van-phong-ubnd-tinh")
        commit()
        db.session.remove()
    page = f"/officer/petitions/{public_id}/approvals/new"
    deputy = signed_in("quyen")
    before = deputy.get(page).text
    assert "Duyệt và công bố" in before
    fields = {n: before.split(f'name="{n}" value="')[1].split('"')[0] for n in ("seen", "version")}
    with site.app_context():
        petition = file(thresholds, "awaiting_approval")
        many(petition, 2)
        commit()
        assert not petition.head_answers
        assert petition.public_id in {p.public_id for p in _to_approve("quyen")}
        many(petition, 1, first=2)
        commit()
        assert petition.head_answers and petition.supports_reached == 3
        assert told() == {("giang", 3), ("quyen", 3), ("binh", 3), ("dung", 3)}
        quyen, giang = named("quyen"), person("giang")
        assert policy.may(giang, petition, "approve")
        assert not policy.may(quyen, petition, "approve")
        assert policy.may(quyen, petition, "send_back")
        assert petition.public_id not in {p.public_id for p in _to_approve("quyen")}
        version = petition.answers[-1].versions[-1]
        with pytest.raises(Refused) as refusal:
            answering.approve(petition, version_id=version.id, on=clock.today(), by=quyen)
        assert refusal.value.code == "head_only"
        db.session.rollback()
    late = deputy.send(page, page=f"/officer/petitions/{public_id}/returns/new", **fields)
    assert late.status_code == 409  # she had the page open before the third support
    assert (
        "người đứng đầu cơ quan phải trực tiếp duyệt" in late.text
        and "Duyệt và công bố" not in late.text
    )
    public = Browser(site).get(f"/petitions/{public_id}").text
    assert "Đã đủ 3 người ủng hộ: người đứng đầu cơ quan phải trực tiếp trả lời." in public
    assert "Đủ 5 người thì lãnh đạo tỉnh cũng được báo." in public
    assert "đủ 3 người lúc" in signed_in("dung").get("/officer/supports").text
    with site.app_context():
        petition = file(thresholds, "awaiting_approval")
        many(petition, 2, first=3)
        actions.take_back(petition, who=Proven(email="nguoi0@mang0.example.vn"))
        commit()
        many(petition, 1)  # crossing the same number again changes nothing
        commit()
        assert ("vinh", 5) in told() and ("vinh", 3) not in told()
        kinds = [e.fields["threshold"] for e in events_of(petition, kinds=[REACHED]) if e.fields]
        assert kinds == ["3", "5"]
        version = petition.answers[-1].versions[-1]
        answering.approve(petition, version_id=version.id, on=clock.today(), by=person("giang"))
        commit()
        assert petition.state == "answered"
        db.session.remove()


REACHED = "petition:supports_reached"


def named(name: str) -> Person:
    return db.session.scalars(sa.select(Person).filter_by(email=f"{name}@demo.example")).one()


def _to_approve(name: str) -> list[Petition]:
    who, day = named(name), clock.today()
    return list(queue(who, tab="approval", today=day, soon=day).rows)


def test_many_at_one_moment_cross_once(thresholds: Story) -> None:
    def one(number: int) -> None:
        with thresholds.site.app_context():
            many(file(thresholds), 1, first=number)
            commit()
            db.session.remove()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(one, range(12)))
    with thresholds.site.app_context():
        petition = file(thresholds)
        assert petition.supports == 12
        assert len(events_of(petition, kinds=[REACHED])) == 2
        rows = db.session.scalars(
            sa.select(SupportCrossing.number).order_by(SupportCrossing.number)
        )
        assert rows.all() == [3, 5]
        assert verify().bad_seq is None
        db.session.remove()


def test_a_new_table_is_applied_to_what_many_support_already(story: Story) -> None:
    run = story.site.test_cli_runner().invoke
    with story.site.app_context():
        many(file(story), 4)
        commit()
        db.session.remove()
    page = f"/petitions/{story.petitions['in_progress']}"
    assert "Đủ 50 người" in Browser(story.site).get(page).text  # what is shipped holds
    ran = run(args=["supports", "thresholds", "set", "--effect", "head", "--number", "4"])
    assert "1 petitions reached one at once" in ran.output, ran.output
    assert "Đã đủ 4 người ủng hộ" in Browser(story.site).get(page).text
    listed = run(args=["supports", "thresholds", "list"]).output
    assert listed.splitlines()[1:] == [",,head,4,", ",,leadership,200,van-phong-ubnd-tinh"]
    for bad in (["--level", "hamlet"], ["--kind", "love"], ["--tell", "nowhere"]):
        ran = run(args=["supports", "thresholds", "set", "--effect", "head", "--number", "1", *bad])
        assert ran.exit_code == 1 and bad[1] in ran.output
    assert run(args=["supports", "thresholds", "list"]).output == listed


def test_new_lines_of_the_book_are_sealed_and_a_changed_one_is_found(story: Story) -> None:
    with story.site.app_context():
        many(file(story), 5)
        commit()
        assert actions.seal_batch(on=clock.today()) == 5
        commit()
        assert actions.seal_batch(on=clock.today()) == 0
        many(file(story, "received"), 1)
        commit()
        actions.seal_batch(on=clock.today())
        commit()
        assert actions.verify_batches() == actions.batching.Sealed(2)
        line = sa.update(SupportEntry).where(SupportEntry.what == "counted")
        db.session.execute(line.values(contact_hash="0" * 64))
        assert actions.verify_batches().bad == 1
        db.session.remove()


def test_the_row_that_says_more_wins() -> None:
    rows = [
        Threshold("concern", "commune", "head", 20),
        Threshold("", "", "head", 50),
        Threshold("", "commune", "head", 30),
        Threshold("", "commune", "leadership", 0),
        Threshold("", "", "leadership", 200),
    ]
    at = {
        (k, lv): that_hold(rows, kind=k, level=lv)
        for k in ("concern", "proposal")
        for lv in ("commune", "department")
    }
    numbers = {
        key: {effect: row.number for effect, row in rows.items()} for key, rows in at.items()
    }
    assert numbers[("concern", "commune")] == {"head": 20, "leadership": 0}
    assert numbers[("proposal", "commune")] == {"head": 30, "leadership": 0}
    assert numbers[("concern", "department")] == {"head": 50, "leadership": 200}
    department = at[("concern", "department")]
    assert [r.effect for r in newly_reached(department, 200, ())] == ["head", "leadership"]
    assert newly_reached(department, 200, {"head", "leadership"}) == []
    assert newly_reached(at[("concern", "commune")], 10_000, {"head"}) == []
    assert [next_number(department, reached) for reached in (0, 50, 200)] == [50, 200, 0]


def test_the_front_sees_what_many_people_ask_for_and_whether_the_head_answered(
    thresholds: Story, signed_in: Callable[[str], Browser]
) -> None:
    front = signed_in("dung")
    assert "Chưa kiến nghị nào đủ ngưỡng" in front.get("/oversight").text.split('id="many"')[1]
    with thresholds.site.app_context():
        for state in ("in_progress", "awaiting_approval"):
            many(file(thresholds, state), 3)
        late, answered = file(thresholds, "in_progress"), file(thresholds, "awaiting_approval")
        late.due_on = clock.today() - timedelta(days=30)
        answered.state, answered.is_open = "answered", False
        answered.answered_on, answered.on_time = clock.today(), True
        numbers = late.reference, answered.reference
        commit()
        db.session.remove()
    with thresholds.site.app_context(), count_queries() as asked:
        html = front.get("/oversight").text
    rows = html.split('id="many"')[1].split("<tbody")[1].split("</tbody>")[0].split("</tr>")
    assert numbers[0] in rows[0] and ">Chưa<" in rows[0] and "Trễ " in rows[0], rows[0]
    assert numbers[1] in rows[1] and f"{clock.today():%d/%m/%Y}" in rows[1], rows[1]
    assert "3 người" in rows[0] and "Đã trả lời đúng hạn" in rows[1]
    assert len(asked) <= 10  # as many as for none: test_queries.py
    assert signed_in("binh").get("/oversight").status_code == 403
