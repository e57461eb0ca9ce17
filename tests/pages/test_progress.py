"""The pages of progress: reported at the desk, read by everybody, followed, fed to readers."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import feedparser
import pytest
from PIL import Image

from feedback.core import clock
from feedback.core.db import commit, db
from feedback.notifications.models import OutboxMessage
from feedback.pagecache.actions import reference_changed
from feedback.plans.models import ItemText, PlanFollower, PlanItem, PlanVersion, ProgressReport
from feedback.publication import actions as publication
from tests import make
from tests.accounts.browser import TOKEN, Browser
from tests.pages.conftest import Story
from tests.people import person

SignIn = Callable[[str], Browser]
TEXT = "Đã gặp 120 doanh nghiệp nhỏ & gỡ xong 41 vướng mắc <về vốn>."


def picture() -> BytesIO:
    data = BytesIO()
    Image.new("RGB", (400, 300), (20, 120, 60)).save(data, "PNG")
    return BytesIO(data.getvalue())


def send(browser: Browser, item: int, **fields: object) -> tuple[int, str]:
    path = f"/officer/progress/{item}/reports/new"
    page = browser.get(path).text
    token, key = TOKEN.search(page), re.search(r'name="key" value="([^"]+)"', page)
    seen = re.search(r'name="seen" value="([^"]+)"', page)
    assert token and key and seen
    data = {"csrf_token": token[1], "key": key[1], "seen": seen[1], "status": "in_progress"}
    data |= {"percent": "40", "text": TEXT, "as_of_on": clock.today().isoformat(), **fields}
    answer = browser.client.post(path, data=data, content_type="multipart/form-data")
    return answer.status_code, answer.text


def test_a_report_sent_from_the_desk_is_read_by_everybody_with_its_evidence(
    story: Story, signed_in: SignIn
) -> None:
    binh, stranger = signed_in("binh"), Browser(story.site)
    assert "Chưa có báo cáo" in stranger.get(f"/items/{story.item_id}").text
    assert "2.2c" in binh.get("/officer/progress").text
    status, page = send(binh, story.item_id, percent="nửa", text="Ngắn.", status="")
    assert status == 422 and all(
        words in page for words in ("Bạn chọn tình trạng", "từ 0 đến 99", "ít nhất năm từ")
    )
    status, page = send(binh, story.item_id, percent="140", files=(picture(), "lop.png"))
    assert status == 422
    assert "gỡ xong 41 vướng mắc" in page and "lop.png" in page  # words and file are kept
    key = re.search(r'name="key" value="([^"]+)"', page)
    assert key
    day = (clock.today() - timedelta(days=2)).isoformat()
    assert send(binh, story.item_id, key=key[1], as_of_on=day)[0] == 303
    item = stranger.get(f"/items/{story.item_id}").text
    assert "40 %" in item and "&lt;về vốn&gt;" in item and "1 tệp minh chứng" in item
    history = stranger.get(f"/items/{story.item_id}/progress").text
    assert f"nhập ngày {clock.today():%d/%m/%Y}" in history
    address = re.search(r"/progress/evidence/[0-9a-z]{16}", history)
    assert address
    file = stranger.get(address[0])
    assert (file.status_code, file.mimetype) == (200, "image/jpeg")
    assert "sandbox" in file.headers["Content-Security-Policy"]
    assert f'src="{address[0]}/thumbnail"' in history
    assert stranger.get(f"{address[0]}/thumbnail").mimetype == "image/jpeg"
    assert "Sở Tài chính" in stranger.get(f"/plans/{story.plan_id}/progress").text


def test_an_editor_sets_targets_and_weights_where_she_looks_for_them(
    story: Story, signed_in: SignIn
) -> None:
    yen, stranger = signed_in("yen"), Browser(story.site)
    plan, item = f"/officer/plans/{story.plan_id}", f"/items/{story.item_id}"
    desk = f"{plan}/items/{story.item_id}"
    assert f'href="{desk}"' in yen.get(plan).text
    new = f"/officer/plans/items/{story.item_id}/targets/new"
    assert f'href="{new}"' in yen.get(desk).text
    refused = yen.send(new, name="", number="nhiều", unit="doanh nghiệp")
    assert refused.status_code == 422 and 'value="doanh nghiệp"' in refused.text
    assert (
        "Bạn viết vài từ" in refused.text and "Bạn viết một con số" in refused.text
    )  # both at once
    aim = {"name": "Doanh nghiệp được giúp", "number": "1.520", "unit": "doanh nghiệp"}
    assert yen.send(new, **aim).location.endswith(f"{desk}#targets")
    wrong = re.search(r"/officer/plans/items/\d+/targets/\d+/corrections/new", yen.get(desk).text)
    assert wrong
    typed = yen.get(wrong[0]).text
    assert 'value="1.520"' in typed
    why = {**aim, "number": "1.250", "reason": "Gõ nhầm con số."}
    assert yen.send(wrong[0], seen="7", **why).status_code == 409  # a page of another moment
    assert yen.send(wrong[0], seen="0", **why).status_code == 303
    page = stranger.get(item).text
    assert "1.250 doanh nghiệp" in page and "1.520 doanh nghiệp" in page
    gone = wrong[0].replace("corrections", "withdrawals")
    seen = re.search(r'name="seen" value="(\d+)"', yen.get(gone).text)
    assert seen and yen.send(gone, seen=seen[1], reason="Trùng mục 3.1 rồi.").status_code == 303
    assert "1.250 doanh nghiệp" not in stranger.get(item).text
    assert "Trùng mục 3.1 rồi." in stranger.get(f"{item}/progress").text
    weights = f"{plan}/items/{story.group_id}/weights/new"
    assert f'href="{weights}"' in yen.get(plan).text and f'href="{weights}"' in yen.get(desk).text
    page = yen.get(weights).text
    seen = re.search(r'name="seen" value="([^"]+)"', page)
    fields = dict.fromkeys(re.findall(r'name="(weight-\d+)"', page), "1")
    assert seen and len(fields) == 10
    own = f"weight-{story.item_id}"
    bad = yen.send(weights, seen=seen[1], **{**fields, own: "nhiều"})
    assert bad.status_code == 422 and 'value="nhiều"' in bad.text
    assert "Mục 2.2c: bạn ghi một số nguyên" in bad.text
    assert yen.send(weights, seen=seen[1], **{**fields, own: "9"}).status_code == 303
    assert "trọng số 9" in stranger.get(f"/plans/{story.plan_id}").text
    late = yen.send(weights, seen=seen[1], **{**fields, own: "3"})
    assert late.status_code == 409 and 'value="3"' in late.text
    seen = re.search(r'name="seen" value="([^"]+)"', late.text)  # what she has read by now
    assert seen and yen.send(weights, seen=seen[1], alike="1", **fields).status_code == 303
    assert "trọng số" not in stranger.get(f"/plans/{story.plan_id}").text


def test_of_two_who_report_at_once_the_second_keeps_her_words(
    story: Story, signed_in: SignIn
) -> None:
    binh = signed_in("binh")
    assert send(binh, story.item_id)[0] == 303
    for seen in ("0", "999", "zz"):  # of an earlier moment, and bent
        status, page = send(signed_in("lan"), story.item_id, seen=seen)
        assert status == 409 and "gỡ xong 41 vướng mắc" in page
    with story.site.app_context():
        assert db.session.query(ProgressReport).count() == 1


def test_who_is_not_named_reports_nothing(story: Story, signed_in: SignIn) -> None:
    path = f"/officer/progress/{story.item_id}"
    assert signed_in("cuc").get(f"{path}/milestones/new").status_code == 403
    assert signed_in("dung").get(f"{path}/reports/new").status_code == 403
    assert signed_in("binh").get("/officer/progress/999/reports/new").status_code == 404
    status, page = send(signed_in("cuc"), story.item_id, text="Ngắn.")
    assert status == 422 and "ít nhất năm từ" in page


def test_a_proved_address_follows_an_item_and_hears_no_more_when_it_says_so(
    story: Story, signed_in: SignIn
) -> None:
    hoa, path = Browser(story.site), f"/items/{story.item_id}/follows"
    assert hoa.send(f"{path}/new", email="no address").status_code == 422
    assert hoa.send(f"{path}/new", email="Hoa@Example.vn").location.endswith(f"{path}/code")
    assert hoa.send(f"{path}/code", code="000000x").status_code == 422
    with story.site.app_context():
        mails = db.session.query(OutboxMessage).filter_by(address="hoa@example.vn")
        code = [m for m in mails if "code" in m.params][-1].params["code"]
    assert hoa.send(f"{path}/code", code=str(code)).status_code == 303
    assert "đang theo dõi" in hoa.get(f"{path}/new").text
    assert send(signed_in("binh"), story.item_id)[0] == 303
    with story.site.app_context():
        follower = db.session.query(PlanFollower).one()
        told = db.session.query(OutboxMessage).filter_by(template="plans/follower_reported").one()
        assert (told.address, follower.email) == ("hoa@example.vn", "hoa@example.vn")
        stop = told.params["stop"]
    assert Browser(story.site).send(stop).status_code == 200
    with story.site.app_context():
        assert db.session.query(PlanFollower).count() == 0
    assert hoa.get(stop).status_code == 404


def test_staff_follow_in_their_inbox_with_one_tap(story: Story, signed_in: SignIn) -> None:
    dung = signed_in("dung")
    path = f"/plans/{story.plan_id}/follows/new"
    for _tap in range(2):
        assert dung.send(path, page=f"/items/{story.item_id}/follows/new").status_code == 303
    with story.site.app_context():
        assert db.session.query(PlanFollower).one().person_id is not None


@pytest.mark.parametrize("place", ["items/{item}", "plans/{plan}"])
def test_feed_readers_get_reports_and_answers_once_each(
    story: Story, signed_in: SignIn, place: str
) -> None:
    path = f"/{place.format(item=story.item_id, plan=story.plan_id)}/feed.atom"
    stranger = Browser(story.site)
    before = feedparser.parse(stranger.get(path).data)
    assert not before.bozo and [entry.author for entry in before.entries] == ["Sở Tài chính"]
    with clock.travel(clock.now() + timedelta(minutes=1)):  # later than the answer
        assert send(signed_in("binh"), story.item_id)[0] == 303
    answer = stranger.get(path)
    assert answer.mimetype == "application/atom+xml"
    feed = feedparser.parse(answer.data)
    assert not feed.bozo and feed.version == "atom10"
    assert feed.feed.id == before.feed.id and len(feed.entries) == 2
    assert feed.entries[1].id == before.entries[0].id
    assert "<về vốn>" in feed.entries[0].content[0].value
    assert len({entry.id for entry in feed.entries}) == 2
    assert {link.rel for link in feed.feed.links} == {"self", "alternate"}
    assert feed.feed.updated_parsed >= before.feed.updated_parsed


def test_the_official_text_of_an_earlier_version_stays_readable_with_what_changed(
    story: Story,
) -> None:
    path = f"/items/{story.item_id}/versions"
    stranger = Browser(story.site)
    assert "chưa thay đổi" in stranger.get(path).text
    with story.site.app_context():
        item = db.session.get_one(PlanItem, story.item_id)
        newer = PlanVersion(plan_id=item.plan_id, number=2, source_name="", source_sha256="1" * 64)
        db.session.add(newer)
        db.session.flush()
        text = item.text.replace("hằng quý", "mỗi tháng")
        db.session.add(ItemText(version_id=newer.id, item_id=item.id, text=text))
        reference_changed()
        commit()
    page = stranger.get(path).text
    assert "<del>hằng quý</del><ins>mỗi tháng</ins>" in page
    assert "Bản 2" in page and "Bản 1" in page


def test_an_item_s_documents_say_where_and_when_it_was_published(story: Story) -> None:
    path, stranger = f"/items/{story.item_id}", Browser(story.site)
    assert f'href="{path}/documents"' in stranger.get(path).text
    assert "Sổ công khai chưa có gì" in stranger.get(f"{path}/documents").text
    with story.site.app_context():
        item, day = db.session.get_one(PlanItem, story.item_id), clock.today()
        what = publication.What(
            title="Kết quả gỡ vướng mắc vốn",
            kind="plan",
            decided_on=day,
            decision="12/TB",
            item_id=item.id,
        )
        thu, agency = person("thu"), make.commune("so-tai-chinh")
        entry = publication.register(what, agency=agency, on=day, by=thu)
        how = publication.How(
            form="noticeboard", place="Bảng tin trụ sở", person="Anh Tư", from_on=day
        )
        publication.post(entry, how, seen=entry.lock, on=day, by=thu)
        commit()
    page = stranger.get(f"{path}/documents").text
    assert "Kết quả gỡ vướng mắc vốn" in page and "Bảng tin trụ sở" in page
    assert "Kết quả gỡ vướng mắc vốn" in stranger.get(path).text  # the item's page names it at once
    assert "Bản 1" in page and f'href="{path}#kiem-tra"' in page
    assert stranger.get("/items/99999/documents").status_code == 404
