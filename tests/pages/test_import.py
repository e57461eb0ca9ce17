"""Reading a plan in on the site: what is no plan, what is not understood, what may no longer be changed."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest

from feedback.core import clock, isolated
from feedback.core.db import commit, db
from feedback.importer import queries
from feedback.importer.models import Reading, Upload
from feedback.importer.views import uploading
from feedback.plans.models import Plan
from tests import make
from tests.accounts.browser import TOKEN, Browser
from tests.counting import count_queries
from tests.pages.conftest import Story
from tests.servers.patience import PATIENCE_S

SEEN = re.compile(r'name="seen" value="(\d+)"')
SignIn = Callable[[str], Browser]


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A short file is read while she waits, however slow the machine."""
    monkeypatch.setattr(uploading, "PATIENCE_S", PATIENCE_S)


def upload(browser: Browser, data: bytes, name: str) -> Any:
    found = TOKEN.search(browser.get("/officer/plans/new").text)
    assert found
    form = {"csrf_token": found[1], "file": (io.BytesIO(data), name)}
    return browser.client.post("/officer/plans/new", data=form)


def settled(browser: Browser, answer: Any) -> Any:
    """What the page of a file that is still being read says in the end."""
    address, until = answer.location, monotonic() + PATIENCE_S
    while monotonic() < until:
        answer = browser.get(address)
        if "data-wait" not in answer.text:
            break
        sleep(0.2)
    return answer


def test_a_long_file_is_read_aside_and_its_page_says_how_far(
    story: Story, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploading, "PATIENCE_S", 0)
    yen = signed_in("yen")
    found = TOKEN.search(yen.get("/officer/plans/new").text)
    assert found
    pdf = (Path(__file__).parents[1] / "importer/documents/market-numbered.pdf").read_bytes()
    for data, end in ((pdf, 302), (pdf[:3000], 200)):
        form = {"csrf_token": found[1], "file": (io.BytesIO(data), "dai.pdf")}
        with isolated.LONG:  # it waits for its turn while she looks
            answer = yen.client.post("/officer/plans/new", data=form)
            assert answer.status_code == 303 and "/uploads/" in answer.location
            page = yen.get(answer.location).text
            assert 'http-equiv="refresh"' in page and "dai.pdf" in yen.get("/officer/plans").text
            assert signed_in("binh").get(answer.location).status_code == 403
        last = settled(yen, answer)
        assert last.status_code == end
    assert "Tệp bị hỏng" in last.text and "Chọn tệp khác" in last.text
    with story.site.app_context():
        done = db.session.query(Upload).order_by(Upload.id).first()
        assert done is not None and done.reading_id and (done.pages_done, done.pages) == (1, 1)
        silent = Upload(name="mat.pdf", sha256="0" * 64, by_id=done.by_id, pages=9)
        silent.told_at = clock.now() - timedelta(minutes=5)  # its process ended
        db.session.add(silent)
        commit()
        address = f"/officer/plans/uploads/{silent.public_id}"
    assert "Việc đọc đã dừng" in yen.get(address).text


def count(story: Story, model: type[Any]) -> int:
    with story.site.app_context():
        number = db.session.query(model).count()
        db.session.remove()
        return int(number)


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        ("Kính gửi anh chị, hôm nay trời đẹp.".encode(), "thu.txt", "Không thấy số, ký hiệu"),
        (b"", "trong.txt", "Tệp này trống"),
        (b"MZ\x90\x00", "ke-hoach.exe", "Không đọc được loại tệp này"),
        (b"\xff\xff\xff", "ke-hoach.txt", "Không đọc được bảng chữ"),
    ],
)
def test_a_file_that_is_no_plan_is_refused_beside_the_field(
    story: Story, signed_in: SignIn, data: bytes, name: str, sentence: str
) -> None:
    before = count(story, Reading)
    answer = upload(signed_in("yen"), data, name)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'id="file-e"' in answer.text
    assert count(story, Reading) == before


def long_plan(tasks: int) -> bytes:
    """A plan of so many tasks, every seventh led by somebody whom nobody knows."""
    words = "Rà soát, công khai kết quả giải quyết kiến nghị của người dân hằng quý. " * 5
    lines = ["Số: 999/KH-UBND", "Tây Ninh, ngày 05 tháng 9 năm 2024", "KẾ HOẠCH", "Nhiều việc"]
    lines += ["I. NHIỆM VỤ, GIẢI PHÁP THỰC HIỆN", "1. Một nhóm việc cho mọi nơi"]
    for number in range(1, tasks + 1):
        lead = "Sở Y tế" if number % 7 else "Tổ đặc biệt"
        helping = "Các sở, ban, ngành tỉnh; UBND các huyện, thị xã, thành phố."
        lines += [f"1.{number}. {words}", f"- Cơ quan chủ trì: {lead}."]
        lines += [f"- Cơ quan phối hợp: {helping}", "- Thời hạn hoàn thành: 30/6/2025."]
    return "\n\n".join([*lines, "II. TỔ CHỨC THỰC HIỆN", "1. Giao Sở Nội vụ theo dõi./."]).encode()


def test_a_plan_of_eighty_tasks_is_reviewed_as_lightly_as_a_short_one(
    story: Story, signed_in: SignIn
) -> None:
    yen, asked = signed_in("yen"), []
    for tasks in (8, 80):
        with story.site.app_context():
            reading = make.reading(long_plan(tasks))
            commit()
            page = f"/officer/plans/readings/{reading.id}"
            db.session.remove()
        with story.site.app_context(), count_queries() as questions:
            answer = yen.get(page)
        asked.append(len(questions))
    assert asked[0] == asked[1] <= 6
    assert len(answer.data) < 90_000
    assert "Ghi gọn vì có nhiều mục" in answer.text
    assert len(yen.get(f"{page}?whole=1").data) > len(answer.data)
    place = re.search(r'formaction="([^"]+/choices)" name="place" value="([^"]+)/-"', answer.text)
    assert place and edit(yen, page, place[1], place=f"{place[2]}/-").status_code == 303
    assert "Tổ đặc biệt" in yen.get(page).text
    assert "Chưa rõ tên này" not in yen.get(page).text  # said once, for all eleven lines


def lock(browser: Browser, page: str) -> str:
    found = SEEN.search(browser.get(page).text)
    assert found, page
    return found[1]


def edit(browser: Browser, page: str, address: str, **fields: str) -> Any:
    """Send a form of the review page as it stands now."""
    return browser.send(address, page=page, seen=lock(browser, page), **fields)


def test_a_draft_is_nobodys_but_the_editors_until_it_is_published(
    story: Story, signed_in: SignIn
) -> None:
    plans, yen = count(story, Plan), signed_in("yen")
    answer = upload(yen, make.PLAN_FILE.read_bytes(), "ke-hoach.txt")
    assert answer.status_code == 303
    page = answer.location
    assert "Đọc từ tệp ke-hoach.txt" in yen.get(page).text
    assert count(story, Plan) == plans
    assert Browser(story.site).get(page).status_code == 302
    assert yen.send(f"{page}/discard", page=page).status_code == 303
    assert yen.get(page).status_code == 404
    assert count(story, Plan) == plans


def test_yen_corrects_what_was_read_step_by_step_publishes_and_takes_it_back(
    story: Story, signed_in: SignIn
) -> None:
    yen = signed_in("yen")
    text = make.PLAN_FILE.read_text(encoding="utf-8").replace(
        "Cơ quan chủ trì: Sở Kế hoạch và Đầu tư", "Cơ quan chủ trì: Sở Kế hoạch Đầu tư tỉnh ta", 1
    )
    text = text.replace("2705/KH-UBND", "2706/KH-UBND")
    page = upload(yen, text.encode(), "ke-hoach.txt").location
    with story.site.app_context():
        reading = db.session.query(Reading).order_by(Reading.id.desc()).first()
        assert reading is not None
        tree = queries.tree(reading)
        node = next(n for n in tree.nodes if any(not line.body for line in n.bodies))
        line = next(one for one in node.bodies if not one.body)
        db.session.remove()
    refused = edit(yen, page, f"{page}/publication")
    assert refused.status_code == 422
    assert "Sở Kế hoạch Đầu tư tỉnh ta" in refused.text
    item = f"{page}/items/{node.key}"
    place = f"{node.key}/{line.key}/so-khdt-2024"
    assert edit(yen, page, f"{page}/choices", place=place).status_code == 303
    # another person's page is old now: she is told, and what she typed stays
    fields = {"label": node.label, "text": "Chữ của người đến sau.", "task": "y"}
    stale = yen.send(item, seen="1", **fields)
    assert stale.status_code == 409
    assert "Chữ của người đến sau." in stale.text
    assert edit(yen, item, f"{item}/moves", what="merge").status_code in {303, 422}
    assert edit(yen, page, f"{page}/undo").status_code == 303
    done = edit(yen, page, f"{page}/publication")
    assert done.status_code == 303, done.text
    plan = done.location
    public = f"/plans/{plan.rsplit('/', 1)[1]}"
    assert Browser(story.site).get(public).status_code == 200
    assert yen.send(f"{plan}/withdrawal", page=plan).status_code == 303
    assert Browser(story.site).get(public).status_code == 404
    assert edit(yen, page, f"{page}/publication").location == plan
    assert Browser(story.site).get(public).status_code == 200


def test_a_plan_without_number_or_one_that_is_there_already_is_not_published(
    story: Story, signed_in: SignIn
) -> None:
    """Said beside the button before it is pressed, and refused when it is pressed all the same."""
    yen, plans = signed_in("yen"), count(story, Plan)
    page = upload(yen, make.PLAN_FILE.read_bytes(), "ke-hoach.txt").location
    twice = edit(yen, page, f"{page}/publication")
    assert "Kế hoạch này đã công bố" in yen.get(page).text
    assert (twice.status_code, "đã công bố rồi" in twice.text) == (422, True)
    head = {"issuer": "UBND", "issued_on": "12/02/2025"}
    assert edit(yen, f"{page}/head", f"{page}/head", number="", **head).status_code == 303
    assert "Còn thiếu: Số, ký hiệu" in yen.get(page).text
    unnamed = edit(yen, page, f"{page}/publication")
    assert (unnamed.status_code, "Thiếu số, ký hiệu" in unnamed.text) == (422, True)
    head["issued_on"] = "hôm qua"
    unread = edit(yen, f"{page}/head", f"{page}/head", number="7/KH-UBND", **head)
    assert (unread.status_code, "ngày/tháng/năm" in unread.text) == (422, True)
    assert count(story, Plan) == plans


def test_a_plan_that_somebody_wrote_about_is_not_taken_back(
    story: Story, signed_in: SignIn
) -> None:
    yen, page = signed_in("yen"), f"/officer/plans/{story.plan_id}"
    answer = yen.send(f"{page}/withdrawal", page=page)
    assert answer.status_code == 422
    assert "không thu hồi được nữa" in answer.text
    assert Browser(story.site).get(f"/items/{story.item_id}").status_code == 200
