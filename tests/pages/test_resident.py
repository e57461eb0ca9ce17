"""What Hoa does with her own file: it works; nothing is written twice; every "no" has a sentence and a way on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta

import pytest
import sqlalchemy as sa
from werkzeug.test import TestResponse

from feedback.audit.queries import events_of
from feedback.core import clock
from feedback.core.db import Model, commit, db
from feedback.notifications.models import OutboxMessage
from feedback.petitions.actions import ending, judging, waiting
from feedback.petitions.models import Dispute, InfoRequest, Outcome, Petition
from tests.accounts.browser import TOKEN, Browser
from tests.pages.conftest import Story
from tests.people import person

SUPPLY, WITHDRAW, DISPUTE = (
    f"/track/file/{noun}/new" for noun in ("supplies", "withdrawals", "disputes")
)
ZERO_WIDTH = "\u200b\u200d \u2060\ufeff\u200b \u00ad"
LONG = "đèn hỏng lâu " * 770  # 10,010 characters
REASON = "Chưa nói khi nào có vốn."


@contextmanager
def file(story: Story, state: str) -> Iterator[Petition]:
    """The petition that the story brought to a state, for an agency's or the clock's move."""
    with story.site.app_context():
        yield db.session.query(Petition).filter_by(public_id=story.petitions[state]).one()
        commit()
        db.session.remove()


def hoa(story: Story, state: str) -> Browser:
    browser = Browser(story.site)
    browser.send("/track", code=story.codes[state])
    return browser


def hidden(text: str) -> dict[str, str]:
    """What the form carries unseen: which file, and the version that was read."""
    return {n: text.split(f'name="{n}" value="')[1].split('"')[0] for n in ("seen", "file")}


def sent(browser: Browser, page: str, **fields: str) -> TestResponse:
    return browser.send(page, **{**hidden(browser.get(page).text), **fields})


def count(story: Story, model: type[Model], *where: sa.ColumnElement[bool]) -> int:
    with story.site.app_context():
        query = sa.select(sa.func.count()).select_from(model).where(*where)
        found = db.session.scalar(query) or 0
        db.session.remove()
        return found


def told(story: Story, what: str) -> set[str]:
    with story.site.app_context():
        rows = db.session.query(OutboxMessage).filter_by(
            template=f"petitions/{what}", channel="email"
        )
        found = {str(row.address).split("@")[0] for row in rows}
        db.session.remove()
        return found


@pytest.fixture
def asked(story: Story) -> Story:
    """Bình has asked Hoa two working days ago."""
    with file(story, "in_progress") as petition:
        waiting.ask_resident(
            petition, question="Cửa hàng ở chợ nào?", on=clock.today(), by=person("binh")
        )
    return story


def test_hoa_answers_the_question_and_the_clock_runs_on(asked: Story) -> None:
    browser = hoa(asked, "in_progress")
    follow = browser.get("/track/file").text
    assert "Sở Tài chính hỏi bạn" in follow
    assert "Cửa hàng ở chợ nào?" in follow
    assert f'class="btn main" href="{SUPPLY}"' in follow
    page = browser.get(SUPPLY)
    assert page.status_code == 200
    with file(asked, "in_progress") as petition:
        bound = db.session.query(InfoRequest).filter_by(petition_id=petition.id).one().bound_on
    assert "Cửa hàng ở chợ nào?" in page.text
    assert bound.strftime("%d/%m/%Y") in page.text
    answer = sent(browser, SUPPLY, reply="Chợ Long Hoa.")
    assert (answer.status_code, answer.location) == (303, "/track/file")
    assert "Thời hạn của cơ quan tính tiếp" in browser.get("/track/file").text
    with file(asked, "in_progress") as petition:
        assert petition.state == "in_progress"
        assert [e.kind for e in events_of(petition.subject)][-1] == "petition:supplied"
    assert told(asked, "staff_supplied") == {"binh"}


def test_a_question_asked_before_anybody_has_the_file_is_told_to_the_desk(story: Story) -> None:
    with file(story, "received") as petition:
        waiting.ask_resident(petition, question="Ở đâu?", on=clock.today(), by=person("binh"))
    sent(hoa(story, "received"), SUPPLY, reply="Ở chợ.")
    assert told(story, "staff_supplied") == {"thu", "giang"}


def test_a_wait_that_ended_by_itself_is_not_told_as_an_answer(asked: Story) -> None:
    with file(asked, "in_progress"):
        judging.run_clock(on=clock.today() + timedelta(days=40))
    assert told(asked, "staff_supplied") == set()
    assert told(asked, "staff_resumed") == {"binh"}


def test_the_same_answer_sent_twice_is_written_once(asked: Story) -> None:
    first, second = hoa(asked, "in_progress"), hoa(asked, "in_progress")
    fields = {**hidden(second.get(SUPPLY).text), "reply": "Chợ Long Hoa."}
    assert sent(first, SUPPLY, reply="Chợ Long Hoa.").status_code == 303
    again = second.send(SUPPLY, page="/track", **fields)
    assert again.status_code == 409
    assert "Nếu bạn vừa gửi câu trả lời thì câu trả lời đã đến nơi" in again.text
    assert "Chợ Long Hoa." in again.text
    assert "/track/file" in again.text
    with file(asked, "in_progress") as petition:
        kinds = [e.kind for e in events_of(petition.subject)]
    assert kinds.count("petition:supplied") == 1


def test_an_answer_to_an_older_question_is_not_taken_for_the_new_one(asked: Story) -> None:
    browser = hoa(asked, "in_progress")
    fields = {**hidden(browser.get(SUPPLY).text), "reply": "Chợ Long Hoa."}
    sent(hoa(asked, "in_progress"), SUPPLY, reply="Chợ Tây Ninh.")
    with file(asked, "in_progress") as petition:
        waiting.ask_resident(petition, question="Bao nhiêu?", on=clock.today(), by=person("binh"))
    stale = browser.send(SUPPLY, page="/track", **fields)
    assert stale.status_code == 409
    assert "Bao nhiêu?" in stale.text
    assert "Chợ Long Hoa." in stale.text
    fields |= hidden(stale.text) | {"reply": "Hai mươi triệu."}
    assert browser.send(SUPPLY, **fields).status_code == 303  # read again, sent again: no dead end


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Bạn viết câu trả lời"),
        (ZERO_WIDTH, "Bạn viết câu trả lời"),
        (LONG, "Nhiều nhất 10.000 ký tự"),
    ],
    ids=["empty", "zero-width", "too long"],
)
def test_an_answer_that_says_nothing_comes_back(asked: Story, text: str, sentence: str) -> None:
    answer = sent(hoa(asked, "in_progress"), SUPPLY, reply=text)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert text.strip()[-100:] in answer.text or text == ZERO_WIDTH
    assert 'aria-invalid="true"' in answer.text
    with file(asked, "in_progress") as petition:
        assert petition.state == "needs_info"


def test_nothing_is_asked_and_the_page_says_so(story: Story) -> None:
    page = hoa(story, "in_progress").get(SUPPLY)
    assert page.status_code == 200
    assert "Lúc này cơ quan không hỏi gì bạn" in page.text
    assert 'name="reply"' not in page.text


def test_hoa_takes_her_petition_back(story: Story) -> None:
    browser = hoa(story, "in_progress")
    page = browser.get(WITHDRAW).text
    assert "Hồ sơ không mở lại được" in page
    assert '<button class="btn">Đồng ý rút kiến nghị</button>' in page  # not the page's joy
    stale = hidden(page)
    answer = sent(browser, WITHDRAW, words="Đã được hướng dẫn rồi.")
    assert answer.status_code == 303
    follow = browser.get("/track/file").text
    assert "Bạn đã rút kiến nghị" in follow
    assert "Gửi kiến nghị mới" in follow
    assert WITHDRAW not in follow
    again = browser.send(WITHDRAW, page="/track", **stale, words="Lần nữa")
    assert again.status_code == 409
    assert "Bạn đã rút kiến nghị này ngày" in again.text
    assert count(story, Outcome) == 1
    assert told(story, "staff_withdrawn") == {"binh"}
    assert told(story, "resident_withdrawn") == {"hoa"}


def test_a_file_that_moved_meanwhile_can_still_be_taken_back(story: Story) -> None:
    browser = hoa(story, "submitted")
    fields = {**hidden(browser.get(WITHDRAW).text), "words": "Không cần nữa."}
    with file(story, "submitted") as petition:
        from feedback.petitions.actions import intake

        intake.receive(petition, show=True, on=clock.today(), by=person("thu"))
    moved = browser.send(WITHDRAW, **fields)
    assert moved.status_code == 409
    assert "Không cần nữa." in moved.text
    assert browser.send(WITHDRAW, **{**fields, **hidden(moved.text)}).status_code == 303


def test_hoa_is_not_satisfied_and_the_front_can_open_the_file(
    story: Story, signed_in: Callable[[str], Browser]
) -> None:
    browser = hoa(story, "answered")
    new = f'href="/petitions/{story.petitions["answered"]}"'
    assert new in Browser(story.site).get("/").text.partition("Mới trả lời")[2]
    assert DISPUTE in browser.get("/track/file").text
    last_on = clock.today() - timedelta(days=3) + timedelta(days=30)
    assert last_on.strftime("%d/%m/%Y") in browser.get(DISPUTE).text
    answer = sent(browser, DISPUTE, reason=REASON)
    assert (answer.status_code, answer.location) == (303, "/track/file")
    with file(story, "answered") as petition:
        assert (petition.state, petition.on_time, petition.leg.number) == ("in_progress", True, 2)
        link = f"/officer/petitions/{petition.public_id}"
        params = db.session.query(OutboxMessage).filter_by(template="petitions/staff_disputed")
        assert {row.params["link"] for row in params} == {link}
    assert told(story, "staff_disputed") == {"binh", "giang", "dung"}
    for name in ("dung", "giang", "binh"):
        assert signed_in(name).get(link).status_code == 200
    public = Browser(story.site).get(f"/petitions/{story.petitions['answered']}").text
    assert REASON not in public
    assert new not in Browser(story.site).get("/").text.partition("Mới trả lời")[2]


def test_an_answer_is_disputed_once(story: Story) -> None:
    first, second = hoa(story, "answered"), hoa(story, "answered")
    fields = {**hidden(second.get(DISPUTE).text), "reason": REASON}
    sent(first, DISPUTE, reason=REASON)
    for status, answer in (
        (409, second.send(DISPUTE, page="/track", **fields)),
        (200, second.get(DISPUTE)),
    ):
        assert answer.status_code == status
        assert "Bạn đã yêu cầu xem lại một lần rồi" in answer.text
        assert "Cơ quan đang xem lại và phải trả lời bạn chậm nhất" in answer.text
    assert REASON in second.send(DISPUTE, page="/track", **fields).text
    assert count(story, Dispute) == 1
    assert DISPUTE not in first.get("/track/file").text


def test_four_taps_at_once_open_the_file_again_once(story: Story) -> None:
    browser = hoa(story, "answered")
    text = browser.get(DISPUTE).text
    found = TOKEN.search(text)
    assert found
    data = {**hidden(text), "reason": REASON, "csrf_token": found[1]}
    cookie = f"__Host-session={browser.cookie('__Host-session')}"

    def tap(_n: int) -> TestResponse:
        client = story.site.test_client(use_cookies=False)
        return client.post(DISPUTE, data=data, headers={"Cookie": cookie})

    with ThreadPoolExecutor(4) as hands:
        answers = list(hands.map(tap, range(4)))
    refused = [a for a in answers if a.status_code != 303]
    assert len(refused) == 3
    # 409: the file changed under the page; 422: it was read before the change and judged after it
    assert {a.status_code for a in refused} <= {409, 422}
    assert all("Bạn đã yêu cầu xem lại một lần rồi" in a.text for a in refused)
    assert count(story, Dispute) == 1


@pytest.mark.parametrize("closed", [False, True], ids=["the clock is late", "closed"])
def test_after_thirty_days_there_is_a_sentence_and_a_way_on(story: Story, closed: bool) -> None:
    browser = hoa(story, "answered")
    fields = {**hidden(browser.get(DISPUTE).text), "reason": REASON}
    later = clock.now() + timedelta(days=28)  # answered three days ago
    with clock.travel(later):
        if closed:
            with file(story, "answered"):
                judging.run_clock(on=clock.today())
        answer = browser.send(DISPUTE, page="/track", **fields)
        follow = browser.get("/track/file").text
    assert answer.status_code == (409 if closed else 422)
    assert "trong vòng 30 ngày. Ngày cuối là" in answer.text
    assert REASON in answer.text
    assert "/submit?item=" in answer.text
    assert "tel:" in answer.text
    assert DISPUTE not in follow
    assert "Gửi kiến nghị mới" in follow
    assert count(story, Dispute) == 0


def test_the_thirtieth_day_still_counts(story: Story) -> None:
    browser = hoa(story, "answered")
    with clock.travel(clock.now() + timedelta(days=27)):
        assert sent(browser, DISPUTE, reason=REASON).status_code == 303


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        ("", "ít nhất ba chữ"),
        ("Chưa được", "ít nhất ba chữ"),
        (ZERO_WIDTH, "ít nhất ba chữ"),
        (". . . ! !", "ít nhất ba chữ"),
        (LONG, "Nhiều nhất 10.000 ký tự"),
    ],
    ids=["empty", "two words", "zero-width", "only dots", "too long"],
)
def test_a_reason_that_says_nothing_comes_back(story: Story, reason: str, sentence: str) -> None:
    answer = sent(hoa(story, "answered"), DISPUTE, reason=reason)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert reason.strip()[-100:] in answer.text or reason == ZERO_WIDTH
    assert count(story, Dispute) == 0


@pytest.mark.parametrize("page", [SUPPLY, WITHDRAW, DISPUTE])
def test_without_a_code_the_page_asks_for_it(story: Story, page: str) -> None:
    browser = Browser(story.site)
    assert browser.get(page).location == "/track?sent_from=file"
    answer = browser.send(page, page="/track", seen="1", words="Rút", reason=REASON, reply="Có")
    assert answer.status_code == 401
    assert 'href="/track"' in answer.text


def test_a_form_of_one_petition_never_acts_on_another(story: Story) -> None:
    """Two tabs of one browser: the second typed another code, then the first one's form is sent."""
    browser = hoa(story, "in_progress")
    fields = hidden(browser.get(WITHDRAW).text)
    with file(story, "in_progress") as petition:
        lock = petition.lock
    browser.send("/track", code=story.codes["received"])
    with file(story, "received") as petition:
        while petition.lock < lock:
            petition.place += "."
            db.session.flush()
    answer = browser.send(WITHDRAW, **fields, words="Rút")
    assert answer.status_code == 409
    assert "vừa mở một kiến nghị khác" in answer.text
    assert count(story, Outcome) == 0


def test_a_sealed_file_shows_nothing_to_whoever_holds_the_code(story: Story) -> None:
    with file(story, "in_progress") as petition:
        sealing = ending.propose_seal(petition, by=person("binh"))
        ending.confirm_seal(petition, sealing, on=clock.today(), by=person("giang"))
        title = petition.title
    browser = hoa(story, "in_progress")
    page = browser.get("/track/file").text
    assert "được niêm phong ngày" in page
    assert title not in page
    for address in (SUPPLY, WITHDRAW, DISPUTE):
        assert browser.get(address).location == "/track/file"


@pytest.mark.parametrize(
    ("state", "possible"),
    [
        ("submitted", {WITHDRAW}),
        ("received", {WITHDRAW}),
        ("in_progress", {WITHDRAW}),
        ("awaiting_approval", {WITHDRAW}),
        ("answered", {DISPUTE}),
    ],
)
def test_the_follow_page_shows_what_is_possible_now(
    story: Story, state: str, possible: set[str]
) -> None:
    page = hoa(story, state).get("/track/file").text
    assert {address for address in (SUPPLY, WITHDRAW, DISPUTE) if address in page} == possible
    assert "tel:" in page
