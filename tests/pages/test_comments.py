"""Comments page by page: a resident writes, Minh decides; and everything that can go wrong."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa

from feedback.comments import actions
from feedback.comments.models import Comment
from feedback.core import clock
from feedback.core.db import commit, db
from feedback.plans.models import PlanItem
from tests.accounts.browser import TOKEN, Browser
from tests.counting import count_queries
from tests.pages.conftest import Story
from tests.people import person

SignIn = Callable[[str], Browser]
TEXT = "Mẫu đơn nên ngắn lại, một trang là đủ."
SCRIPT = "Tôi viết <script>alert(1)</script> và <b>chữ đậm</b> để thử."


def comments(story: Story) -> dict[str, str]:
    """Text → state of all comments but the one that the story began with."""
    with story.site.app_context():
        rows = db.session.scalars(sa.select(Comment).where(Comment.public_id != story.comment))
        found = {row.text: row.state for row in rows}
        db.session.remove()
        return found


def write(story: Story, text: str = TEXT, **fields: str) -> Browser:
    browser = Browser(story.site)
    answer = browser.send(f"/items/{story.item_id}/comments/new", text=text, **fields)
    assert answer.status_code == 303, answer.text
    return browser


def public_id(story: Story, text: str) -> str:
    with story.site.app_context():
        found = db.session.scalars(sa.select(Comment).where(Comment.text == text)).one()
        db.session.remove()
        return found.public_id


def test_a_resident_writes_and_is_thanked_and_minh_lets_it_appear(
    story: Story, signed_in: SignIn
) -> None:
    browser = write(story, author_name="Cô Hoa, xã Tân Biên")
    thanks = browser.get(f"/items/{story.item_id}/comments/thanks").text
    assert "Cảm ơn bạn" in thanks
    assert f"/items/{story.item_id}#gop-y" in thanks
    item = f"/items/{story.item_id}"
    assert TEXT not in Browser(story.site).get(item).text
    minh = signed_in("minh")
    assert TEXT in minh.get("/officer/comments").text
    page = f"/officer/comments/{public_id(story, TEXT)}/decisions/new"
    assert minh.send(page, seen="pending", go="show").status_code == 303
    shown = Browser(story.site).get(item).text
    assert TEXT in shown and "Cô Hoa, xã Tân Biên" in shown
    assert TEXT not in minh.get("/officer/comments").text
    assert TEXT in minh.get("/officer/comments?tab=decided").text


def test_the_page_of_an_item_holds_no_form(story: Story) -> None:
    answer = Browser(story.site).get(f"/items/{story.item_id}")
    assert not TOKEN.search(answer.text)
    assert "Set-Cookie" not in answer.headers
    assert f"/items/{story.item_id}/comments/new" in answer.text


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Bạn chưa viết gì"),
        ("\u200b\u200c\u200d\u2060", "Bạn chưa viết gì"),
        ("\u202e\u2066\u2069", "Bạn chưa viết gì"),
        ("Hay quá", "ít nhất ba chữ"),
        ("https://example.vn/mot/hai", "Chỉ có đường dẫn thì chưa đủ"),
        ("đ" * 1999 + " a", "Dài quá: nhiều nhất 2.000 ký tự"),
    ],
    ids=["empty", "zero width", "bidi", "two words", "only a link", "2,001 characters"],
)
def test_what_nobody_can_read_comes_back_with_a_sentence(
    story: Story, text: str, sentence: str
) -> None:
    page = f"/items/{story.item_id}/comments/new"
    answer = Browser(story.site).send(page, text=text, author_name="Cô Hoa")
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'value="Cô Hoa"' in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert text.strip()[:50] in answer.text or sentence == "Bạn chưa viết gì"
    assert comments(story) == {}


def test_a_name_of_300_letters_comes_back_beside_the_text(story: Story) -> None:
    page = f"/items/{story.item_id}/comments/new"
    answer = Browser(story.site).send(page, text=TEXT, author_name="Hoa " * 75)
    assert answer.status_code == 422
    assert "Nhiều nhất 80 ký tự" in answer.text and TEXT in answer.text
    assert comments(story) == {}


def test_bidi_controls_are_gone_before_anybody_reads(story: Story) -> None:
    write(story, "Xin \u202eđọc ngược\u202c câu này")
    assert list(comments(story)) == ["Xin đọc ngược câu này"]


def test_html_is_shown_as_the_text_that_it_is(story: Story, signed_in: SignIn) -> None:
    write(story, SCRIPT, author_name="<i>Hoa</i>")
    minh = signed_in("minh")
    assert "<script>alert" not in minh.get("/officer/comments").text
    page = f"/officer/comments/{public_id(story, SCRIPT)}/decisions/new"
    minh.send(page, seen="pending", go="show")
    shown = Browser(story.site).get(f"/items/{story.item_id}").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "&lt;i&gt;Hoa&lt;/i&gt;" in shown
    assert "<script>alert" not in shown and "<i>Hoa" not in shown


def test_the_same_form_sent_twice_is_one_comment(story: Story) -> None:
    page, browser = f"/items/{story.item_id}/comments/new", Browser(story.site)
    fields = {"text": TEXT, "key": "a key of the form"}
    assert browser.send(page, **fields).status_code == 303
    assert browser.send(page, **fields).status_code == 303
    assert comments(story) == {TEXT: "pending"}
    answer = browser.send(page, text="Chữ khác hẳn lần trước", key="a key of the form")
    assert answer.status_code == 409
    assert "Chữ khác hẳn lần trước" in answer.text
    assert comments(story) == {TEXT: "pending"}


def test_there_is_nothing_to_comment_on_but_tasks_in_force_of_published_plans(story: Story) -> None:
    with story.site.app_context():
        section = db.session.scalars(
            sa.select(PlanItem.id).where(PlanItem.is_task.is_(False)).limit(1)
        ).one()
        tasks = sa.select(PlanItem).where(PlanItem.is_task, PlanItem.id != story.item_id)
        gone = db.session.scalars(tasks.limit(1)).one()
        gone.gone_in, former = 2, gone.id
        commit()
        db.session.remove()
    browser = Browser(story.site)
    for item_id in (section, former, 999_999, 2**62):
        for page in ("new", "thanks"):
            assert browser.get(f"/items/{item_id}/comments/{page}").status_code == 404
    answer = browser.send(
        f"/items/{former}/comments/new", page=f"/items/{story.item_id}/comments/new", text=TEXT
    )
    assert answer.status_code == 404
    assert comments(story) == {}


def test_the_wrong_method_and_a_missing_comment_are_named(story: Story, signed_in: SignIn) -> None:
    minh = signed_in("minh")
    token = TOKEN.search(minh.get("/officer/comments").text)
    assert token
    sent = {"csrf_token": token[1]}
    assert minh.client.post("/officer/comments", data=sent).status_code == 405
    thanks = f"/items/{story.item_id}/comments/thanks"
    assert minh.client.post(thanks, data=sent).status_code == 405
    missing = "/officer/comments/0000000000000000/decisions/new"
    assert minh.get(missing).status_code == 404
    answer = minh.client.post(missing, data={**sent, "go": "show", "seen": "pending"})
    assert answer.status_code == 404


def test_a_second_moderator_is_told_that_it_is_decided(story: Story, signed_in: SignIn) -> None:
    write(story)
    page = f"/officer/comments/{public_id(story, TEXT)}/decisions/new"
    first, second = signed_in("minh"), signed_in("minh")
    assert first.send(page, seen="pending", go="show").status_code == 303
    answer = second.send(page, seen="pending", go="hide", reason="off_topic", words="lạc đề")
    assert answer.status_code == 409
    assert "Người duyệt khác đã cho hiện góp ý này rồi" in answer.text
    assert 'value="lạc đề"' in answer.text
    assert comments(story) == {TEXT: "visible"}


def test_hiding_asks_for_a_reason_and_keeps_the_words(story: Story, signed_in: SignIn) -> None:
    write(story)
    page = f"/officer/comments/{public_id(story, TEXT)}/decisions/new"
    minh = signed_in("minh")
    for reason in ("", "no such reason"):
        answer = minh.send(page, seen="pending", go="hide", reason=reason, words="có tên bà Tư")
        assert answer.status_code == 422
        assert "Bạn chọn một lý do" in answer.text and 'value="có tên bà Tư"' in answer.text
    assert comments(story) == {TEXT: "pending"}
    sent = {"seen": "pending", "go": "hide", "reason": "private_data", "words": "có tên bà Tư"}
    assert minh.send(page, **sent).status_code == 303
    decided = minh.get("/officer/comments?tab=decided").text
    assert "có tên bà Tư" in decided and TEXT in decided and "1 đã ẩn" in decided
    public = Browser(story.site).get(f"/items/{story.item_id}").text
    assert TEXT not in public and "đã ẩn" not in public


def test_a_moderator_sees_twenty_at_a_time_oldest_first(story: Story, signed_in: SignIn) -> None:
    fill(story, 30, shown=False)
    minh = signed_in("minh")
    first = minh.get("/officer/comments").text
    assert first.count("<article") == 20
    assert first.index("Góp ý số 29 ") < first.index("Góp ý số 28 ")
    following = first.split('href="/officer/comments?after=')[1].split('"')[0]
    second = minh.get(f"/officer/comments?after={following.replace('&amp;', '&')}").text
    assert second.count("<article") == 11


def test_an_empty_desk_says_what_happens_next(story: Story, signed_in: SignIn) -> None:
    minh = signed_in("minh")
    assert "Chưa duyệt góp ý nào" in minh.get("/officer/comments?tab=decided").text
    page = f"/officer/comments/{story.comment}/decisions/new"
    assert minh.send(page, seen="pending", go="show").status_code == 303
    assert "Không có góp ý nào chờ duyệt" in minh.get("/officer/comments").text


def cursor_of(values: list[object]) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def fill(story: Story, number: int, *, shown: bool) -> None:
    """So many comments, each a minute older than the one before."""
    now = clock.now()
    with story.site.app_context():
        item = db.session.get_one(PlanItem, story.item_id)
        minh = person("minh")
        for at in range(number):
            with clock.travel(now - timedelta(minutes=at)):
                comment = Comment(item_id=item.id, text=f"Góp ý số {at} của bà con")
                comment.created_at = clock.now()
                db.session.add(comment)
                if shown:
                    comment.state, comment.listed, comment.waits = "visible", True, 0
                    comment.screened_by_id = minh.id
                    comment.screened_at = clock.now()
        commit()
        db.session.remove()


@pytest.mark.parametrize("number", [20, 2000])
def test_the_item_page_costs_the_same_with_many_comments(story: Story, number: int) -> None:
    fill(story, number, shown=True)
    browser = Browser(story.site)
    with story.site.app_context(), count_queries() as asked:
        answer = browser.get(f"/items/{story.item_id}")
    assert answer.text.count("Góp ý số ") == 20
    assert ("said=" in answer.text) == (number > 20)
    assert len(asked) <= 16, "\n".join(asked)  # fourteen of them for what memory then keeps
    with story.site.app_context(), count_queries() as asked:  # an address that nobody asked for yet
        assert browser.get(f"/items/{story.item_id}?said=junk").text.count("Góp ý số ") == 20
    assert 1 < len(asked) <= 3, "\n".join(asked)
    if number > 20:
        following = answer.text.split("said=")[1].split("#")[0]
        second = browser.get(f"/items/{story.item_id}?said={following}").text
        assert "Góp ý số 20 " in second and "Góp ý số 19 " not in second
        for cursor in ("junk", cursor_of([clock.now().isoformat(), 2**40])):
            page = browser.get(f"/items/{story.item_id}?said={cursor}").text
            assert page.count("Góp ý số ") == 20


def test_the_item_page_never_counts_what_is_hidden(story: Story) -> None:
    fill(story, 3, shown=True)
    with story.site.app_context():
        hidden = db.session.scalars(
            sa.select(Comment).where(Comment.text.startswith("Góp ý số 1"))
        ).one()
        actions.hide(hidden, reason="insulting", seen="visible", by=person("minh"))
        commit()
        db.session.remove()
    assert Browser(story.site).get(f"/items/{story.item_id}").text.count("Góp ý số ") == 2
