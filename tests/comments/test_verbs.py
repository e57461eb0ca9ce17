"""A comment from the first word to the moderator's decision, on both engines."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import sqlalchemy as sa
from flask import Flask

from feedback.audit.queries import events_of, verify
from feedback.comments import actions, queries
from feedback.comments.models import Comment
from feedback.core import clock
from feedback.core.db import commit, db
from feedback.core.errors import Conflict, Refused
from feedback.notifications.models import OutboxMessage
from feedback.plans.models import PlanItem
from tests import make
from tests.people import person
from tests.servers.patience import PATIENCE_S

TEXT = "Lớp học nên mở buổi tối."


def kinds(comment: Comment) -> list[str]:
    return [event.kind.split(":")[1] for event in events_of(comment.subject)]


def notices() -> list[tuple[str, str]]:
    rows = db.session.scalars(sa.select(OutboxMessage).order_by(OutboxMessage.id))
    return [(row.channel, row.template) for row in rows]


def test_nobody_reads_a_comment_before_minh_lets_it_appear(item: PlanItem) -> None:
    comment = make.comment(item, TEXT)
    commit()
    assert list(queries.listed_on_item(item.id).rows) == []
    assert list(queries.waiting().rows) == [comment]
    actions.let_appear(comment, seen="pending", by=person("minh"))
    commit()
    assert [row.id for row in queries.listed_on_item(item.id).rows] == [comment.id]
    assert list(queries.waiting().rows) == []
    assert list(queries.decided().rows) == [comment]
    assert kinds(comment) == ["written", "shown"]
    assert verify().bad_seq is None


def test_a_hidden_comment_keeps_its_reason_for_the_moderators(item: PlanItem) -> None:
    comment = make.comment(item, TEXT)
    actions.hide(
        comment, reason="off_topic", words="nói chuyện khác", seen="pending", by=person("minh")
    )
    commit()
    assert list(queries.listed_on_item(item.id).rows) == []
    states, waits = queries.count()
    assert states["hidden"] == sum(states.values()) == 1 and not any(waits.values())
    assert (comment.hidden_reason, comment.hidden_words) == ("off_topic", "nói chuyện khác")
    assert kinds(comment) == ["written", "hidden"]


def test_a_comment_is_not_hidden_without_a_reason(item: PlanItem) -> None:
    comment = make.comment(item, TEXT)
    with pytest.raises(Refused):
        actions.hide(comment, reason="because", seen="pending", by=person("minh"))
    assert comment.state == "pending"


def test_the_same_form_twice_is_one_comment(item: PlanItem) -> None:
    first = make.comment(item, TEXT, key="the form's own key")
    again = make.comment(item, TEXT, key="the form's own key")
    commit()
    assert again is first
    assert kinds(first) == ["written"]
    with pytest.raises(Conflict):
        make.comment(item, "Chữ khác hẳn lần trước.", key="the form's own key")


def test_the_moderators_are_told_of_the_first_that_waits_and_not_of_each(item: PlanItem) -> None:
    first, second = make.comment(item, TEXT), make.comment(item, "Tôi cũng nghĩ vậy.")
    commit()
    assert notices() == [("inbox", "comments/staff_waiting")]
    for comment in (first, second):
        actions.let_appear(comment, seen="pending", by=person("minh"))
    make.comment(item, "Lại có người góp ý.")
    commit()
    assert notices() == [("inbox", "comments/staff_waiting")] * 2


def test_the_second_of_two_moderators_is_told_and_changes_nothing(item: PlanItem) -> None:
    comment = make.comment(item, TEXT)
    commit()
    actions.let_appear(comment, seen="pending", by=person("minh"))
    commit()
    with pytest.raises(Conflict):
        actions.hide(comment, reason="off_topic", seen="pending", by=person("minh"))
    db.session.rollback()
    assert (comment.state, kinds(comment)) == ("visible", ["written", "shown"])


def test_of_two_moderators_at_the_same_moment_one_decides(item: PlanItem, site: Flask) -> None:
    public_id = make.comment(item, TEXT).public_id
    minh = person("minh").id
    commit()
    db.session.remove()
    start = Barrier(2)

    def decide(show: bool) -> str:
        with site.app_context():
            comment = queries.comment(public_id)
            by = db.session.get_one(type(person("minh")), minh)
            assert comment is not None
            db.session.commit()  # both have read it; now both decide
            start.wait(PATIENCE_S)
            try:
                if show:
                    actions.let_appear(comment, seen="pending", by=by)
                else:
                    actions.hide(comment, reason="insulting", seen="pending", by=by)
                commit()
            except Conflict:
                db.session.rollback()
                return "told"
            finally:
                db.session.remove()
            return "decided"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(decide, [True, False])) == ["decided", "told"]
    found = queries.comment(public_id)
    assert found is not None and len(kinds(found)) == 2


def test_a_decision_can_be_changed_by_somebody_who_saw_it(item: PlanItem) -> None:
    comment = make.comment(item, TEXT)
    actions.hide(comment, reason="off_topic", words="vội", seen="pending", by=person("minh"))
    actions.let_appear(comment, seen="hidden", by=person("minh"))
    commit()
    assert (comment.state, comment.hidden_reason, comment.hidden_words) == ("visible", "", "")
    assert kinds(comment) == ["written", "hidden", "shown"]


def test_pages_of_comments_follow_each_other_without_gap_or_repeat(item: PlanItem) -> None:
    now = clock.now()
    made = []
    for number in range(45):
        with clock.travel(now - timedelta(minutes=number // 3)):  # some share their moment
            comment = make.comment(item, f"Góp ý số {number} của xóm tôi")
            db.session.flush()
            actions.let_appear(comment, seen="pending", by=person("minh"))
        made.append(comment)
    db.session.flush()
    seen: list[queries.CommentLine] = []
    after = ""
    for size in (20, 20, 5):
        page = queries.listed_on_item(item.id, after=after)
        assert len(page.rows) == size
        seen += page.rows
        after = page.after
    assert not after
    assert len(seen) == len(set(seen)) == 45
    order = [(comment.created_at, comment.id) for comment in seen]
    assert order == sorted(order, reverse=True)
    assert len(queries.listed_on_item(item.id, after="no cursor").rows) == 20
