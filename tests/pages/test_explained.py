"""How Hoa understands her file: its date day by day, whose hands it was in, how it ended, what each step means."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from html import unescape
from typing import Any

import pytest

from feedback.core import clock
from feedback.core.db import commit, db
from feedback.petitions import queries
from feedback.petitions.actions import answering, ending, intake, judging, waiting
from feedback.petitions.models import Petition
from tests import make
from tests.accounts.browser import Browser
from tests.counting import count_queries
from tests.pages.conftest import Story
from tests.people import person

SECOND = "Sở Tài chính đã mời chị đến làm hồ sơ ngày thứ sáu này, có cán bộ đón ở cửa số 2."


class File:
    """One petition of Hoa's, sent on 2/11/2026, and the days on which things happen to it."""

    def __init__(self, story: Story, state: str = "in_progress") -> None:
        self.story = story
        with story.site.app_context():
            self.code = make.code_of("hoa")
        item_id = story.item_id
        self.public_id = self.on(
            2, lambda _none: make.petition(state=state, item_id=item_id, key="hoa").public_id
        )

    def on(self, day: int, act: Callable[[Any], Any], *, month: int = 11) -> Any:
        """Let something happen to the file at ten in the morning of a day in November."""
        moment = datetime(2026, month, day, 3, tzinfo=UTC)
        with self.story.site.app_context(), clock.travel(moment):
            found = db.session.query(Petition).filter_by(public_id=getattr(self, "public_id", ""))
            done = act(found.one_or_none())
            commit()
            db.session.remove()
        return done

    def read(self, day: int, *, own: bool = True) -> str:
        """The page as Hoa (or everybody) reads it on a day in November."""
        browser = Browser(self.story.site)
        with clock.travel(datetime(2026, 11, day, 4, tzinfo=UTC)):
            if own:
                browser.send("/track", code=self.code)
                answer = browser.get("/track/file")
            else:
                answer = browser.get(f"/petitions/{self.public_id}")
        assert answer.status_code == 200, answer.text[:300]
        text = " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())
        return re.sub(r" ([:.,])", r"\1", text)


def approve_more(petition: Petition) -> None:
    asked = queries.open_extension(petition)
    assert asked is not None
    waiting.approve_extension(petition, asked, on=clock.today(), by=person("giang"))


def answer(petition: Petition, text: str = make.ANSWER) -> None:
    today = clock.today()
    version = answering.send_for_approval(petition, text=text, on=today, by=person("binh"))
    answering.approve(petition, version_id=version.id, on=today, by=person("giang"))


@pytest.mark.parametrize("own", [True, False], ids=["follow", "public"])
def test_hoa_sees_both_dates_the_reason_and_the_days(story: Story, own: bool) -> None:
    """Bình asks for more time beyond the fifteen working days, the head approves, Hoa looks."""
    file = File(story)
    file.on(
        9,
        lambda petition: waiting.ask_extension(
            petition,
            to_on=date(2026, 12, 1),
            reason="Chờ kết quả đo đạc.",
            on=clock.today(),
            by=person("binh"),
        ),
    )
    assert "Thêm 5 ngày" not in file.read(9, own=own)
    file.on(10, approve_more)
    page = file.read(10, own=own)
    assert "Hạn đầu tiên 23/11/2026, nay là 01/12/2026." in page
    assert "Lãnh đạo duyệt ngày 10/11/2026." in page
    assert "Thêm 5 ngày làm việc: từ 23/11/2026 sang 01/12/2026." in page
    assert "Lý do: Chờ kết quả đo đạc." in page
    assert "Thứ Ba 01/12/2026" in page
    assert "Sở Tài chính được gia hạn: nay phải trả lời chậm nhất 01/12/2026." in page


@pytest.mark.parametrize("own", [True, False], ids=["follow", "public"])
def test_a_wait_is_counted_and_the_question_stays_between_them(story: Story, own: bool) -> None:
    file = File(story)
    question = "Cửa hàng ở chợ nào?"
    file.on(
        2,
        lambda petition: waiting.ask_resident(
            petition, question=question, on=clock.today(), by=person("binh")
        ),
    )
    page = file.read(3, own=own)
    assert "Thời hạn tạm dừng, chậm nhất đến hết 16/11/2026." in page
    assert "Hỏi ngày 02/11/2026. Thời hạn tạm dừng đến khi có câu trả lời" in page
    assert (question in page) is own
    file.on(5, lambda petition: waiting.supply(petition, reply="Chợ Long Hoa.", on=clock.today()))
    page = file.read(5, own=own)
    assert "Hỏi ngày 02/11/2026, có câu trả lời ngày 05/11/2026." in page
    assert "3 ngày làm việc không tính: từ 23/11/2026 sang 27/11/2026." in page
    assert "Thời hạn tính tiếp. Hạn nay là 27/11/2026." in page
    assert ("Chợ Long Hoa." in page) is own


@pytest.mark.parametrize("own", [True, False], ids=["follow", "public"])
def test_a_transfer_adds_a_leg_and_never_moves_her_date(story: Story, own: bool) -> None:
    file = File(story)
    file.on(
        5,
        lambda petition: intake.transfer(
            petition,
            to=make.commune("so-y-te"),
            reason="Việc khám chữa bệnh.",
            on=clock.today(),
            by=person("giang"),
        ),
    )
    page = file.read(5, own=own)
    assert "(hạn 23/11/2026)" in page
    assert "Chặng 1: Sở Tài chính từ 02/11/2026 đến 05/11/2026 hạn riêng 23/11/2026" in page
    assert "Chặng 2: Sở Y tế từ 05/11/2026 đến nay hạn riêng 27/11/2026" in page
    assert "Lý do: Việc khám chữa bệnh." in page
    assert "Việc chuyển cơ quan không bao giờ làm đổi hạn trả lời người gửi." in page
    assert "Hạn trả lời người gửi vẫn là 23/11/2026." in page


@pytest.mark.parametrize("own", [True, False], ids=["follow", "public"])
def test_each_answer_names_its_own_agency_and_the_first_flag_stays(story: Story, own: bool) -> None:
    file = File(story)
    file.on(9, answer)
    file.on(20, lambda p: judging.dispute(p, reason="Chưa nói bao giờ xong.", on=clock.today()))
    page = file.read(20, own=own)
    who = "Bạn thấy chưa thỏa đáng, cơ quan" if own else "Người gửi thấy chưa thỏa đáng,"
    assert f"{who} đang xem lại. Hạn mới: 14/12/2026." in page
    assert "Bạn thấy câu trả lời thế nào?" not in page  # there is nothing to rate meanwhile
    assert "Đã trả lời đúng hạn" in page
    assert "Ngày 20/11/2026 người gửi thấy câu trả lời chưa thỏa đáng." in page
    assert "Mặt trận Tổ quốc đã được báo." in page
    assert ("Chưa nói bao giờ xong." in page) is own
    file.on(
        23,
        lambda petition: intake.transfer(
            petition,
            to=make.commune("so-y-te"),
            reason="Đúng việc.",
            on=clock.today(),
            by=person("giang"),
        ),
    )
    page = file.read(23, own=own)
    assert re.search(r"cửa, có người hướng dẫn\. Sở Tài chính, 10:00 09/11/2026", page)
    assert "Lãnh đạo đã duyệt. Chặng 1." in page


def test_an_answer_after_a_second_look_tells_both_days(story: Story) -> None:
    file = File(story)
    file.on(9, answer)
    file.on(20, lambda p: judging.dispute(p, reason="Chưa nói bao giờ xong.", on=clock.today()))
    file.on(25, lambda petition: answer(petition, SECOND))
    page = file.read(25, own=False)
    assert "Đã trả lời ngày 25/11/2026 (hạn 14/12/2026)" in page
    assert "Trả lời lần đầu ngày 09/11/2026." in page
    assert page.index("Câu trả lời lần đầu") < page.index("Câu trả lời sau khi xem lại")
    assert page.index(make.ANSWER[:40]) < page.index(SECOND)


def decline(petition: Petition) -> None:
    words = "Chị gửi đến Cục Thuế tỉnh bạn, số 12 đường Lê Lợi."
    outcome = ending.propose_decline(
        petition, reason_code="outside_province", words=words, by=person("thu")
    )
    ending.confirm_decline(petition, outcome, on=clock.today(), by=person("giang"))


def guide(petition: Petition) -> None:
    words = "Việc này của Công an xã: 8 giờ đến 17 giờ, mang căn cước."
    ending.guide(petition, words=words, on=clock.today(), by=person("thu"))


def withdraw(petition: Petition) -> None:
    ending.withdraw(petition, words="Tôi tự lo được rồi.", on=clock.today())


@pytest.mark.parametrize("own", [True, False], ids=["follow", "public"])
@pytest.mark.parametrize(
    ("end", "said"),
    [
        (
            decline,
            ["Việc này thuộc cơ quan ngoài tỉnh.", "Nghị định 20/2008/NĐ-CP, Điều 9", "Cục Thuế"],
        ),
        (guide, ["Việc này của Công an xã: 8 giờ đến 17 giờ, mang căn cước."]),
        (withdraw, ["đã rút", "ngày 04/11/2026"]),
    ],
    ids=["declined", "guided", "withdrawn"],
)
def test_an_end_without_an_answer_is_explained(
    story: Story, own: bool, end: Callable[[Petition], None], said: list[str]
) -> None:
    file = File(story, "received")
    file.on(4, end)
    page = file.read(4, own=own)
    assert "Vì sao kết thúc mà không có trả lời" in page
    for words in said:
        assert words in page
    if end is withdraw:
        assert ("Tôi tự lo được rồi." in page) is own
    assert "outside_province" not in page


def test_an_unread_article_is_not_cited(story: Story) -> None:
    file = File(story, "received")

    def unclear(petition: Petition) -> None:
        outcome = ending.propose_decline(
            petition, reason_code="not_clear", words="Ghi rõ nơi chốn.", by=person("thu")
        )
        ending.confirm_decline(petition, outcome, on=clock.today(), by=person("giang"))

    file.on(4, unclear)
    page = file.read(4)
    assert "Nội dung chưa nói rõ chuyện gì, ở đâu, với ai." in page
    assert "Thông tư 05/2021" not in page


def test_a_merged_file_leads_to_the_other_one(story: Story) -> None:
    file = File(story, "received")
    other = file.on(1, lambda _none: make.petition(state="received", key="older").public_id)

    def merge(petition: Petition) -> str:
        into = db.session.query(Petition).filter_by(public_id=other).one()
        ending.merge(petition, into=into, on=clock.today(), by=person("thu"))
        return into.reference

    reference = file.on(4, merge)
    assert f"Đọc kiến nghị {reference}" in file.read(4)
    html = Browser(story.site).get(f"/petitions/{file.public_id}").text
    assert f'href="/petitions/{other}"' in html


def test_what_was_only_proposed_is_no_outcome(story: Story) -> None:
    file = File(story, "received")
    file.on(
        3,
        lambda petition: ending.propose_decline(
            petition, reason_code="insulting", words="Viết lại.", by=person("thu")
        ),
    )
    file.on(4, withdraw)
    page = file.read(4)
    assert "Bạn đã rút kiến nghị này ngày 04/11/2026" in page
    assert "xúc phạm" not in page


def test_residents_read_no_officer_and_no_internal_note(story: Story) -> None:
    file = File(story)

    def back(petition: Petition) -> None:
        version = answering.send_for_approval(
            petition, text=make.ANSWER, on=clock.today(), by=person("binh")
        )
        answering.send_back(
            petition,
            version_id=version.id,
            note="Viết cho dễ hiểu hơn.",
            on=clock.today(),
            by=person("giang"),
        )

    file.on(5, back)
    file.on(6, answer)
    for own in (True, False):
        page = file.read(6, own=own)
        assert "Viết cho dễ hiểu hơn" not in page
        assert "Một chuyên viên của Sở Tài chính đang giải quyết." in page
        for name in ("Nguyễn Thanh Bình", "Lê Hoài Giang", "Phạm Minh Thu"):
            assert name not in page


def test_a_file_with_everything_asks_no_more_than_a_plain_one(story: Story) -> None:
    file = File(story)
    file.on(
        2,
        lambda petition: waiting.ask_resident(
            petition, question="Ở đâu?", on=clock.today(), by=person("binh")
        ),
    )
    file.on(3, lambda petition: waiting.supply(petition, reply="Ở chợ.", on=clock.today()))
    file.on(9, answer)
    file.on(20, lambda p: judging.dispute(p, reason="Chưa nói bao giờ xong.", on=clock.today()))
    file.on(25, lambda petition: answer(petition, SECOND))
    browser = Browser(story.site)
    with clock.travel(datetime(2026, 11, 25, 4, tzinfo=UTC)):
        browser.send("/track", code=file.code)
        for address in ("/track/file", f"/petitions/{file.public_id}"):
            with story.site.app_context(), count_queries() as asked:
                assert browser.get(address).status_code == 200
            assert len(asked) <= 10, (address, len(asked))
