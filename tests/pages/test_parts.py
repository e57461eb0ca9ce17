"""The pages of a part: they work; a colleague, a stranger, a reader, the wrong method, a missing one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from threading import Barrier

import pytest
from werkzeug.test import TestResponse

from feedback.audit.queries import events_of
from feedback.core import clock
from feedback.core.db import commit, db
from feedback.petitions.actions import answering, ending, parts
from feedback.petitions.models import Part
from feedback.petitions.rules.deadlines import part_last_day, part_suggestion
from feedback.workdays.queries import load_calendar
from tests.accounts.browser import Browser
from tests.counting import count_queries
from tests.make import PART, QUESTION
from tests.pages.conftest import Story
from tests.pages.test_desk import hidden
from tests.people import person
from tests.servers.patience import PATIENCE_S

SignIn = Callable[[str], Browser]
DRAFT = "Bản nháp kín: Sở chưa biết có chi được không, chờ họp."


@contextmanager
def inside(story: Story) -> Iterator[Part]:
    """The story's part, in the middle of a command that commits."""
    with story.site.app_context():
        yield db.session.query(Part).filter_by(public_id=story.part).one()
        commit()
        db.session.remove()


def file_of(story: Story) -> str:
    return f"/officer/petitions/{story.petitions['in_progress']}"


def page_of(story: Story) -> str:
    return f"/officer/parts/{story.part}"


def give(story: Story) -> None:
    with inside(story) as part:
        parts.give_part(part, text=PART, on=clock.today(), by=person("cuc"))


def days(story: Story) -> tuple[date, date, date]:
    """Of the file in progress: half-way, the last day that fits, its own date."""
    with inside(story) as part:
        due, calendar, on = part.petition.due_on, load_calendar(), clock.today()
        half = part_suggestion(on=on, lead_due=due, calendar=calendar)
        last = part_last_day(on=on, lead_due=due, calendar=calendar)
        assert half and last
        return half, last, due


def test_binh_asks_so_noi_vu_and_finds_it_on_the_file(story: Story, signed_in: SignIn) -> None:
    binh, page = signed_in("binh"), f"{file_of(story)}/parts/new"
    half, _last, _due = days(story)
    assert f'value="{half.isoformat()}"' in binh.get(page).text  # suggested
    seen = hidden(binh, page, "seen")
    answer = binh.send(
        page, seen=seen, agency="so-noi-vu", question=QUESTION, due_on=half.isoformat()
    )
    assert (answer.status_code, answer.location) == (303, file_of(story))
    shown = binh.get(file_of(story)).text
    assert "Sở Nội vụ" in shown.split('id="phan-viec"')[1]
    assert half.strftime("%d/%m/%Y") in shown


def test_a_day_may_be_written_as_people_write_it(story: Story, signed_in: SignIn) -> None:
    binh, page = signed_in("binh"), f"{file_of(story)}/parts/new"
    day = days(story)[0].strftime("%d/%m/%Y")
    seen = hidden(binh, page, "seen")
    answer = binh.send(page, seen=seen, agency="so-noi-vu", question=QUESTION, due_on=day)
    assert answer.status_code == 303


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"agency": ""}, "chọn một cơ quan trong danh sách"),
        ({"agency": "so-khong-co"}, "chọn một cơ quan trong danh sách"),
        ({"agency": "mat-tran-tinh"}, "chọn một cơ quan trong danh sách"),
        ({"agency": "so-khdt-2024"}, "Cơ quan này không còn"),
        ({"agency": "so-tai-chinh"}, "đang chủ trì hồ sơ"),
        ({"agency": "so-y-te"}, "đã được đề nghị và chưa gửi"),
        ({"question": "\u200b\u200b"}, "Bạn ghi vài chữ"),
        ({"question": "x" * 2001}, "2.000 ký tự"),
        ({"due_on": ""}, "Bạn chọn một ngày."),
        ({"due_on": "31/02/2026"}, "ngày/tháng/năm"),
        ({"due_on": "mai"}, "ngày/tháng/năm"),
        ({"due_on": "0001-01-01"}, "muộn nhất là {last}"),
        ({"due_on": "9999-12-31"}, "muộn nhất là {last}"),
        ({"due_on": "{due}"}, "muộn nhất là {last}"),
    ],
)
def test_what_does_not_fit_comes_back_with_a_sentence_and_all_that_was_typed(
    story: Story, signed_in: SignIn, change: dict[str, str], sentence: str
) -> None:
    binh, page = signed_in("binh"), f"{file_of(story)}/parts/new"
    half, last, due = days(story)
    typed = {"agency": "so-noi-vu", "question": QUESTION, "due_on": half.isoformat(), **change}
    typed["due_on"] = typed["due_on"].format(due=due.isoformat())
    answer = binh.send(page, seen=hidden(binh, page, "seen"), **typed)
    assert answer.status_code == 422
    assert sentence.format(last=last.strftime("%d/%m/%Y")) in answer.text
    if typed["due_on"] != due.isoformat():
        assert f'value="{typed["due_on"]}"' in answer.text
    if typed["question"] == QUESTION:
        assert QUESTION in answer.text
    with inside(story):
        assert db.session.query(Part).count() == 1


def test_a_file_that_changed_meanwhile_is_a_conflict_and_the_text_is_kept(
    story: Story, signed_in: SignIn
) -> None:
    binh, page = signed_in("binh"), f"{file_of(story)}/parts/new"
    day = days(story)[0].isoformat()
    answer = binh.send(page, seen="0", agency="so-noi-vu", question=QUESTION, due_on=day)
    assert answer.status_code == 409
    assert QUESTION in answer.text and "Người khác vừa thay đổi hồ sơ này" in answer.text
    again = answer.text.split('name="seen" value="')[1].split('"')[0]
    answer = binh.send(page, seen=again, agency="so-noi-vu", question=QUESTION, due_on=day)
    assert answer.status_code == 303  # read, and sent again


def test_where_no_day_is_left_the_page_says_so(story: Story, signed_in: SignIn) -> None:
    with inside(story) as part:
        part.petition.due_on = clock.today()
    binh, page = signed_in("binh"), f"{file_of(story)}/parts/new"
    answer = binh.get(page)
    assert answer.status_code == 200
    assert "Không còn ngày làm việc nào trước hạn của hồ sơ" in answer.text
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    assert "<textarea" not in answer.text
    with inside(story) as part:
        seen = str(part.petition.lock)
    typed = {"seen": seen, "agency": "so-noi-vu", "question": QUESTION, "due_on": tomorrow}
    answer = binh.send(page, page="/officer/inbox", **typed)
    assert answer.status_code == 422 and QUESTION in answer.text


def test_cuc_finds_what_is_asked_writes_it_and_binh_reads_it(
    story: Story, signed_in: SignIn
) -> None:
    cuc, page = signed_in("cuc"), page_of(story)
    assert story.part in cuc.get("/officer/parts").text
    assert QUESTION in cuc.get(page).text
    answer = cuc.send(page, seen=hidden(cuc, page, "seen"), text=PART)
    assert (answer.status_code, answer.location) == (303, page)
    assert PART in cuc.get(page).text and "<textarea" not in cuc.get(page).text
    assert "Đã gửi đúng hạn" in cuc.get("/officer/parts").text
    binh = signed_in("binh")
    assert PART in binh.get(file_of(story)).text
    assert PART in binh.get(f"{file_of(story)}/answers/new").text
    assert PART in signed_in("lan").get(page).text


def test_binh_is_warned_while_a_part_is_still_to_come_and_may_send_all_the_same(
    story: Story, signed_in: SignIn
) -> None:
    binh, page = signed_in("binh"), f"{file_of(story)}/answers/new"
    assert "1 phần phối hợp chưa gửi về" in binh.get(page).text
    words = "Sở đã xem hồ sơ, mời chị đến phòng một cửa sáng thứ Hai tuần sau."
    answer = binh.send(page, seen=hidden(binh, page, "seen"), text=words, go="send")
    assert answer.status_code == 303
    give(story)
    with inside(story) as part:
        version = part.petition.answers[0].versions[-1]
        today, by = clock.today(), person("giang")
        answering.send_back(part.petition, version_id=version.id, note="Thêm ý.", on=today, by=by)
    assert "chưa gửi về" not in binh.get(page).text


@pytest.mark.parametrize("text", ["", "\u200b\u2060", "Đã xem."])
def test_a_part_that_says_nothing_is_not_sent(story: Story, signed_in: SignIn, text: str) -> None:
    cuc, page = signed_in("cuc"), page_of(story)
    answer = cuc.send(page, seen=hidden(cuc, page, "seen"), text=text)
    assert answer.status_code == 422
    assert "ít nhất năm chữ" in answer.text
    with inside(story) as part:
        assert part.given_on is None


def test_of_two_colleagues_the_second_keeps_her_text(story: Story, signed_in: SignIn) -> None:
    cuc, page = signed_in("cuc"), page_of(story)
    seen = hidden(cuc, page, "seen")
    give(story)
    mine = "Ý của tôi khác: trạm chỉ khám vào thứ Sáu."
    answer = cuc.send(page, page="/officer/inbox", seen=seen, text=mine)
    assert answer.status_code == 409
    assert mine in answer.text and PART in answer.text
    with inside(story) as part:
        assert part.text == PART


def test_what_is_no_longer_needed_says_so_and_shows_no_more_of_the_petition(
    story: Story, signed_in: SignIn
) -> None:
    cuc, page = signed_in("cuc"), page_of(story)
    words = "muốn vay vốn ưu đãi"
    assert words in cuc.get(page).text
    seen = hidden(cuc, page, "seen")
    with inside(story) as part:
        ending.withdraw(part.petition, words="", on=clock.today())
    shown = cuc.get(page).text
    assert "Không còn cần" in shown and "<textarea" not in shown and words not in shown
    answer = cuc.send(page, page="/officer/inbox", seen=seen, text=PART)
    assert answer.status_code == 422 and PART in answer.text
    assert "Quá hạn" not in cuc.get("/officer/parts").text


def test_a_late_part_is_late_in_word_and_icon(story: Story, signed_in: SignIn) -> None:
    with inside(story) as part:
        part.due_on = clock.today() - timedelta(days=1)
        part.asked_on = clock.today() - timedelta(days=2)
    assert 'class="tag late"' in signed_in("cuc").get(page_of(story)).text
    assert 'class="tag late">Quá hạn, chưa gửi' in signed_in("binh").get(file_of(story)).text
    give(story)
    assert "Đã gửi, trễ hạn" in signed_in("binh").get(file_of(story)).text


def test_giang_shows_the_part_to_everybody_and_takes_it_back(
    story: Story, signed_in: SignIn
) -> None:
    giang, page = signed_in("giang"), f"{page_of(story)}/showings/new"
    public = f"/petitions/{story.petitions['in_progress']}"
    everybody = Browser(story.site)
    assert giang.send(page, seen=hidden(giang, page, "seen")).status_code == 422  # not given yet
    give(story)
    assert PART not in everybody.get(public).text
    old = hidden(giang, page, "seen")
    answer = giang.send(page, seen=old)
    assert (answer.status_code, answer.location) == (303, file_of(story))
    assert PART in everybody.get(public).text
    assert QUESTION not in everybody.get(public).text
    assert giang.send(page, seen=old).status_code == 409  # a page from before does not undo it
    assert giang.send(page, seen=hidden(giang, page, "seen")).status_code == 303
    assert PART not in everybody.get(public).text


def test_the_sender_reads_a_shown_part_on_her_own_page(story: Story) -> None:
    hoa = Browser(story.site)
    hoa.send("/track", code=story.codes["in_progress"])
    give(story)
    assert PART not in hoa.get("/track/file").text
    with inside(story) as part:
        parts.show_part(part, by=person("giang"))
    assert PART in hoa.get("/track/file").text


def test_a_part_of_a_private_file_is_not_shown(story: Story, signed_in: SignIn) -> None:
    give(story)
    with inside(story) as part:
        part.petition.is_public = False
    giang, page = signed_in("giang"), f"{page_of(story)}/showings/new"
    answer = giang.send(page, seen=hidden(giang, page, "seen"))
    assert answer.status_code == 422
    assert "Hồ sơ này không công khai" in answer.text


def test_what_cuc_must_not_see_is_nowhere_on_her_pages(story: Story, signed_in: SignIn) -> None:
    """Who sent it, what is written inside the lead agency, and the file's own page."""
    with inside(story) as part:
        petition = part.petition
        petition.sender_name, petition.contact.phone = "Hoa Bí Mật", "0912345678"
        today, binh = clock.today(), person("binh")
        version = answering.send_for_approval(petition, text=DRAFT * 2, on=today, by=binh)
        note = "Ghi chú nội bộ của lãnh đạo"
        answering.send_back(
            petition, version_id=version.id, note=note, on=today, by=person("giang")
        )
        reference = petition.reference
    cuc = signed_in("cuc")
    seen = [cuc.get(path) for path in (page_of(story), "/officer/parts", "/officer/inbox")]
    assert reference in seen[0].text
    for answer in seen:
        assert answer.status_code == 200
        for secret in ("Hoa Bí Mật", "hoa@example.vn", "0912345678", "Bản nháp kín", note):
            assert secret not in answer.text
    assert cuc.get(file_of(story)).status_code == 404
    assert "Hoa Bí Mật" in signed_in("binh").get(file_of(story)).text


def test_who_may_see_and_do_what(story: Story, signed_in: SignIn) -> None:
    page, ask = page_of(story), f"{file_of(story)}/parts/new"
    assert Browser(story.site).get(page).status_code == 302  # a stranger signs in first
    for name in ("binh", "giang", "cuc", "dung", "yen"):
        assert signed_in(name).get(page).status_code == 200, name
    assert "<textarea" not in signed_in("dung").get(page).text  # the Front reads
    for name in ("binh", "dung", "yen"):  # and nobody else writes for Cúc's agency
        sent = signed_in(name).send(page, page="/officer/inbox", seen="1", text=PART)
        assert sent.status_code == 403, name
    assert signed_in("lan").get(ask).status_code == 403  # a colleague was not given the file
    assert signed_in("cuc").get(ask).status_code == 404
    assert signed_in("cuc").get(f"{page}/showings/new").status_code == 403
    assert signed_in("cuc").get("/officer/parts/0000000000000000").status_code == 404
    assert signed_in("cuc").client.delete(page).status_code == 405
    with inside(story) as part:  # now it is another agency's: for Cúc it does not exist
        part.agency_id = person("yen").agency_id
    assert signed_in("cuc").get(page).status_code == 404
    assert story.part not in signed_in("cuc").get("/officer/parts").text


def test_a_head_of_the_asked_agency_writes_but_does_not_show(
    story: Story, signed_in: SignIn
) -> None:
    give(story)
    with inside(story):
        person("giang").agency_id = person("cuc").agency_id
    giang = signed_in("giang")
    assert giang.get(page_of(story)).status_code == 200
    assert giang.get(f"{page_of(story)}/showings/new").status_code == 403


def test_a_sealed_file_has_no_parts(story: Story, signed_in: SignIn) -> None:
    with inside(story) as part:
        sealing = ending.propose_seal(part.petition, by=person("binh"))
        ending.confirm_seal(part.petition, sealing, on=clock.today(), by=person("giang"))
    for name in ("cuc", "binh", "dung", "yen"):
        assert signed_in(name).get(page_of(story)).status_code == 404, name
    assert story.part not in signed_in("cuc").get("/officer/parts").text


def test_the_queue_has_pages_and_asks_the_same_however_long_it_is(
    story: Story, signed_in: SignIn
) -> None:
    cuc = signed_in("cuc")

    def asked() -> int:
        cuc.get("/officer/parts")  # the calendar may be remembered from here on
        with story.site.app_context(), count_queries() as queries:
            cuc.get("/officer/parts")
        return len(queries)

    few = asked()
    with inside(story) as part:
        for n in range(45):
            db.session.add(_copy(part, n))
    assert asked() == few
    first = cuc.get("/officer/parts").text
    assert first.count('class="ttl"') == 20 + 20
    found: set[str] = set()
    address = "/officer/parts"
    for _turn in range(2):
        text = cuc.get(address).text
        found |= {line.split('"')[0] for line in text.split('href="/officer/parts/')[1:]}
        after = text.split("/officer/parts?after=")
        address = "/officer/parts?after=" + after[1].split('"')[0] if len(after) > 1 else address
    assert len(found) == 24 + 20
    assert cuc.get("/officer/parts?after=kaputt&done=%00").status_code == 200


def _copy(part: Part, n: int) -> Part:
    """Every second one was given."""
    today = clock.today()
    copy = Part(
        petition_id=part.petition_id,
        leg_number=part.leg_number,
        agency_id=part.agency_id,
        asked_by_id=part.asked_by_id,
        question=part.question,
        asked_on=today,
        due_on=today + timedelta(days=n),
    )
    if n % 2:
        copy.text, copy.given_on, copy.given_at = PART, today, clock.now()
        copy.given_by_id = person("cuc").id
    return copy


def at_once(*sends: Callable[[], TestResponse]) -> list[int]:
    """Send from several threads in the same moment; the answers' codes, sorted."""
    gate = Barrier(len(sends))

    def go(send: Callable[[], TestResponse]) -> int:
        gate.wait(PATIENCE_S)
        return send().status_code

    with ThreadPoolExecutor(len(sends)) as pool:
        return sorted(pool.map(go, sends))


def test_asked_twice_in_the_same_moment_an_agency_is_asked_once(
    story: Story, signed_in: SignIn
) -> None:
    page = f"{file_of(story)}/parts/new"
    typed = {"agency": "so-noi-vu", "question": QUESTION, "due_on": days(story)[0].isoformat()}
    browsers = [signed_in("binh") for _ in range(4)]
    seen = hidden(browsers[0], page, "seen")
    codes = at_once(*(partial(b.send, page, seen=seen, **typed) for b in browsers))
    assert codes == [303, 422, 422, 422]
    with inside(story):
        assert db.session.query(Part).count() == 2


def test_given_twice_in_the_same_moment_one_text_stays_and_the_other_comes_back(
    story: Story, signed_in: SignIn
) -> None:
    page, browsers = page_of(story), [signed_in("cuc") for _ in range(4)]
    seen = hidden(browsers[0], page, "seen")
    codes = at_once(
        *(
            partial(b.send, page, page="/officer/inbox", seen=seen, text=f"{PART} Bản {n}.")
            for n, b in enumerate(browsers)
        )
    )
    assert codes == [303, 409, 409, 409]
    with inside(story) as part:
        given = [e for e in events_of(part.petition.subject) if e.kind == "petition:part_given"]
        assert len(given) == 1 and part.lock == 2
