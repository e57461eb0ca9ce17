"""Three kinds of removal, and the mark that stays; helpful marks, once for each visitor."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from feedback.audit.models import EventField
from feedback.audit.queries import events_of, verify
from feedback.comments import actions, queries
from feedback.comments.actions import Sender
from feedback.comments.models import Comment, CommentMark
from feedback.core.db import commit, db
from feedback.core.errors import Conflict, Refused
from feedback.plans.models import PlanItem
from tests import make
from tests.people import person

TEXT = "Chị Bảy Sương ở ấp Bàu Sen lấy tiền của quỹ."
HOA = Sender("Hoa's phone")


def line(comment: Comment) -> tuple[str, str, str] | None:
    """What the public finds of a comment: state, words, reason."""
    db.session.flush()
    for row in queries.listed_on_item(comment.item_id).rows:
        if row.id == comment.id:
            return row.state, row.text, row.hidden_reason
    return None


def test_a_hidden_comment_that_was_read_leaves_a_mark_with_its_reason(item: PlanItem) -> None:
    seen, unseen = make.shown(item, TEXT), make.comment(item, "Mua hàng ở chỗ tôi đi.")
    minh = person("minh")
    actions.hide(seen, reason="accusation", seen="visible", by=minh)
    actions.hide(unseen, reason="advertising", seen="pending", by=minh)
    assert line(seen) == ("hidden", "", "accusation")
    assert line(unseen) is None


def test_an_author_takes_her_comment_back_with_her_code(item: PlanItem) -> None:
    comment = make.comment(item, TEXT, key="the form's key")
    actions.let_appear(comment, seen="pending", by=person("minh"))
    code = actions.author_code("the form's key")
    assert code.startswith("GY-") and code not in (comment.author_key or "")
    with pytest.raises(Refused):
        actions.withdraw(comment, code=actions.author_code("another key"))
    actions.withdraw(comment, code=code.lower().replace("-", " "))
    commit()
    assert line(comment) == ("withdrawn", "", "")
    with pytest.raises(Conflict):
        actions.let_appear(comment, seen="withdrawn", by=person("minh"))
    with pytest.raises(Conflict):
        actions.withdraw(comment, code=code)
    assert [event.kind for event in events_of(comment)][-1] == "comment:withdrawn"


def test_what_nobody_has_read_is_withdrawn_without_a_trace_on_the_page(item: PlanItem) -> None:
    comment = make.comment(item, TEXT, key="k")
    actions.withdraw(comment, code=actions.author_code("k"))
    assert line(comment) is None and list(queries.waiting().rows) == []


def test_a_moderator_cannot_undo_past_the_authors_will(item: PlanItem) -> None:
    comment = make.comment(item, TEXT, key="k")
    actions.let_appear(comment, seen="pending", batch="b", by=person("minh"))
    actions.withdraw(comment, code=actions.author_code("k"))
    assert actions.undo(batch="b", by=person("minh")) == (0, 1)
    assert comment.state == "withdrawn"


def test_erased_words_are_nowhere_and_the_record_still_verifies(item: PlanItem) -> None:
    comment = make.shown(item, TEXT, name="Bảy Sương")
    actions.report(comment, reason="accusation", words="Bảy Sương là chị tôi.", sender=HOA)
    minh = person("minh")
    actions.hide(
        comment, reason="accusation", words="Về Bảy Sương", seen="visible.1", batch="b", by=minh
    )
    commit()
    actions.erase(comment, basis="personal_data", order="Đơn ngày 20/11/2026", by=minh)
    commit()
    assert line(comment) == ("erased", "", "accusation")
    assert not left("Sương")
    assert verify().bad_seq is None
    *_, erased, said = events_of(comment)
    assert (erased.kind, said.kind) == ("log:erased", "comment:erased")
    assert "91/2025" in (erased.fields["basis"] or "")
    assert actions.undo(batch="b", by=minh) == (0, 1)
    with pytest.raises(Conflict):
        actions.erase(comment, basis="personal_data", by=minh)


def left(word: str) -> list[str]:
    """Every column of every row in which the word still stands."""
    return [
        f"{table.name}.{column.name}"
        for table in db.metadata.sorted_tables
        for column in table.columns
        if table.name.startswith("comment") or table is EventField.__table__
        for value in db.session.scalars(sa.select(column))
        if word in str(value)
    ]


def test_an_order_is_named_by_number_and_day(item: PlanItem) -> None:
    comment = make.shown(item, TEXT)
    for basis, order in (("because", ""), ("ordered", "")):
        with pytest.raises(Refused):
            actions.erase(comment, basis=basis, order=order, by=person("minh"))
    actions.erase(comment, basis="ordered", order="Số 12/QĐ, 20/11/2026", by=person("minh"))
    assert comment.text == ""


def test_a_visitor_finds_a_comment_helpful_once_and_may_take_it_back(item: PlanItem) -> None:
    one, two = make.shown(item, TEXT), make.shown(item, "Nên có quạt ở phòng chờ.")
    for comment in (one, two):
        assert actions.mark(comment, sender=HOA)
        db.session.flush()
        assert not actions.mark(comment, sender=HOA)
    commit()
    assert (one.helpful, two.helpful) == (1, 1)
    hashes = set(db.session.scalars(sa.select(CommentMark.visitor_hash)))
    assert len(hashes) == 2  # nothing tells that one browser liked both
    assert actions.unmark(one, sender=HOA) and not actions.unmark(one, sender=HOA)
    commit()
    assert one.helpful == 0
    assert [event.kind for event in events_of(one)][-2:] == ["comment:marked", "comment:unmarked"]
