"""People answer each other, two deep; an agency answers in its own name."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from feedback.agencies.models import Agency
from feedback.audit.queries import events_of, verify
from feedback.comments import actions, policy, queries
from feedback.comments.models import Comment
from feedback.core import clock
from feedback.core.db import commit, db
from feedback.core.errors import Conflict
from feedback.notifications.models import OutboxMessage
from feedback.plans.models import PlanItem
from tests import make
from tests.counting import count_queries
from tests.people import person

QUESTION = "Lớp học nên mở buổi tối."
ANSWER = "Sở ghi nhận và sẽ xếp thêm lớp buổi tối từ tháng sau."


def lines(first: Comment) -> list[tuple[int, str]]:
    """What the public reads of a thread: how deep, and the words."""
    return [(line.level, line.text) for line in queries.thread(first.id).rows]


def agency(code: str) -> Agency:
    return db.session.scalars(sa.select(Agency).where(Agency.code == code)).one()


def test_a_reply_to_a_reply_hangs_at_the_second_level_and_no_deeper(item: PlanItem) -> None:
    first = make.shown(item, QUESTION)
    early = make.shown(item, "Ban ngày chị em còn đi làm.", parent=first)
    late = make.shown(item, "Cuối tuần cũng được mà.", parent=first)
    second = make.shown(item, "Tối thứ bảy là hợp nhất.", parent=early)
    make.shown(item, "Tối chủ nhật nữa nhé.", parent=second)
    commit()
    assert lines(first) == [
        (1, early.text),
        (2, second.text),
        (2, "Tối chủ nhật nữa nhé."),
        (1, late.text),
    ]
    (told,) = queries.threads(queries.listed_on_item(item.id).rows)
    assert (told.first.replies, len(told.replies), told.more) == (4, 3, 1)


def test_a_reply_waits_like_any_comment_and_is_counted_once_it_appears(item: PlanItem) -> None:
    first = make.shown(item, QUESTION)
    reply = make.comment(item, "Ban ngày chị em còn đi làm.", parent=first)
    commit()
    assert lines(first) == [] and queries.listed_on_item(item.id).rows[0].replies == 0
    actions.let_appear(reply, seen="pending", by=person("minh"))
    commit()
    assert lines(first) == [(1, reply.text)]
    assert [row.replies for row in queries.listed_on_item(item.id).rows] == [1]


def test_an_agency_replies_in_its_own_name_at_once_and_its_head_is_told(item: PlanItem) -> None:
    first = make.shown(item, QUESTION)
    body = agency("so-tai-chinh")
    giang, binh = person("giang"), person("binh")
    reply = actions.reply_for_agency(parent=first, text=ANSWER, key="k", agency=body, by=binh)
    commit()
    (line,) = queries.thread(first.id).rows
    assert (line.text, line.agency_name) == (ANSWER, body.name)
    (said,) = events_of(reply.subject)
    assert (said.kind, said.agency, said.fields["text"]) == (
        "comment:replied",
        "so-tai-chinh",
        ANSWER,
    )
    told = db.session.scalars(
        sa.select(OutboxMessage).where(OutboxMessage.template == "comments/staff_replied")
    ).all()
    assert [message.person_id for message in told] == [giang.id]
    assert verify().bad_seq is None


def test_the_same_official_form_twice_is_one_reply(item: PlanItem) -> None:
    first, body, binh = make.shown(item, QUESTION), agency("so-tai-chinh"), person("binh")
    reply = actions.reply_for_agency(parent=first, text=ANSWER, key="k", agency=body, by=binh)
    again = actions.reply_for_agency(parent=first, text=ANSWER, key="k", agency=body, by=binh)
    assert again is reply
    with pytest.raises(Conflict):
        actions.reply_for_agency(parent=first, text="Khác hẳn.", key="k", agency=body, by=binh)


def test_an_agencys_reply_is_on_the_first_page_however_many_came_before(item: PlanItem) -> None:
    first, body = make.shown(item, QUESTION), agency("so-tai-chinh")
    for number in range(12):
        make.shown(item, f"Tôi là người thứ {number}.", parent=first)
    reply = actions.reply_for_agency(
        parent=first, text=ANSWER, key="k", agency=body, by=person("binh")
    )
    commit()
    (told,) = queries.threads(queries.listed_on_item(item.id).rows)
    assert [line.id for line in told.replies][-1] == reply.id
    assert (len(told.replies), told.more) == (4, 9)


@pytest.mark.parametrize(
    ("who", "may"),
    [("binh", True), ("giang", True), ("thu", True), ("cuc", True), ("yen", True)]
    + [("dung", False), ("minh", False), ("an", False)],
)
def test_who_may_speak_for_a_body_that_the_item_names(item: PlanItem, who: str, may: bool) -> None:
    """The lead, a department ("các sở, ban, ngành tỉnh" coordinate), the focal agency; nobody else."""
    somebody = person(who)
    body = db.session.get(Agency, somebody.agency_id) if somebody.agency_id else None
    named = body is not None and queries.named_by(item, body, clock.today())
    assert policy.may_reply_for(somebody, body, named=named) is may


def test_a_commune_that_the_item_does_not_name_may_not_reply(item: PlanItem) -> None:
    for assignment in item.assignments:
        if assignment.role != "lead":
            db.session.delete(assignment)
    db.session.flush()
    db.session.refresh(item)
    today = clock.today()
    assert queries.named_by(item, agency("so-tai-chinh"), today)
    assert not queries.named_by(item, agency("so-y-te"), today)
    assert not queries.named_by(item, agency("xa-tan-bien"), today)


def test_a_link_to_a_deep_reply_opens_the_page_on_which_it_stands(item: PlanItem) -> None:
    first = make.shown(item, QUESTION)
    replies = [make.shown(item, f"Tôi là người thứ {n}.", parent=first) for n in range(45)]
    commit()
    assert queries.cursor_of(replies[19]) == ""
    for reply in (replies[20], replies[44]):
        page = queries.thread(first.id, after=queries.cursor_of(reply))
        assert page.rows[0].id == reply.id


@pytest.mark.parametrize("sort", queries.SORTS)
def test_each_order_has_pages_without_gap_or_repeat(item: PlanItem, sort: str) -> None:
    now, made = clock.now(), []
    for number in range(45):
        with clock.travel(now - timedelta(minutes=number // 3)):
            comment = make.shown(item, f"Góp ý số {number} của xóm tôi")
        comment.helpful = number % 7
        made.append(comment)
    commit()
    seen: list[queries.CommentLine] = []
    after = ""
    for size in (20, 20, 5):
        page = queries.listed_on_item(item.id, sort=sort, after=after)
        assert len(page.rows) == size
        seen, after = [*seen, *page.rows], page.after
    assert not after and {line.id for line in seen} == {comment.id for comment in made}
    order = {
        "new": [(line.created_at, line.id) for line in reversed(seen)],
        "old": [(line.created_at, line.id) for line in seen],
        "helpful": [(line.helpful, line.id) for line in reversed(seen)],
    }[sort]
    assert order == sorted(order)


def test_the_replies_of_twenty_threads_cost_one_question_however_many_there_are(
    item: PlanItem,
) -> None:
    for number in range(20):
        first = make.shown(item, f"Góp ý số {number} của xóm tôi")
        for reply in range(2 if number else 60):
            make.shown(item, f"Trả lời thứ {reply} đây.", parent=first)
    commit()
    with count_queries() as asked:
        page = queries.listed_on_item(item.id)
        told = queries.threads(page.rows)
    assert len(asked) == 2
    assert sorted(thread.more for thread in told) == [0] * 19 + [57]
