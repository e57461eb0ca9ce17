"""A desk clerk writes down what a resident says: one page, one petition, one sheet; and what can go wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa

from feedback.audit import pseudonym
from feedback.audit.models import Event
from feedback.audit.queries import events_of
from feedback.core import clock
from feedback.core.db import commit, db
from feedback.notifications.models import OutboxMessage
from feedback.petitions import queries
from feedback.petitions.models import Petition
from tests import make
from tests.accounts.browser import TOKEN, Browser
from tests.pages.conftest import Story
from tests.people import person

SignIn = Callable[[str], Browser]
PAGE = "/officer/entries/new"
CODE = re.compile(r"TN-[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}")
TITLE = "Nước giếng ấp 3 có mùi phèn"
GOOD = {
    "key": "the key of the clerk's form",
    "channel": "desk",
    "kind": "concern",
    "title": TITLE,
    "text": "Nước giếng ở ấp 3 có mùi phèn cả tháng nay, bà con không dám nấu ăn.",
    "commune": "xa-tan-bien",
    "sender_name": "Bà Tư",
    "phone": "0912 345 678",
    "read_back": "y",
}


@pytest.fixture
def sau(story: Story, signed_in: SignIn) -> Iterator[Browser]:
    """Sáu, at the desk of UBND xã Tân Biên."""
    with story.site.app_context():
        person("sau").agency_id = make.commune("xa-tan-bien").id
        commit()
        db.session.remove()
    yield signed_in("sau")


def entered(story: Story) -> list[Petition]:
    with story.site.app_context():
        found = list(
            db.session.scalars(sa.select(Petition).where(Petition.entered_by_id.is_not(None)))
        )
        db.session.remove()
        return found


def test_sau_enters_what_a_resident_says_and_hands_over_the_sheet(
    story: Story, sau: Browser
) -> None:
    answer = sau.send(PAGE, **GOOD)
    assert answer.status_code == 303, answer.text
    sheet = sau.get(answer.location).text
    code = CODE.search(sheet)
    assert code and code[0] == make_code(story)
    assert "Nhập hộ tại Ủy ban nhân dân xã Tân Biên" in sheet
    assert "/receipt/qr.svg" in sheet and "Vì sao" in sheet
    with story.site.app_context():
        petition = queries.by_code(code[0])
        assert petition is not None and petition.commune is not None
        assert petition.channel == "desk"
        assert petition.submitted_on == clock.today()
        assert petition.reference in sheet
        assert petition.entered_by_id == person("sau").id
        assert petition.contact and petition.contact.phone == "0912 345 678"
        first = events_of(petition.subject, levels=("public",))[0]
        assert (first.kind, first.fields["channel"]) == ("petition:submitted", "desk")
        header = db.session.scalars(sa.select(Event).where(Event.subject == petition.subject)).one()
        assert pseudonym(person("sau")).encode() in header.header
        told = set(db.session.scalars(sa.select(OutboxMessage.template)))
        assert "petitions/staff_arrived" in told
        db.session.remove()


def make_code(story: Story) -> str:
    with story.site.app_context():
        return make.code_of(GOOD["key"])


def test_the_code_is_shown_once_and_the_number_again(story: Story, sau: Browser) -> None:
    sau.send(PAGE, **GOOD)
    code = make_code(story)
    listed = sau.get("/officer/entries").text
    petition = entered(story)[0]
    assert petition.reference in listed and TITLE in listed and code not in listed
    again = sau.get(f"/officer/entries/{petition.public_id}").text
    assert petition.reference in again and not CODE.search(again)
    sau.get(PAGE)  # the next resident sits down
    gone = sau.get("/officer/entries/receipt").text
    assert "Chưa có phiếu nào đang mở" in gone and code not in gone


def test_nobody_else_finds_the_entry_or_its_code(
    story: Story, sau: Browser, signed_in: SignIn
) -> None:
    sau.send(PAGE, **GOOD)
    petition = entered(story)[0]
    assert Browser(story.site).get("/officer/entries/receipt").status_code == 302
    assert signed_in("binh").get(f"/officer/entries/{petition.public_id}").status_code == 403
    for other in (story.petitions["submitted"], "0000000000000000"):
        assert sau.get(f"/officer/entries/{other}").status_code == 404
    with story.site.app_context():
        found = db.session.get_one(Petition, petition.id)
        found.submitted_on -= timedelta(days=1)
        commit()
        db.session.remove()
    assert sau.get(f"/officer/entries/{petition.public_id}").status_code == 404
    assert "Hôm nay chưa nhập lượt nào" in sau.get("/officer/entries").text


def test_the_page_begins_with_the_clerks_own_commune_and_nothing_ticked(sau: Browser) -> None:
    text = sau.get(PAGE).text
    assert 'value="xa-tan-bien" selected' in text
    assert " checked" not in text
    assert "/guide/complaint" in text and "/guide/denunciation" in text
    assert 'value="complaint"' not in text and 'value="denunciation"' not in text


def test_a_call_is_marked_so_on_the_officers_file(
    story: Story, sau: Browser, signed_in: SignIn
) -> None:
    sent = {**GOOD, "channel": "phone", "item": str(story.item_id)}
    assert sau.send(PAGE, **sent).status_code == 303
    file = f"/officer/petitions/{entered(story)[0].public_id}"
    assert "Nhập hộ qua điện thoại" in signed_in("thu").get(file).text
    own = f"/officer/petitions/{story.petitions['received']}"
    assert "Nhập hộ" not in signed_in("thu").get(own).text.split("<main")[1]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"title": ""}, "Bạn viết một dòng"),
        ({"text": ""}, "Bạn viết chuyện gì đã xảy ra"),
        ({"text": "Hỏng rồi"}, "Ngắn quá"),
        ({"channel": ""}, "Bạn chọn người dân đến trực tiếp hay gọi điện"),
        ({"channel": "web"}, "Bạn chọn người dân đến trực tiếp hay gọi điện"),
        ({"kind": ""}, "Bạn chọn loại"),
        ({"kind": "denunciation"}, "Bạn chọn loại"),
        ({"commune": "huyen-tan-bien"}, "Xã, phường này nay không còn"),
        ({"item": "999999"}, "Mục này không có trong kế hoạch nào"),
        ({"item": "2"}, "Mục này không có trong kế hoạch nào"),
        ({"email": "hoa@"}, "Địa chỉ email chưa đủ"),
        ({"phone": "gọi bà Tư nhé"}, "Đây chưa phải số điện thoại"),
        ({"phone": "091234567890123456789012"}, "Đây chưa phải số điện thoại"),
        ({"read_back": ""}, "Bạn đọc lại nội dung cho người dân nghe"),
    ],
    ids=lambda value: str(value) if isinstance(value, dict) else "",
)
def test_what_is_not_right_comes_back_with_all_that_was_typed(
    story: Story, sau: Browser, change: dict[str, str], sentence: str
) -> None:
    sent = {**GOOD, **change}
    sent = {name: value for name, value in sent.items() if value or name != "read_back"}
    answer = sau.send(PAGE, **sent)
    assert answer.status_code == 422
    assert sentence in answer.text
    kept = [v for k, v in sent.items() if k in {"title", "text", "sender_name", "phone", "email"}]
    assert all(value in answer.text for value in kept)
    assert entered(story) == []


def test_an_empty_form_names_everything_that_is_missing(story: Story, sau: Browser) -> None:
    answer = sau.send(PAGE)
    assert answer.status_code == 422
    assert answer.text.count('class="err"') == 5
    assert entered(story) == []


def test_the_same_form_twice_is_one_petition(story: Story, sau: Browser) -> None:
    found = TOKEN.search(sau.get(PAGE).text)
    assert found
    sent = {**GOOD, "csrf_token": found[1]}
    for _tap in range(2):
        assert sau.client.post(PAGE, data=sent).status_code == 303
    assert len(entered(story)) == 1
    answer = sau.client.post(PAGE, data={**sent, "title": "Chuyện khác hẳn"})
    assert answer.status_code == 409
    assert "Chuyện khác hẳn" in answer.text
    assert len(entered(story)) == 1


def test_the_wrong_method_is_refused(sau: Browser) -> None:
    found = TOKEN.search(sau.get(PAGE).text)
    assert found
    for path in ("/officer/entries", "/officer/entries/receipt"):
        answer = sau.client.post(path, data={"csrf_token": found[1]})
        assert answer.status_code == 405


def test_a_clerk_of_no_commune_chooses_one(story: Story, signed_in: SignIn) -> None:
    text = signed_in("sau").get(PAGE).text
    assert " selected>" not in text.split('name="commune"')[1].split("</select>")[0].replace(
        '<option value="" selected>', ""
    )
