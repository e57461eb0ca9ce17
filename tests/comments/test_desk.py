"""The moderators' desk: reports, what was caught, decisions in bulk and taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from feedback.audit.queries import events_of, verify
from feedback.comments import actions, queries
from feedback.comments.actions import Sender, TooFast
from feedback.comments.models import CAUGHT, REPORTED, TO_READ, UNREAD, Comment, CommentTrace
from feedback.comments.rules import Manners
from feedback.core import clock
from feedback.core.db import commit, db
from feedback.core.errors import Conflict, Refused
from feedback.core.ids import public_id
from feedback.notifications.models import OutboxMessage
from feedback.plans.models import PlanItem
from tests import make
from tests.people import colleague, person

TEXT = "Lớp học nên mở buổi tối."
HOA, LAN = Sender("Hoa's phone", "203.0.113.0/24"), Sender("Lan's phone", "203.0.113.0/24")
AFTER = Manners(read_first=False)


def write(item: PlanItem, text: str, *, manners: Manners = AFTER) -> Comment:
    return actions.write(item=item, text=text, key=public_id(), manners=manners)


def kinds(comment: Comment) -> list[str]:
    return [event.kind.split(":")[1] for event in events_of(comment.subject)]


def told(template: str) -> int:
    found = sa.select(OutboxMessage).where(OutboxMessage.template == f"comments/{template}")
    return len(db.session.scalars(found).all())


def test_a_reported_comment_is_read_first_and_stays_until_somebody_decides(item: PlanItem) -> None:
    waiting = make.comment(item, "Tôi cũng nghĩ vậy thôi.")
    comment = make.shown(item, TEXT)
    assert actions.report(comment, reason="insulting", words="Nói nặng lời.", sender=HOA)
    assert actions.report(comment, reason="insulting", sender=LAN)
    commit()
    assert list(queries.waiting().rows) == [comment, waiting]
    assert list(queries.waiting(kind=REPORTED).rows) == [comment]
    found = queries.reports_of([comment, waiting])[comment.id]
    assert (comment.reports, found.reasons, found.words) == (2, {"insulting": 2}, ["Nói nặng lời."])
    assert comment.state == "visible" and told("staff_reported") == 1
    actions.keep(comment, seen="visible.2", by=person("minh"))
    commit()
    assert list(queries.waiting().rows) == [waiting]
    assert comment.state == "visible" and queries.reports_of([comment]) == {}
    assert kinds(comment) == ["written", "shown", "reported", "reported", "kept"]


def test_a_visitor_reports_a_comment_once(item: PlanItem) -> None:
    comment = make.shown(item, TEXT)
    assert actions.report(comment, reason="off_topic", sender=HOA)
    assert not actions.report(comment, reason="insulting", sender=HOA)
    assert comment.reports == 1
    with pytest.raises(Refused):
        actions.report(comment, reason="because", sender=LAN)


def test_a_network_cannot_report_without_end(item: PlanItem) -> None:
    made = [make.shown(item, f"Góp ý số {n} của xóm tôi") for n in range(21)]
    for number, comment in enumerate(made[:20]):
        actions.report(comment, reason="off_topic", sender=Sender(f"phone {number}", HOA.network))
    with pytest.raises(TooFast):
        actions.report(made[20], reason="off_topic", sender=Sender("one more", HOA.network))
    with clock.travel(clock.now() + timedelta(minutes=61)):
        assert actions.report(made[20], reason="off_topic", sender=Sender("later", HOA.network))


def test_a_report_that_came_meanwhile_is_not_judged_unseen(item: PlanItem) -> None:
    comment = make.shown(item, TEXT)
    actions.report(comment, reason="off_topic", sender=HOA)
    commit()
    actions.report(comment, reason="insulting", sender=LAN)
    commit()
    with pytest.raises(Conflict):
        actions.keep(comment, seen="visible.1", by=person("minh"))


def test_a_decision_that_is_undone_leaves_everything_as_it_was(item: PlanItem) -> None:
    comment = make.shown(item, TEXT)
    actions.report(comment, reason="insulting", sender=HOA)
    commit()
    minh = person("minh")
    actions.hide(comment, reason="insulting", words="nặng lời", seen="visible.1", by=minh)
    commit()
    last = queries.last_decisions(minh, since=clock.now() - timedelta(days=1))
    assert last is not None and last.number == 1
    assert actions.undo(batch=last.batch, by=minh) == (1, 0)
    commit()
    assert (comment.state, comment.hidden_reason, comment.hidden_words) == ("visible", "", "")
    assert (comment.waits, comment.reports) == (REPORTED, 1)
    assert kinds(comment)[-2:] == ["hidden", "undone"]
    assert actions.undo(batch=last.batch, by=minh) == (0, 0)
    assert verify().bad_seq is None


def test_several_are_decided_together_and_undone_together(item: PlanItem) -> None:
    made = [make.comment(item, f"Góp ý số {n} của xóm tôi") for n in range(3)]
    minh = person("minh")
    for comment in made:
        actions.let_appear(comment, seen="pending", batch="one press", by=minh)
    commit()
    assert all(kinds(comment) == ["written", "shown"] for comment in made)
    with clock.travel(clock.now() + timedelta(minutes=1)):
        actions.hide(made[0], reason="off_topic", seen="visible", by=colleague("Sen", "moderator"))
        commit()
        assert actions.undo(batch="one press", by=minh) == (2, 1)
    commit()
    assert [comment.state for comment in made] == ["hidden", "pending", "pending"]
    assert [comment.listed for comment in made] == [True, False, False]
    assert {comment.waits for comment in made[1:]} == {TO_READ}


def test_nobody_undoes_what_another_decided_or_what_is_older_than_a_day(item: PlanItem) -> None:
    comment = make.comment(item, TEXT)
    minh, sen = person("minh"), colleague("Sen", "moderator")
    actions.let_appear(comment, seen="pending", batch="b", by=minh)
    commit()
    assert actions.undo(batch="b", by=sen) == (0, 0)
    with clock.travel(clock.now() + timedelta(days=1, minutes=1)):
        assert actions.undo(batch="b", by=minh) == (0, 0)
    assert comment.state == "visible"


def test_an_undone_comment_that_was_answered_leaves_a_mark(item: PlanItem) -> None:
    first = make.comment(item, TEXT)
    minh = person("minh")
    actions.let_appear(first, seen="pending", batch="b", by=minh)
    make.shown(item, "Ban ngày chị em còn đi làm.", parent=first)
    commit()
    assert actions.undo(batch="b", by=minh) == (1, 0)
    commit()
    (line,) = queries.listed_on_item(item.id).rows
    assert (line.state, line.text, line.replies) == ("pending", "", 1)


# --- as the operator set it -------------------------------------------------------------------


def test_after_means_at_once_and_read_afterwards(item: PlanItem) -> None:
    comment = write(item, TEXT)
    commit()
    assert (comment.state, comment.waits) == ("visible", UNREAD)
    assert [row.text for row in queries.listed_on_item(item.id).rows] == [TEXT]
    assert list(queries.waiting().rows) == [comment] and told("staff_waiting") == 1
    actions.keep(comment, seen="visible", by=person("minh"))
    commit()
    assert list(queries.waiting().rows) == []


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Chỗ này bán thuốc lá lậu rẻ lắm bà con", "words"),
        ("Xem http://a.example và http://b.example nhé bà con", "links"),
        ("Lớp học nghề ở xã tôi nên mở vào buổi tối cuối tuần!", "alike"),
    ],
)
def test_what_is_caught_waits_on_the_desk_even_then(item: PlanItem, text: str, why: str) -> None:
    write(item, "Lớp học nghề ở xã tôi nên mở vào buổi tối cuối tuần")
    comment = write(item, text, manners=Manners(read_first=False, words=("thuoc la lau",)))
    commit()
    assert (comment.state, comment.waits, comment.catches) == ("pending", CAUGHT, [why])
    assert list(queries.waiting(kind=CAUGHT).rows) == [comment]
    assert len(queries.listed_on_item(item.id).rows) == 1


def test_one_browser_and_one_network_must_wait_and_others_need_not(item: PlanItem) -> None:
    slow = Manners(pace=2, minutes=10)

    def send(sender: Sender) -> Comment:
        text = f"Góp ý {public_id()} của xóm tôi"
        made = actions.write(item=item, text=text, key=public_id(), manners=slow, sender=sender)
        db.session.flush()
        return made

    send(HOA), send(HOA)
    with pytest.raises(TooFast):
        send(HOA)
    for number in range(6):
        send(Sender(f"phone {number // 2}", HOA.network))
    with pytest.raises(TooFast):
        send(Sender("a fresh phone", HOA.network))
    assert send(Sender("far away", "198.51.100.0/24"))
    with clock.travel(clock.now() + timedelta(minutes=11)):
        assert send(HOA)


def test_traces_hold_no_address_and_are_forgotten_after_a_day(item: PlanItem) -> None:
    actions.write(item=item, text=TEXT, key="k", sender=HOA)
    db.session.flush()
    keys = db.session.scalars(sa.select(CommentTrace.key)).all()
    assert len(keys) == 2 and not any("203.0" in key for key in keys)
    assert actions.forget_traces(on=clock.today()) == 0
    with clock.travel(clock.now() + timedelta(days=1, minutes=1)):
        assert actions.forget_traces(on=clock.today()) == 2
