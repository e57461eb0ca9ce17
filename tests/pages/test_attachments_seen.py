"""Who sees the files of a petition, and how they are handed out."""

from __future__ import annotations

import re
from collections.abc import Callable

import sqlalchemy as sa
from werkzeug.datastructures import MultiDict

from feedback.core import clock
from feedback.core.db import commit, db
from feedback.files.cleaning import WORD_TYPE
from feedback.petitions import queries
from feedback.petitions.actions import intake
from feedback.petitions.models import Attachment, Petition
from tests import make
from tests.accounts.browser import TOKEN, Browser
from tests.counting import count_queries
from tests.files import corpus, word_corpus
from tests.pages.conftest import Story
from tests.pages.test_attachments import PDF, send, sent, step
from tests.people import person

SignIn = Callable[[str], Browser]


def test_who_may_see_what(story: Story, signed_in: SignIn) -> None:
    hoa, stranger = Browser(story.site), Browser(story.site)
    public_id, (one, paper, two) = sent(story, hoa)
    for address in (f"/attachments/{one}", f"/attachments/{one}/thumbnail"):
        assert hoa.get(address).status_code == 200
        assert stranger.get(address).status_code == 404
        for name, status in (("thu", 200), ("binh", 200), ("dung", 200), ("yen", 200)):
            assert signed_in(name).get(address).status_code == status, name
        assert signed_in("cuc").get(address).status_code == 404  # another agency's officer
    assert hoa.get(f"/attachments/{paper}/thumbnail").status_code == 404  # a paper has none
    receive(signed_in("thu"), public_id, two)
    assert stranger.get(f"/attachments/{two}").status_code == 200
    assert stranger.get(f"/attachments/{one}").status_code == 404
    page = stranger.get(f"/petitions/{public_id}").text
    assert "Ảnh 3 của người gửi" in page and two in page and one not in page and paper not in page


def test_a_body_that_owes_a_part_sees_the_pictures(story: Story, signed_in: SignIn) -> None:
    public_id, (one, *_) = sent(story, Browser(story.site))
    thu, cuc = signed_in("thu"), signed_in("cuc")
    receive(thu, public_id)
    assert cuc.get(f"/attachments/{one}").status_code == 404
    with story.site.app_context():
        petition = db.session.query(Petition).filter_by(public_id=public_id).one()
        intake.assign(petition, officer=person("binh"), on=clock.today(), by=person("thu"))
        part_id = make.part(public_id).public_id  # of Cúc's agency
        commit()
        db.session.remove()
    assert cuc.get(f"/attachments/{one}").status_code == 200
    assert f"/attachments/{one}" in cuc.get(f"/officer/parts/{part_id}").text


def receive(thu: Browser, public_id: str, *shown: str, show: str = "yes") -> None:
    address = f"/officer/petitions/{public_id}/receipts/new"
    page = thu.get(address).text
    assert 'type="checkbox"' in page and " checked" not in page.split('name="pictures"', 1)[1]
    data = MultiDict({"csrf_token": TOKEN.search(page)[1], "show": show})  # type: ignore[index]
    data["seen"] = page.split('name="seen" value="')[1].split('"')[0]
    data.setlist("pictures", list(shown))
    assert thu.client.post(address, data=data).status_code == 303


def test_thu_may_change_her_mind(story: Story, signed_in: SignIn) -> None:
    public_id, (one, paper, two) = sent(story, Browser(story.site))
    thu, stranger = signed_in("thu"), Browser(story.site)
    receive(thu, public_id, one, paper)
    assert stranger.get(f"/attachments/{one}").status_code == 200
    address = f"/officer/petitions/{public_id}/pictures/new"
    page = thu.get(address).text
    assert page.count(" checked") == 2
    seen = page.split('name="seen" value="')[1].split('"')[0]
    assert thu.send(address, seen=seen, pictures=two).status_code == 303
    assert stranger.get(f"/attachments/{one}").status_code == 404  # hidden at once
    assert stranger.get(f"/attachments/{two}").status_code == 200
    late = thu.send(address, seen=seen, pictures=one)  # on a page that was made before
    assert late.status_code == 409
    assert thu.send(address, seen=seen, pictures="x" * 16).status_code == 422
    assert signed_in("binh").get(address).status_code == 403


def test_what_is_not_public_shows_no_picture(story: Story, signed_in: SignIn) -> None:
    public_id, (one, *_) = sent(story, Browser(story.site))
    thu, stranger = signed_in("thu"), Browser(story.site)
    receive(thu, public_id, one, show="no")
    assert stranger.get(f"/attachments/{one}").status_code == 404
    address = f"/officer/petitions/{public_id}/pictures/new"
    page = thu.get(address).text
    assert "Bản thân kiến nghị không công khai" in page
    seen = page.split('name="seen" value="')[1].split('"')[0]
    answer = thu.send(address, seen=seen, pictures=one)
    assert answer.status_code == 422 and "cũng không công khai được" in answer.text
    assert stranger.get(f"/attachments/{one}").status_code == 404


def test_a_sealed_petition_hands_out_nothing(story: Story, signed_in: SignIn) -> None:
    hoa = Browser(story.site)
    public_id, (one, *_) = sent(story, hoa)
    with story.site.app_context():
        db.session.execute(
            sa.update(Petition).where(Petition.public_id == public_id).values(state="sealed")
        )
        commit()
        db.session.remove()
    for browser in (hoa, signed_in("thu"), signed_in("dung")):
        assert browser.get(f"/attachments/{one}").status_code == 404


def test_a_file_is_handed_out_so_that_it_cannot_act(story: Story, signed_in: SignIn) -> None:
    hoa = Browser(story.site)
    public_id, (one, paper, _two) = sent(story, hoa)
    with story.site.app_context():
        reference = db.session.query(Petition).filter_by(public_id=public_id).one().reference
        db.session.remove()
    names = {one: f"{reference}-anh-1.jpg", paper: f"{reference}-tep-2.pdf"}
    for attachment, name in names.items():
        answer = hoa.get(f"/attachments/{attachment}")
        head = answer.headers
        assert head["Content-Disposition"] == f"attachment; filename={name}"
        assert head["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
        assert head["X-Content-Type-Options"] == "nosniff"
        assert head["Cross-Origin-Resource-Policy"] == "same-origin"
        assert head["Cache-Control"] == "private, no-cache"
        assert PDF not in str(head)
        asked = {"If-None-Match": head["ETag"]}
        assert hoa.get(f"/attachments/{attachment}", headers=asked).status_code == 304
        only_head = hoa.client.head(f"/attachments/{attachment}")
        assert (only_head.status_code, only_head.data) == (200, b"")
        assert only_head.headers["Content-Length"] == str(len(answer.data))
    thu = signed_in("thu")
    assert thu.get(f"/attachments/{one}").headers["Cache-Control"] == "no-store"
    receive(thu, public_id, one)
    public = Browser(story.site).get(f"/attachments/{one}")
    assert public.headers["Cache-Control"] == "no-cache"
    assert "Cookie" in public.headers["Vary"]


def test_a_word_document_is_taken_made_anew_and_only_ever_saved(story: Story) -> None:
    hoa = Browser(story.site)
    page = step(hoa, ("Đơn của tổ 5.docx", word_corpus.telling()))
    assert page.status_code == 200 and ">DOCX<" in page.text
    assert send(hoa, files_seen="1").status_code == 303
    followed = hoa.get("/track/file").text
    assert "Tệp 1 (DOCX)" in followed
    answer = hoa.get(re.findall(r"/attachments/\w+", followed)[0])
    assert answer.mimetype == WORD_TYPE and answer.data[:4] == b"PK\3\4"
    assert re.fullmatch(
        r"attachment; filename=\S+-tep-1\.docx", answer.headers["Content-Disposition"]
    )
    assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    told = word_corpus.words(answer.data)
    assert b"SECRET" not in told and b"KEPTTEXT" in told


def test_the_name_that_hoa_gave_is_for_the_agency(story: Story, signed_in: SignIn) -> None:
    public_id, attachments = sent(story, Browser(story.site))
    thu = signed_in("thu")
    receive(thu, public_id, *attachments)
    file = f"/officer/petitions/{public_id}"
    assert PDF in thu.get(file).text
    assert PDF not in signed_in("dung").get(file).text
    assert PDF not in Browser(story.site).get(f"/petitions/{public_id}").text


def test_hoa_sees_all_of_hers_and_which_are_public(story: Story, signed_in: SignIn) -> None:
    hoa = Browser(story.site)
    public_id, (one, *_) = sent(story, hoa)
    receive(signed_in("thu"), public_id, one)
    page = hoa.get("/track/file").text
    assert page.count("/attachments/") >= 5
    assert page.count("Mọi người xem được") == 1
    with story.site.app_context():
        assert db.session.query(Attachment).filter_by(is_public=True).count() == 1
        db.session.remove()


def test_five_files_ask_the_database_no_more_than_one(story: Story, signed_in: SignIn) -> None:
    """Each page that shows them; one file itself takes one question of the sender's own browser."""
    hoa, thu, item = Browser(story.site), signed_in("thu"), {"item": str(story.item_id)}
    numbers = []
    for most in (1, 5):
        key = {"key": f"a form with {most} files"}
        step(hoa, *[(f"{n}.pdf", corpus.pdf(n)) for n in range(1, most + 1)], **item, **key)
        assert send(hoa, files_seen=str(most), **item, **key).status_code == 303
        with story.site.app_context():
            petition = queries.by_submission_key(key["key"])
            assert petition is not None
            file, came = petition.public_id, queries.attachments_of(petition)
            address = f"/attachments/{came[0].public_id}"
            assert len(came) == most
            db.session.remove()
        desk = f"/officer/petitions/{file}"
        pages = [(hoa, "/track/file"), (thu, desk), (thu, f"{desk}/receipts/new"), (hoa, address)]
        numbers.append([asked_by(story, browser, page) for browser, page in pages])
    assert numbers[0] == numbers[1]
    assert numbers[0][-1] == 1


def asked_by(story: Story, browser: Browser, address: str) -> int:
    browser.get(address)  # a new connection asks things of its own
    with story.site.app_context(), count_queries() as asked:
        assert browser.get(address).status_code == 200
    return len(asked)
