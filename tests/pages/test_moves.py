"""The desk's pages of questions, refusals, guidance, more time, joining and passing on."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from werkzeug.test import TestResponse

from feedback.accounts.actions.people import equip
from feedback.core import clock
from feedback.core.db import commit, db
from feedback.notifications.models import OutboxMessage
from feedback.petitions import queries
from feedback.petitions.models import Extension, InfoRequest, Outcome, Petition, TurnDown
from tests.accounts.browser import TOKEN, Browser
from tests.pages.conftest import HASH, Story
from tests.people import colleague
from tests.servers.patience import PATIENCE_S

SignIn = Callable[[str], Browser]
ZERO_WIDTH = "\u200b\u2060 \u200d"
EMPTY = pytest.mark.parametrize(
    "text", ["", "   ", ZERO_WIDTH], ids=["none", "blank", "zero-width"]
)


def url(story: Story, state: str, page: str = "") -> str:
    return f"/officer/petitions/{story.petitions[state]}" + (f"/{page}" if page else "")


def state_of(story: Story, state: str) -> str:
    with story.site.app_context():
        found = db.session.query(Petition).filter_by(public_id=story.petitions[state]).one()
        db.session.remove()
        return found.state


def rows_of(story: Story, model: type) -> int:
    with story.site.app_context():
        number = db.session.query(model).count()
        db.session.remove()
        return number


def lock(browser: Browser, path: str) -> str:
    return browser.get(path).text.split('name="seen" value="')[1].split('"')[0]


def fill(browser: Browser, path: str, **fields: str) -> TestResponse:
    """Read the page, then send its form."""
    return browser.send(path, seen=lock(browser, path), **fields)


def join_staff(story: Story, name: str, role: str, agency: str = "so-tai-chinh") -> None:
    with story.site.app_context():
        equip(colleague(name, role, agency=agency), password_hash=HASH, seed=f"seed of {name}")
        commit()
        db.session.remove()


def day(story: Story, *, days: int) -> str:
    """So many days after the due day of the file that is worked on."""
    with story.site.app_context():
        found = db.session.query(Petition).filter_by(public_id=story.petitions["in_progress"]).one()
        ceiling = queries.extension_ceiling(found)
        chosen = min(found.due_on + timedelta(days=days), ceiling + timedelta(days=days))
        db.session.remove()
        return chosen.isoformat()


# --- a question to the resident ----------------------------------------------------------------


def test_binh_asks_and_the_page_says_how_long_the_clock_rests(
    story: Story, signed_in: SignIn
) -> None:
    binh, page = signed_in("binh"), url(story, "in_progress", "questions/new")
    shown = binh.get(page).text
    assert "10 ngày làm việc" in shown and "thời gian tạm dừng" in shown
    assert fill(binh, page, question="Cửa hàng ở chợ nào?").status_code == 303
    assert state_of(story, "in_progress") == "needs_info"
    file = binh.get(url(story, "in_progress")).text
    assert "Cửa hàng ở chợ nào?" in file and "Nguyễn Thanh Bình" in file


@EMPTY
def test_a_question_without_words_is_not_sent(story: Story, signed_in: SignIn, text: str) -> None:
    binh, page = signed_in("binh"), url(story, "in_progress", "questions/new")
    answer = fill(binh, page, question=text)
    assert answer.status_code == 422
    assert 'id="question-e"' in answer.text and 'href="#question"' in answer.text
    assert rows_of(story, InfoRequest) == 0


def test_a_late_file_stays_late_and_the_page_says_so(story: Story, signed_in: SignIn) -> None:
    with story.site.app_context():
        found = db.session.query(Petition).filter_by(public_id=story.petitions["in_progress"]).one()
        found.due_on = clock.today() - timedelta(days=1)
        commit()
        db.session.remove()
    binh = signed_in("binh")
    assert "Hồ sơ đã quá hạn" in binh.get(url(story, "in_progress", "questions/new")).text
    more = binh.get(url(story, "in_progress", "extensions/new")).text
    assert "không được thêm thời gian" in more and "<textarea" not in more
    assert "extensions/new" not in binh.get(url(story, "in_progress")).text


# --- a refusal ---------------------------------------------------------------------------------


def propose(story: Story, browser: Browser, state: str = "received") -> None:
    page = url(story, state, "refusals/new")
    answer = fill(browser, page, reason_code="not_clear", words="Ghi rõ nơi chốn rồi gửi lại.")
    assert answer.status_code == 303, answer.text


def test_thu_proposes_and_giang_confirms(story: Story, signed_in: SignIn) -> None:
    thu, giang = signed_in("thu"), signed_in("giang")
    page = thu.get(url(story, "received", "refusals/new")).text
    assert "Nghị định 20/2008/NĐ-CP, Điều 9" in page
    assert page.count("quy định của hệ thống, không phải điều luật") == 1
    propose(story, thu)
    assert state_of(story, "received") == "received"
    assert "refusals/decision" in giang.get(url(story, "received")).text
    assert "refusals/decision" not in thu.get(url(story, "received")).text
    assert story.petitions["received"] in giang.get("/officer?tab=approval").text
    decision = url(story, "received", "refusals/decision")
    assert "Ghi rõ nơi chốn rồi gửi lại." in giang.get(decision).text
    assert fill(giang, decision, decision="yes").status_code == 303
    assert state_of(story, "received") == "declined"
    ended = thu.get(url(story, "received")).text
    assert "Ghi rõ nơi chốn rồi gửi lại." in ended and "Lê Hoài Giang xác nhận" in ended


def test_giang_turns_it_down_with_a_note(story: Story, signed_in: SignIn) -> None:
    thu, giang = signed_in("thu"), signed_in("giang")
    propose(story, thu)
    page = url(story, "received", "refusals/decision")
    missing = fill(giang, page, decision="no", note=ZERO_WIDTH)
    assert missing.status_code == 422 and 'id="note-e"' in missing.text
    assert fill(giang, page, decision="no", note="Chợ Long Hoa, rõ rồi.").status_code == 303
    assert state_of(story, "received") == "received"
    assert "Chợ Long Hoa, rõ rồi." in thu.get(url(story, "received")).text
    propose(story, thu)  # anew
    assert rows_of(story, Outcome) == 2


def test_a_second_proposal_waits_for_the_first(story: Story, signed_in: SignIn) -> None:
    thu, giang = signed_in("thu"), signed_in("giang")
    page = url(story, "received", "refusals/new")
    seen = lock(giang, page)
    propose(story, thu)
    assert "Đã có một đề xuất không nhận" in giang.get(page).text
    fields = {"reason_code": "insulting", "words": "Xin viết lại lời lẽ."}
    late = giang.send(page, page="/officer/inbox", seen=seen, **fields)
    assert (late.status_code, "Xin viết lại lời lẽ." in late.text) == (409, True)
    seen = late.text.split('name="seen" value="')[1].split('"')[0]
    again = giang.send(page, page="/officer/inbox", seen=seen, **fields)
    assert (again.status_code, "Xin viết lại lời lẽ." in again.text) == (422, True)
    assert rows_of(story, Outcome) == 1


@EMPTY
def test_a_refusal_without_a_next_step_is_not_proposed(
    story: Story, signed_in: SignIn, text: str
) -> None:
    thu, page = signed_in("thu"), url(story, "received", "refusals/new")
    answer = fill(thu, page, reason_code="not_clear", words=text)
    assert answer.status_code == 422 and 'id="words-e"' in answer.text
    assert 'value="not_clear" checked' in answer.text  # what was chosen is still chosen
    forged = fill(thu, page, reason_code="because", words="Gửi lại.")
    assert (forged.status_code, "Gửi lại." in forged.text) == (422, True)
    assert rows_of(story, Outcome) == 0


def test_two_heads_decide_at_once(story: Story, signed_in: SignIn) -> None:
    join_staff(story, "nga", "head")
    propose(story, signed_in("thu"))
    giang, nga = signed_in("giang"), signed_in("nga")
    page = url(story, "received", "refusals/decision")
    seen = lock(nga, page)
    assert fill(giang, page, decision="no", note="Rõ rồi.").status_code == 303
    late = nga.send(page, page="/officer/inbox", seen=seen, decision="no", note="Đã đủ thông tin.")
    assert (late.status_code, "Đã đủ thông tin." in late.text) == (409, True)
    assert "Không có gì chờ quyết định ở đây" in late.text
    assert rows_of(story, TurnDown) == 1


def test_of_two_decisions_in_the_same_moment_one_counts(story: Story, signed_in: SignIn) -> None:
    join_staff(story, "nga", "head")
    propose(story, signed_in("thu"))
    page = url(story, "received", "refusals/decision")
    sent: list[tuple[Browser, dict[str, str]]] = []
    for name in ("giang", "nga"):
        browser = signed_in(name)
        token = TOKEN.search(browser.get(page).text)
        assert token
        fields = {"csrf_token": token[1], "seen": lock(browser, page)}
        sent.append((browser, {**fields, "decision": "no", "note": f"Lời của {name}."}))
    together = Barrier(2)

    def decide(who: tuple[Browser, dict[str, str]]) -> TestResponse:
        together.wait(PATIENCE_S)
        return who[0].client.post(page, data=who[1])

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(decide, sent))
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    for (_browser, fields), answer in zip(sent, answers, strict=True):
        assert answer.status_code == 303 or fields["note"] in answer.text
    assert rows_of(story, TurnDown) == 1


def test_who_was_told_of_a_change_may_save_again(story: Story, signed_in: SignIn) -> None:
    """Giang decides on more time while Bình writes the answer: he is told once, then his text is kept."""
    binh, giang = signed_in("binh"), signed_in("giang")
    page = url(story, "in_progress", "extensions/new")
    assert fill(binh, page, to_on=day(story, days=2), reason="Chờ đo.").status_code == 303
    editor = url(story, "in_progress", "answers/new")
    seen = lock(binh, editor)
    decision = url(story, "in_progress", "extensions/decision")
    assert fill(giang, decision, decision="no", note="Còn đủ ngày.").status_code == 303
    first = binh.send(editor, seen=seen, text="Bản của tôi.", go="save")
    assert (first.status_code, "Bản của tôi." in first.text) == (409, True)
    seen = first.text.split('name="seen" value="')[1].split('"')[0]
    assert binh.send(editor, seen=seen, text="Bản của tôi.", go="save").status_code == 303


def test_the_proposer_cannot_decide_herself(story: Story, signed_in: SignIn) -> None:
    giang = signed_in("giang")
    seen = lock(giang, url(story, "received", "refusals/new"))
    propose(story, giang)
    page = url(story, "received", "refusals/decision")
    assert "đề xuất của chính bạn" in giang.get(page).text
    sent = {"seen": str(int(seen) + 1), "decision": "yes"}
    answer = giang.send(page, page="/officer/inbox", **sent)
    assert answer.status_code == 422
    assert "phải để người khác" in answer.text
    assert state_of(story, "received") == "received"


def test_a_decision_without_a_choice_or_with_a_forged_one(story: Story, signed_in: SignIn) -> None:
    propose(story, signed_in("thu"))
    giang, page = signed_in("giang"), url(story, "received", "refusals/decision")
    for fields in ({}, {"decision": "maybe"}):
        answer = fill(giang, page, note="Một lời ghi.", **fields)
        assert (answer.status_code, "Một lời ghi." in answer.text) == (422, True)


def test_in_the_dispatch_queue_the_focal_head_decides(story: Story, signed_in: SignIn) -> None:
    join_staff(story, "nghia", "head", "so-noi-vu")
    yen, nghia = signed_in("yen"), signed_in("nghia")
    file = f"/officer/petitions/{story.dispatched}"
    fields = {"reason_code": "outside_province", "words": "Gửi Cổng Dịch vụ công quốc gia."}
    assert fill(yen, f"{file}/refusals/new", **fields).status_code == 303
    assert story.dispatched in nghia.get("/officer?tab=approval").text
    assert story.dispatched not in nghia.get("/officer").text
    assert 'href="/officer/dispatch"' not in nghia.get(file).text  # no link that she may not follow
    assert story.dispatched not in yen.get("/officer?tab=approval").text
    assert signed_in("giang").get(f"{file}/refusals/decision").status_code == 404
    assert fill(nghia, f"{file}/refusals/decision", decision="yes").status_code == 303
    assert story.dispatched not in yen.get("/officer/dispatch").text


# --- guidance ----------------------------------------------------------------------------------

WHERE = {
    "body": "Tòa án nhân dân khu vực 1",
    "place": "Số 1 đường Cách Mạng Tháng Tám",
    "hours": "Thứ Hai đến thứ Sáu, 7 giờ 30",
    "papers": "Đơn khởi kiện và căn cước",
}


def test_thu_guides_a_resident_to_the_right_body(story: Story, signed_in: SignIn) -> None:
    thu, page = signed_in("thu"), url(story, "received", "guidances/new")
    assert fill(thu, page, **WHERE).status_code == 303
    assert state_of(story, "received") == "guided"
    file = thu.get(url(story, "received")).text
    assert "Nơi cần đến: Tòa án nhân dân khu vực 1" in file
    assert "Mang theo: Đơn khởi kiện và căn cước" in file


@pytest.mark.parametrize("name", list(WHERE))
def test_guidance_says_body_place_hours_and_papers(
    story: Story, signed_in: SignIn, name: str
) -> None:
    thu, page = signed_in("thu"), url(story, "received", "guidances/new")
    answer = fill(thu, page, **{**WHERE, name: ZERO_WIDTH})
    assert answer.status_code == 422 and f'id="{name}-e"' in answer.text
    kept = [said for field, said in WHERE.items() if field != name]
    assert all(said in answer.text for said in kept)
    assert state_of(story, "received") == "received"


# --- more time ---------------------------------------------------------------------------------


def test_binh_asks_for_more_time_and_giang_approves(story: Story, signed_in: SignIn) -> None:
    binh, giang = signed_in("binh"), signed_in("giang")
    page = url(story, "in_progress", "extensions/new")
    shown = binh.get(page).text
    assert 'type="date"' in shown and "Muộn nhất" in shown
    asked = day(story, days=2)
    assert fill(binh, page, to_on=asked, reason="Chờ kết quả đo.").status_code == 303
    assert "Đã có đề nghị thêm thời gian" in binh.get(page).text
    assert "Chờ kết quả đo." in giang.get(url(story, "in_progress")).text
    decision = url(story, "in_progress", "extensions/decision")
    assert fill(giang, decision, decision="yes").status_code == 303
    with story.site.app_context():
        found = db.session.query(Petition).filter_by(public_id=story.petitions["in_progress"]).one()
        assert found.due_on.isoformat() == asked and found.first_due_on < found.due_on
        db.session.remove()


def test_giang_turns_more_time_down(story: Story, signed_in: SignIn) -> None:
    binh, giang = signed_in("binh"), signed_in("giang")
    page, asked = url(story, "in_progress", "extensions/new"), day(story, days=2)
    assert fill(binh, page, to_on=asked, reason="Chờ kết quả đo.").status_code == 303
    decision = url(story, "in_progress", "extensions/decision")
    assert fill(giang, decision, decision="no", note="").status_code == 422
    assert fill(giang, decision, decision="no", note="Còn đủ ngày.").status_code == 303
    assert "Còn đủ ngày." in binh.get(url(story, "in_progress")).text
    with story.site.app_context():
        told = db.session.query(OutboxMessage)
        told = told.filter_by(template="petitions/staff_extension_turned_down")
        assert {message.channel for message in told} == {"inbox", "email"}
        db.session.remove()
    assert fill(binh, page, to_on=asked, reason="Vẫn chờ kết quả đo.").status_code == 303


def test_a_day_beyond_the_ceiling_is_refused_and_stays_typed(
    story: Story, signed_in: SignIn
) -> None:
    binh, page = signed_in("binh"), url(story, "in_progress", "extensions/new")
    answer = fill(binh, page, to_on="2031-01-01", reason="Chờ kết quả đo.")
    assert answer.status_code == 422 and 'id="to_on-e"' in answer.text
    assert 'value="2031-01-01"' in answer.text and "Chờ kết quả đo." in answer.text
    assert rows_of(story, Extension) == 0


@pytest.mark.parametrize("typed", ["", "mai", "31/02/2027", "2027-13-01", "12/15/2026", "1", "٣"])
def test_what_is_no_day_is_said_so_and_stays_typed(
    story: Story, signed_in: SignIn, typed: str
) -> None:
    binh, page = signed_in("binh"), url(story, "in_progress", "extensions/new")
    answer = fill(binh, page, to_on=typed, reason="Chờ kết quả đo.")
    assert answer.status_code == 422 and 'id="to_on-e"' in answer.text
    assert f'value="{typed}"' in answer.text and "Chờ kết quả đo." in answer.text


def test_a_day_typed_by_hand_is_understood(story: Story, signed_in: SignIn) -> None:
    binh, page = signed_in("binh"), url(story, "in_progress", "extensions/new")
    year, month, number = day(story, days=2).split("-")
    typed = f"{number}/{month}/{year}"
    assert fill(binh, page, to_on=typed, reason="Chờ kết quả đo.").status_code == 303


# --- joining -----------------------------------------------------------------------------------


def reference(story: Story, state: str) -> str:
    with story.site.app_context():
        found = db.session.query(Petition).filter_by(public_id=story.petitions[state]).one()
        db.session.remove()
        return found.reference


def test_thu_looks_at_the_other_file_before_she_joins(story: Story, signed_in: SignIn) -> None:
    """The file that is worked on is newer than the one that was received."""
    thu, page = signed_in("thu"), url(story, "in_progress", "merges/new")
    typed = reference(story, "received")
    first = fill(thu, page, into=typed)
    assert first.status_code == 200 and "Có phải hồ sơ này không?" in first.text
    assert state_of(story, "in_progress") == "in_progress"
    sure = story.petitions["received"]
    other = fill(thu, page, into=reference(story, "answered"), sure=sure)
    assert other.status_code == 422  # another one was typed meanwhile, and that one came later
    assert fill(thu, page, into=typed, sure=sure).status_code == 303
    assert state_of(story, "in_progress") == "merged"
    assert typed in thu.get(url(story, "in_progress")).text


@pytest.mark.parametrize("typed", ["", ZERO_WIDTH, "TN26-999999", "https://elsewhere.example/x"])
def test_a_file_that_is_not_there_cannot_be_joined_to(
    story: Story, signed_in: SignIn, typed: str
) -> None:
    thu, page = signed_in("thu"), url(story, "in_progress", "merges/new")
    for into in (typed, story.petitions["submitted"], reference(story, "submitted")):
        answer = fill(thu, page, into=into)
        assert answer.status_code == 422 and 'id="into-e"' in answer.text
    assert state_of(story, "in_progress") == "in_progress"


# --- passing on --------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["so-khdt-2024", "mat-tran-tinh", "nowhere", "x' OR 1=1"])
def test_a_body_that_no_longer_exists_gets_a_sentence_beside_the_field(
    story: Story, signed_in: SignIn, code: str
) -> None:
    giang, page = signed_in("giang"), url(story, "in_progress", "transfers/new")
    answer = fill(giang, page, agency=code, reason="Thuộc lĩnh vực đầu tư.")
    assert answer.status_code == 422 and 'id="agency-e"' in answer.text
    assert "không còn, hoặc không trả lời kiến nghị" in answer.text
    assert "Thuộc lĩnh vực đầu tư." in answer.text
    assert "so-khdt-2024" not in giang.get(page).text
    assert state_of(story, "in_progress") == "in_progress"


@EMPTY
def test_nothing_is_passed_on_without_words(story: Story, signed_in: SignIn, text: str) -> None:
    giang, page = signed_in("giang"), url(story, "in_progress", "transfers/new")
    answer = fill(giang, page, agency="so-y-te", reason=text)
    assert answer.status_code == 422 and 'id="reason-e"' in answer.text
    assert 'value="so-y-te" selected' in answer.text


def test_the_legs_so_far_are_shown_and_the_third_transfer_is_announced(
    story: Story, signed_in: SignIn
) -> None:
    yen = signed_in("yen")
    page = f"/officer/petitions/{story.dispatched}/transfers/new"
    shown = yen.get(page).text
    assert "Các chặng đã qua" in shown and "Sau hai lần chuyển" in shown
    assert fill(yen, page, agency="so-tai-chinh", reason="Việc vay vốn.").status_code == 303
    giang = signed_in("giang")
    assert "Lý do chuyển: Việc vay vốn." in giang.get(page).text
    with story.site.app_context():
        found = db.session.query(Petition).filter_by(public_id=story.dispatched).one()
        found.legs[0].reason_kind = "transfer"
        commit()
        db.session.remove()
    assert "Hồ sơ đã được chuyển hai lần" in giang.get(page).text


# --- the file's page ---------------------------------------------------------------------------


def test_each_sees_the_moves_that_are_hers(story: Story, signed_in: SignIn) -> None:
    def moves(name: str, state: str) -> set[str]:
        text = signed_in(name).get(url(story, state)).text
        pages = ("questions", "extensions", "guidances", "merges", "refusals", "transfers")
        return {page for page in pages if f"{url(story, state)}/{page}/new" in text}

    assert moves("binh", "in_progress") == {"questions", "extensions"}
    assert moves("lan", "in_progress") == set()
    assert moves("thu", "received") == {"guidances", "merges", "refusals"}
    assert moves("giang", "received") == {"guidances", "merges", "refusals", "transfers"}
    assert moves("giang", "answered") == set()
    assert moves("dung", "in_progress") == set()
    assert moves("yen", "in_progress") == set()
