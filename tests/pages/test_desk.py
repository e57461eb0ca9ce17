"""The desk, page by page: it works; a colleague, a stranger, a reader, the wrong method, a missing file."""

from __future__ import annotations

from collections.abc import Callable

from feedback.audit.tags import all_tags
from feedback.core.db import db
from feedback.petitions.models import Petition
from tests.accounts.browser import TOKEN, Browser
from tests.make import ANSWER
from tests.pages.conftest import Story, sign_in_by_forms

SignIn = Callable[[str], Browser]


def state_of(story: Story, public_id: str) -> str:
    with story.site.app_context():
        found = db.session.query(Petition).filter_by(public_id=public_id).one()
        db.session.remove()
        return found.state


def hidden(browser: Browser, path: str, name: str) -> str:
    return browser.get(path).text.split(f'name="{name}" value="')[1].split('"')[0]


def test_thu_signs_in_receives_and_gives_the_file_to_binh(story: Story) -> None:
    thu, file = sign_in_by_forms(story, "thu"), f"/officer/petitions/{story.petitions['submitted']}"
    page = f"{file}/receipts/new"
    answer = thu.send(page, seen=hidden(thu, page, "seen"), show="yes")
    assert answer.status_code == 303
    page = f"{file}/allocations/new"
    text = thu.get(page).text
    assert "selected" not in text.partition("<select")[2].replace('value="" selected', "")
    forgotten = thu.send(page, seen=hidden(thu, page, "seen"), officer="")
    assert forgotten.status_code == 422 and "Bạn chọn một cán bộ" in forgotten.text
    chosen = text.split('">Nguyễn Thanh Bình')[0].split('value="')[-1]
    assert thu.send(page, seen=hidden(thu, page, "seen"), officer=chosen).status_code == 303
    assert state_of(story, story.petitions["submitted"]) == "in_progress"


def test_a_second_officer_gets_a_conflict_and_keeps_the_text(
    story: Story, signed_in: SignIn
) -> None:
    page = f"/officer/petitions/{story.petitions['in_progress']}/answers/new"
    first, second = signed_in("binh"), signed_in("binh")
    seen = hidden(second, page, "seen")
    assert first.send(page, seen=seen, text=ANSWER, go="send").status_code == 303
    answer = second.send(page, page="/officer/inbox", seen=seen, text="Bản của tôi " * 5, go="save")
    assert answer.status_code == 409
    assert "Bản của tôi Bản của tôi" in answer.text
    assert "Những gì bạn đã viết vẫn còn nguyên" in answer.text
    assert "Mới nhất: <b>Đã gửi lãnh đạo duyệt trả lời</b>" in answer.text


def test_an_author_cannot_approve_his_own_answer(story: Story, signed_in: SignIn) -> None:
    """Giang is head and officer: what Bình wrote she may approve, what she wrote she may not."""
    page = f"/officer/petitions/{story.petitions['awaiting_approval']}/approvals/new"
    giang = signed_in("giang")
    sent = {"seen": hidden(giang, page, "seen"), "version": hidden(giang, page, "version")}
    with story.site.app_context():
        from feedback.core.db import commit
        from tests.people import person

        found = (
            db.session.query(Petition)
            .filter_by(public_id=story.petitions["awaiting_approval"])
            .one()
        )
        found.answers[0].versions[-1].author_id = person("giang").id
        commit()
        db.session.remove()
    answer = giang.send(page, **sent)
    assert answer.status_code == 422
    assert "phải để người khác duyệt" in answer.text
    assert state_of(story, story.petitions["awaiting_approval"]) == "awaiting_approval"


def test_giang_publishes_exactly_what_she_read(story: Story, signed_in: SignIn) -> None:
    page = f"/officer/petitions/{story.petitions['awaiting_approval']}/approvals/new"
    giang = signed_in("giang")
    sent = {"seen": hidden(giang, page, "seen"), "version": hidden(giang, page, "version")}
    assert f'href="{page}"' in giang.get("/officer?tab=approval").text  # one tap to the decision
    done = giang.send(page, **sent)
    assert (done.status_code, done.location) == (303, "/officer?tab=approval")  # and to the next
    shown = Browser(story.site).get(f"/petitions/{story.petitions['awaiting_approval']}").text
    assert "Gói hỗ trợ còn nhận đơn" in shown


def test_an_answer_comes_back_with_a_note(story: Story, signed_in: SignIn) -> None:
    page = f"/officer/petitions/{story.petitions['awaiting_approval']}/returns/new"
    giang = signed_in("giang")
    sent = {"seen": hidden(giang, page, "seen"), "version": hidden(giang, page, "version")}
    assert giang.send(page, **sent, note="").status_code == 422
    assert giang.send(page, **sent, note="Ghi rõ ngày.").status_code == 303
    editor = f"/officer/petitions/{story.petitions['awaiting_approval']}/answers/new"
    assert "Ghi rõ ngày." in signed_in("binh").get(editor).text


def test_a_move_that_the_table_forbids_is_a_sentence(story: Story, signed_in: SignIn) -> None:
    page = f"/officer/petitions/{story.petitions['answered']}/receipts/new"
    thu = signed_in("thu")
    answer = thu.send(page, seen=hidden(thu, page, "seen"), show="yes")
    assert answer.status_code == 422
    assert "hồ sơ đã sang bước khác" in answer.text


def test_yen_passes_on_what_has_no_owner(story: Story, signed_in: SignIn) -> None:
    yen = signed_in("yen")
    assert story.dispatched in yen.get("/officer/dispatch").text
    page = f"/officer/petitions/{story.dispatched}/transfers/new"
    answer = yen.send(
        page, seen=hidden(yen, page, "seen"), agency="so-tai-chinh", reason="Việc vay vốn."
    )
    assert answer.status_code == 303
    assert story.dispatched not in yen.get("/officer/dispatch").text
    assert story.dispatched in signed_in("thu").get("/officer").text


def test_who_may_see_and_do_what(story: Story, signed_in: SignIn) -> None:
    file = f"/officer/petitions/{story.petitions['in_progress']}"
    assert Browser(story.site).get(file).status_code == 302  # a stranger signs in first
    assert signed_in("lan").get(file).status_code == 200  # a colleague reads
    assert signed_in("lan").get(f"{file}/answers/new").status_code == 403  # but was not given it
    assert signed_in("cuc").get(file).status_code == 404  # elsewhere it does not exist
    assert signed_in("dung").get(file).status_code == 200  # the Front reads everything
    assert signed_in("dung").get(f"{file}/receipts/new").status_code == 403
    assert signed_in("binh").get(file + "x").status_code == 404
    assert "hoa@example.vn" in signed_in("binh").get(file).text
    assert "hoa@example.vn" not in signed_in("dung").get(file).text


def test_every_event_of_a_file_has_its_words(story: Story, signed_in: SignIn) -> None:
    """And whoever supervises goes back to where she may."""
    label = story.site.jinja_env.get_template("components/labels.html").module.event_label  # type: ignore[attr-defined]
    said = {tag.code: str(label(tag.code)) for tag in all_tags()}
    kinds = [code for code in said if code.startswith("petition:")]
    assert len(kinds) > 40
    assert not [code for code in kinds if said[code] == code]
    file = f"/officer/petitions/{story.petitions['in_progress']}"
    crumbs = signed_in("dung").get(file).text.partition('class="crumbs"')[2].partition("</nav>")[0]
    assert 'href="/oversight"' in crumbs and 'href="/officer"' not in crumbs


def test_a_form_without_its_token_is_refused(story: Story, signed_in: SignIn) -> None:
    binh = signed_in("binh")
    page = f"/officer/petitions/{story.petitions['in_progress']}/answers/new"
    assert binh.client.post(page, data={"text": ANSWER}).status_code == 400
    assert TOKEN.search(binh.get(page).text)
