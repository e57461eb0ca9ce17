"""Threads, reports, marks and removals page by page, as a reader and a moderator meet them."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest

from feedback.comments import queries
from feedback.comments.models import Comment
from feedback.core.db import commit, db
from feedback.plans.models import PlanItem
from tests import make
from tests.accounts.browser import TOKEN, Browser
from tests.counting import count_queries
from tests.pages.conftest import Story

SignIn = Callable[[str], Browser]
TEXT = "Tôi cũng thấy nên mở lớp buổi tối."


def said(story: Story, text: str = "Nên có quạt ở phòng chờ.") -> str:
    """A comment that everybody reads; its public id."""
    with story.site.app_context():
        made = make.shown(db.session.get_one(PlanItem, story.item_id), text).public_id
        commit()
        db.session.remove()
        return made


def state(story: Story, public_id: str) -> tuple[str, int, int]:
    """State, helpful marks, open reports."""
    with story.site.app_context():
        found = queries.comment(public_id)
        assert found is not None
        db.session.remove()
        return found.state, found.helpful, found.reports


def item_page(story: Story, query: str = "") -> str:
    return html.unescape(Browser(story.site).get(f"/items/{story.item_id}{query}").text)


def test_a_resident_replies_and_the_link_leads_to_it(story: Story, signed_in: SignIn) -> None:
    first, browser = said(story), Browser(story.site)
    answer = browser.send(f"/comments/{first}/replies/new", text=TEXT, author_name="Cô Hoa")
    assert answer.status_code == 303
    thanks = browser.get(answer.location).text
    assert "Chờ duyệt" in thanks
    reply = re.search(r"/comments/(\w{16})/withdrawals/new", thanks)
    assert reply is not None and TEXT not in item_page(story)
    assert Browser(story.site).get(f"/comments/{reply[1]}").status_code == 404
    minh = signed_in("minh")
    minh.send(f"/officer/comments/{reply[1]}/decisions/new", seen="pending", go="show")
    assert TEXT in item_page(story)
    answer = Browser(story.site).get(f"/comments/{reply[1]}")
    assert answer.location == f"/comments/{first}#c-{reply[1]}"
    assert TEXT in Browser(story.site).get(f"/comments/{first}").text


def test_an_author_takes_her_comment_back_in_the_same_browser(story: Story) -> None:
    browser = Browser(story.site)
    page = f"/items/{story.item_id}/comments/new"
    thanks = browser.get(browser.send(page, text=TEXT).location).text
    code = re.search(r"GY(-\w{4}){4}", thanks)
    found = re.search(r"/comments/(\w{16})/withdrawals/new", thanks)
    assert code is not None and found is not None
    page = f"/comments/{found[1]}/withdrawals/new"
    assert code[0] in browser.get(page).text
    stranger = Browser(story.site)
    assert code[0] not in stranger.get(page).text and TEXT not in stranger.get(page).text
    assert "Hãy nhập mã của góp ý" in stranger.send(page, code="").text
    refused = stranger.send(page, code="GY-0000-0000-0000-0000")
    assert refused.status_code == 422 and "không phải của góp ý này" in refused.text
    assert 'value="GY-0000-0000-0000-0000"' in refused.text
    assert browser.send(page, code=code[0]).status_code == 303
    assert state(story, found[1])[0] == "withdrawn"
    assert browser.get(page).status_code == 404


def test_a_reader_reports_once_and_the_desk_shows_it_first(story: Story, signed_in: SignIn) -> None:
    comment, browser = said(story), Browser(story.site)
    page = f"/comments/{comment}/reports/new"
    assert browser.send(page).status_code == 422
    fields = {"reason": "insulting", "words": "Nói nặng lời."}
    assert browser.send(page, **fields).status_code == 303
    again = browser.get(browser.send(page, **fields).location).text
    assert "đã báo góp ý này rồi" in again
    assert state(story, comment) == ("visible", 0, 1)
    desk = signed_in("minh").get("/officer/comments").text
    assert desk.index("Nên có quạt") < desk.index("Lớp học nên mở")
    assert "1 lượt báo vi phạm" in desk and "Nói nặng lời." in desk


def test_a_reader_finds_a_comment_helpful_and_takes_it_back(story: Story) -> None:
    comment, browser = said(story), Browser(story.site)
    page = f"/comments/{comment}/marks/new"
    for _twice in range(2):
        assert browser.send(page, go="mark").status_code == 303
    assert state(story, comment)[1] == 1 and "Hữu ích (1)" in item_page(story)
    made_up = Browser(story.site)
    made_up.client.set_cookie("__Host-visitor", "somebody.0000")
    made_up.send(page, go="mark")
    assert made_up.cookie("__Host-visitor").startswith("somebody") is False
    assert state(story, comment)[1] == 2
    browser.send(page, go="unmark")
    assert state(story, comment)[1] == 1


def test_minh_decides_on_several_and_takes_it_back(story: Story, signed_in: SignIn) -> None:
    other, minh = said(story), signed_in("minh")
    Browser(story.site).send(f"/comments/{other}/reports/new", reason="advertising")
    both = [story.comment, other]
    seen = {f"seen-{story.comment}": "pending.0", f"seen-{other}": "visible.1"}

    def press(pick: list[str], **fields: str) -> tuple[int, str]:
        token = TOKEN.search(minh.get("/officer/comments").text)
        assert token is not None
        data = {"csrf_token": token[1], "pick": pick, **seen, **fields}
        answer = minh.client.post("/officer/comments/decisions/new", data=data)
        return answer.status_code, answer.text

    assert press([], go="show")[0] == 422
    code, text = press(both, go="hide", words="rao vặt")
    assert code == 422 and "Bạn chọn một lý do" in text and 'value="rao vặt"' in text
    assert text.count(" checked") == 2
    assert press(both, go="hide", reason="advertising")[0] == 303
    assert [state(story, one)[0] for one in both] == ["hidden", "hidden"]
    assert "Quảng cáo" in item_page(story) and "Nên có quạt" not in item_page(story)
    desk = minh.get("/officer/comments").text
    batch = re.search(r'name="batch" value="(\w+)"', desk)
    assert batch is not None and "Bạn vừa duyệt 2 góp ý" in desk
    minh.send("/officer/comments/undoings/new", page="/officer/comments", batch=batch[1])
    assert [state(story, one) for one in both] == [("pending", 0, 0), ("visible", 0, 1)]


def test_binh_replies_in_the_name_of_his_agency(story: Story, signed_in: SignIn) -> None:
    comment, binh = said(story), signed_in("binh")
    page = f"/officer/comments/{comment}/replies/new"
    assert page in binh.get(f"/comments/{comment}/replies/new").text
    assert page not in Browser(story.site).get(f"/comments/{comment}/replies/new").text
    assert binh.send(page, text="").status_code == 422
    assert binh.send(page, text="Sở sẽ lắp thêm quạt trong tháng này.").status_code == 303
    shown = item_page(story)
    assert "Sở sẽ lắp thêm quạt" in shown and "Cơ quan trả lời" in shown
    assert "Sở Tài chính" in shown and "Nguyễn Thanh Bình" not in shown
    for path in (page, f"/comments/{comment}/replies/new"):
        assert signed_in("minh").get(path).status_code == (403 if "officer" in path else 200)
    assert binh.get(f"/officer/comments/{story.comment}/replies/new").status_code == 404


def test_minh_erases_words_only_with_a_basis_and_a_tick(story: Story, signed_in: SignIn) -> None:
    comment, minh = said(story, "Chị Bảy Sương nợ tiền tôi."), signed_in("minh")
    page = f"/officer/comments/{comment}/erasures/new"
    for fields in ({}, {"basis": "personal_data"}, {"basis": "ordered", "sure": "y"}):
        assert minh.send(page, **fields).status_code == 422
    assert minh.send(page, basis="personal_data", sure="y").status_code == 303
    assert "Sương" not in item_page(story) and "Đã xóa theo quy định" in item_page(story)
    assert "Sương" not in minh.get(f"/officer/comments/{comment}/decisions/new").text
    assert minh.get(page).status_code == 404


def test_whoever_is_too_fast_is_told_and_keeps_the_text(story: Story) -> None:
    story.site.config["COMMENT_PACE"] = (2, 10)
    browser, page = Browser(story.site), f"/items/{story.item_id}/comments/new"
    for number in range(2):
        assert browser.send(page, text=f"Góp ý số {number} của tôi").status_code == 303
    answer = browser.send(page, text=TEXT)
    assert answer.status_code == 429
    assert "chờ 10 phút" in answer.text and TEXT in answer.text


def test_at_once_where_the_operator_says_so_but_not_what_was_caught(story: Story) -> None:
    story.site.config["COMMENT_SCREENING"] = "after"
    story.site.config["COMMENT_WORDS"] = ("cho vay nong",)
    browser, page = Browser(story.site), f"/items/{story.item_id}/comments/new"
    assert "hiện ngay" in browser.get(page).text
    thanks = browser.get(browser.send(page, text=TEXT).location).text
    assert "đã hiện" in thanks and TEXT in item_page(story)
    thanks = browser.get(browser.send(page, text="Ở đây CHO VAY nóng nhé").location).text
    assert "Chờ duyệt" in thanks and "nóng nhé" not in item_page(story)


@pytest.mark.parametrize("sort", ["", "?sort=old", "?sort=helpful", "?sort=loudest"])
def test_each_order_is_a_page_with_its_own_address(story: Story, sort: str) -> None:
    early, late = said(story, "Người nói trước đã."), said(story, "Người nói sau đây.")
    Browser(story.site).send(f"/comments/{early}/marks/new", go="mark")
    shown = item_page(story, sort)
    first = shown.index(f'id="c-{early}"') < shown.index(f'id="c-{late}"')
    assert first is (sort in {"?sort=old", "?sort=helpful"})


@pytest.mark.parametrize("number", [5, 2000])
def test_the_item_page_costs_the_same_with_many_replies(story: Story, number: int) -> None:
    first = said(story)
    with story.site.app_context():
        root = queries.comment(first)
        assert root is not None
        replies = [
            Comment(item_id=root.item_id, thread_id=root.id, parent_id=root.id, text=f"Thứ {n} đây")
            for n in range(number)
        ]
        for at, reply in enumerate(replies):
            reply.state, reply.listed, reply.waits, reply.branch_id = "visible", True, 0, at + 1
        db.session.add_all(replies)
        root.replies = number
        commit()
        db.session.remove()
    path = f"/items/{story.item_id}?utm=anew"  # a parameter that no kept page knows
    Browser(story.site).get(path)
    with story.site.app_context(), count_queries() as asked:
        answer = Browser(story.site).get(path)
    assert len(asked) <= 5, "\n".join(asked)
    assert answer.text.count(" đây</p>") == 3
    assert f"Xem thêm {number - 3} trả lời" in answer.text
