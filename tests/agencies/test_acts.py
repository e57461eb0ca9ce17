"""An act from its entry to its day: entered on pages, rehearsed, decided, scheduled, carried out by the
clock; in sets, whole or not at all."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from feedback.accounts.models import Person
from feedback.agencies import queries
from feedback.agencies.actions import carry_out, carry_out_due, drafting
from feedback.agencies.models import ActDraft, Agency, Reorganisation
from feedback.agencies.rules.moving import MOVERS, Act
from feedback.audit.models import Event
from feedback.core import clock
from feedback.core.db import commit, db
from feedback.core.errors import Refused
from feedback.notifications.models import OutboxMessage
from feedback.petitions.actions import judging, succeeding
from feedback.petitions.models import Leg, Petition
from feedback.petitions.movers import Files
from tests import make
from tests.accounts.browser import Browser
from tests.counting import count_queries
from tests.pages.conftest import Story, signed_in, story  # noqa: F401 - fixtures
from tests.people import person

SignIn = Callable[[str], Browser]
HOME = "/admin/reorganisations"


def seen(page: str) -> str:
    found = re.search(r'name="seen" value="(\d+)"', page)
    assert found
    return found[1]


def send(browser: Browser, path: str, **fields: str) -> str:
    """A form on an act, with the version that its page shows; where it leads."""
    page = path if not path.endswith("withdrawals") else path.rpartition("/")[0]
    said = {"seen": seen(browser.get(page).text), **fields}
    answer = browser.send(path, page=page, **said)
    assert answer.status_code == 303, answer.text
    return answer.location


def test_an_act_from_its_entry_to_its_day(story: Story, signed_in: SignIn) -> None:  # noqa: F811
    an = signed_in("an")
    day = clock.today() + timedelta(days=30)
    bad = an.send(f"{HOME}/new", title="", kind="merge", effective_on="32/13/2026")
    assert bad.status_code == 422
    head = {"kind": "merge", "effective_on": f"{day:%d/%m/%Y}", "mark": "found"}
    made = an.send(f"{HOME}/new", title="Sở Tài chính nhập vào Sở Xây dựng", **head).location
    with story.site.app_context():
        keys = {a.code: str(a.id) for a in db.session.scalars(sa.select(Agency))}
    assert "chưa có cơ quan nào kết thúc" in an.get(made).text
    for part, code in (("ends", "so-tai-chinh"), ("stays", "so-xay-dung")):
        send(an, f"{made}/bodies/new", part=part, agency=keys[code], level="department")
    with story.site.app_context():
        ids = {body.name: str(body.id) for body in draft_of(made).bodies}
    giver, taker = ids["Sở Tài chính"], ids["Sở Xây dựng"]
    # another act in preparation ends the same body: that one is thrown away
    assert "cũng kết thúc cơ quan này" in an.get(made).text
    send(an, f"{HOME}/{story.act}/withdrawals")
    send(an, f"{made}/lines/new", giver=giver, taker=taker, function="", keywords="")
    told = {"function": "Vốn vay", "keywords": "vay vốn"}
    send(an, f"{made}/lines/new", giver=giver, taker=taker, **told)
    # what touches the function waits for a person: the four open files and the line of the item
    rehearsal = an.get(f"{made}/rehearsal").text
    ways = re.findall(r'name="(way:petitions\.files:[^"]+)"', rehearsal)
    assert len(ways) == 4
    # of the file that nobody has screened an administrator reads the number alone
    assert (
        rehearsal.count("Xin hướng dẫn vay vốn") == 3
        and len(re.findall(r"TN\d\d-\d{6}", rehearsal)) == 4
    )
    # scheduled all the same: on its day the clock finds that a person has not decided
    assert send(an, f"{made}/executions/new") == made
    assert "Đã hẹn ngày" in (page := an.get(made).text)
    assert "(vay vốn)" in page  # as it was typed, though texts are compared without accents
    refused = an.send(f"{made}/lines/new", seen="1", giver=giver, taker=taker)
    assert refused.status_code == 422
    with story.site.app_context(), clock.travel(noon(day)):
        assert carry_out_due(on=day - timedelta(days=1)) == 0
        assert carry_out_due(on=day) == 0
        commit()
        waiting = sa.select(OutboxMessage.template).where(OutboxMessage.template.like("agencies/%"))
        assert set(db.session.scalars(waiting)) == {"agencies/admin_waiting"}
    every = re.findall(r'name="(way:[^"]+)"', rehearsal)
    stale = an.send(f"{made}/rehearsal", seen="1", **dict.fromkeys(every, f"to:{taker}"))
    assert stale.status_code == 409 and stale.text.count("selected") >= len(every)
    wrong = an.send(f"{made}/rehearsal", seen=seen(rehearsal_now(an, made)), **{every[0]: "to:99"})
    assert wrong.status_code == 422
    # one word for all files that she leaves open, one by one for the rest
    left = dict.fromkeys(every, f"to:{taker}") | dict.fromkeys(ways, "")
    send(an, f"{made}/rehearsal", **left, **{"rest:petitions.files": f"to:{taker}"})
    with story.site.app_context(), clock.travel(noon(day)):
        assert carry_out_due(on=day) == 1
        commit()
        assert carry_out_due(on=day) == 0
        assert queries.strays(day) == []
        finance = queries.by_code("so-tai-chinh")
        assert finance is not None and finance.valid_to == day - timedelta(days=1)
        binh = db.session.scalars(sa.select(Person).where(Person.name.like("%Bình"))).one()
        assert binh.agency_id == int(keys["so-xay-dung"])
    assert "Đã thực hiện" in an.get(made).text


def rehearsal_now(browser: Browser, made: str) -> str:
    return browser.get(f"{made}/rehearsal").text


def noon(day: object) -> datetime:
    return datetime(day.year, day.month, day.day, 5, tzinfo=UTC)  # type: ignore[attr-defined]


def draft_of(address: str) -> ActDraft:
    found = queries.act_draft(address.rpartition("/")[2])
    assert found is not None
    return found


def test_a_rehearsal_is_never_carried_out_and_a_draft_can_be_thrown_away(
    story: Story,  # noqa: F811
    signed_in: SignIn,  # noqa: F811
) -> None:
    an, made = signed_in("an"), f"{HOME}/{story.act}"
    with story.site.app_context():
        draft, by = draft_of(made), person("an")
        for rehearsal, code in ((True, "rehearsal"), (False, "too_early")):
            draft.rehearsal = rehearsal
            with pytest.raises(Refused) as refused:
                carry_out(draft, on=draft.effective_on - timedelta(days=not rehearsal), by=by)
            assert refused.value.code == code
        db.session.rollback()
    send(an, f"{made}/executions/new")
    for state in ("bản nháp", ""):
        send(an, f"{made}/withdrawals")
        assert state in an.get(made).text
    assert story.act not in an.get(HOME).text
    with story.site.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Reorganisation)) == 10


def carried(number: int, day: date) -> tuple[int, int]:
    """So many files of one body go to another: how many statements, how many events."""
    for n in range(number):
        make.receipt(commune_id=None, key=f"{number}-{n}")
    old = queries.focal_agency()
    by = person("an")
    draft = drafting.draft_act(drafting.Head(f"Đổi tên {number}", "rename", day), by=by)
    giver = drafting.put_body(draft, part="ends", agency=old, seen=draft.lock, by=by)
    name = {"name": f"Sở Nội vụ {number}", "level": "department"}
    taker = drafting.put_body(draft, part="begins", seen=draft.lock, by=by, **name)
    drafting.put_line(draft, giver=giver, taker=taker, is_main=True, seen=draft.lock, by=by)
    commit()
    before = db.session.scalar(sa.select(sa.func.count()).select_from(Event)) or 0
    with count_queries() as asked:
        carry_out(draft, on=day, by=by)
        commit()
    after = db.session.scalar(sa.select(sa.func.count()).select_from(Event)) or 0
    assert draft.moved["petitions.files"] >= number
    return len(asked), after - before


def test_many_files_move_in_sets(app: Flask) -> None:
    with app.app_context():
        make.reference_data()
        commit()
        few, events = carried(3, clock.today())
        many, more = carried(80, clock.today() + timedelta(days=1))
        assert more - events >= 77  # one for each file …
        assert many - few < 40  # … in statements of many rows


class Forgetful(Files):
    """A mover that moves nothing."""

    def apply(self, act: Act, *, on: date, by: object) -> int:
        return 0


def test_what_is_left_behind_undoes_the_whole(
    story: Story,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A mover that forgets something: nothing has happened, not even the end of the body."""
    with story.site.app_context():
        draft = draft_of(f"{HOME}/{story.act}")
        act, by = queries.act_of(draft), person("an")
        said = {(n, t.subject): t.options[0] for n, m in MOVERS.items() for t in m.things(act)}
        drafting.decide(draft, said, seen=draft.lock, by=by)
        draft.effective_on = clock.today()
        commit()
        monkeypatch.setitem(MOVERS, "petitions.files", Forgetful())
        with pytest.raises(Refused, match="left_behind"):
            carry_out(draft, on=clock.today(), by=by)
        db.session.rollback()
        finance = queries.by_code("so-tai-chinh")
        assert finance is not None and finance.valid_to is None


def test_a_dispute_after_the_body_ended_comes_to_the_one_that_followed(
    story: Story,  # noqa: F811
) -> None:
    with story.site.app_context():
        today, finance = clock.today(), queries.by_code("so-tai-chinh")
        assert finance is not None
        answered = db.session.scalars(
            sa.select(Petition).where(Petition.public_id == story.petitions["answered"])
        ).one()
        finance.valid_to = today - timedelta(days=1)  # ended without an heir
        commit()
        judging.dispute(answered, reason="Vẫn chưa xong việc này.", on=today)
        assert (answered.agency.code, answered.in_dispatch) == ("so-noi-vu", True)
        assert (answered.state, answered.assignee) == ("received", None)
        # a file that was being sent in that very moment lies with nobody until the clock comes by
        lost = queries.strays(today)
        assert sum(stray.number for stray in lost if stray.mover == "petitions.files") > 0
        succeeding.follow_bodies(on=today)
        commit()
        assert [s for s in queries.strays(today) if s.mover.startswith("petitions")] == []
        legs = db.session.scalars(sa.select(Leg).where(Leg.reason_kind == "succession")).all()
        assert {leg.agency.code for leg in legs} == {"so-noi-vu"}
