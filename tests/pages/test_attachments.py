"""Hoa adds pictures and a paper; what is wrong with one is said by its name, and nothing else is lost."""

from __future__ import annotations

import re
import shutil
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from zipfile import ZipFile

import pytest
import sqlalchemy as sa
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from feedback.core import files
from feedback.core.db import commit, db
from feedback.files.models import StoredFile
from feedback.petitions import queries
from feedback.petitions.models import Attachment, Petition
from tests.accounts.browser import TOKEN, Browser
from tests.files import corpus, word_corpus
from tests.pages.conftest import Story, busy_network
from tests.pages.test_submission import GOOD

Upload = tuple[str, bytes]
PDF = "Đơn của bà con tổ 5.pdf"


def step(browser: Browser, *uploads: Upload, **fields: str) -> TestResponse:
    """The files' page sent with these files chosen."""
    token = TOKEN.search(browser.get("/submit").text)
    assert token
    data = MultiDict({**GOOD, "step": "files", "csrf_token": token[1], "go": "add", **fields})
    for name, content in uploads:
        data.add("files", (BytesIO(content), name))  # type: ignore[arg-type]
    return browser.client.post("/submit", data=data, content_type="multipart/form-data")


def kept(story: Story) -> tuple[int, int]:
    """Rows, and files on disk."""
    with story.site.app_context():
        number = db.session.scalar(sa.select(sa.func.count()).select_from(StoredFile)) or 0
        db.session.remove()
    folder = Path(story.site.config["INSTANCE_DIR"]) / "files"
    return number, sum(path.is_file() for path in folder.glob("??/*"))


def review(browser: Browser, **fields: str) -> TestResponse:
    return browser.send("/submit", page="/submit", **{**GOOD, "step": "contact", **fields})


def send(browser: Browser, **fields: str) -> TestResponse:
    return browser.send("/submit", page="/submit", **{**GOOD, **fields})


def sent(story: Story, browser: Browser) -> tuple[str, list[str]]:
    """Hoa's petition about the story's item, with two pictures and a paper: its id, theirs."""
    item = {"item": str(story.item_id)}
    uploads = [("1.jpg", corpus.jpeg(1)), (PDF, corpus.pdf(2)), ("2.jpg", corpus.with_gps())]
    assert step(browser, *uploads, **item).status_code == 200
    assert send(browser, files_seen="3", **item).status_code == 303
    with story.site.app_context():
        petition = queries.by_submission_key(GOOD["key"])
        assert petition is not None
        found = petition.public_id, [a.public_id for a in queries.attachments_of(petition)]
        db.session.remove()
    return found


def drops(text: str) -> list[str]:
    return re.findall(r'name="drop" value="(\w+)"', text)


def test_hoa_adds_two_pictures_and_a_paper_and_takes_one_back(story: Story) -> None:
    hoa = Browser(story.site)
    first = step(hoa, ("IMG_1.jpg", corpus.jpeg(1)), (PDF, corpus.pdf()))
    assert first.status_code == 200 and "Đã thêm 2 trên 5 tệp" in first.text
    assert GOOD["text"] in first.text and PDF in first.text
    second = step(hoa, ("IMG_2.jpg", corpus.jpeg(2)), go="next")
    assert "Liên hệ với bạn" in second.text  # "next" takes along what was chosen
    page = step(hoa)
    assert "Đã thêm 3 trên 5 tệp" in page.text
    taken_back = step(hoa, drop=drops(page.text)[0])
    assert "Đã thêm 2 trên 5 tệp" in taken_back.text and "IMG_1.jpg" not in taken_back.text
    read_over = review(hoa)
    assert PDF in read_over.text and "IMG_2.jpg" in read_over.text
    assert 'name="files_seen" value="2"' in read_over.text


def test_only_her_browser_sees_the_small_copies(story: Story) -> None:
    hoa = Browser(story.site)
    page = step(hoa, ("IMG_1.jpg", corpus.jpeg()))
    small = re.search(r'src="(/submit/files/\w+)"', page.text)
    assert small
    answer = hoa.get(small[1])
    assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert Browser(story.site).get(small[1]).status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("chương-trình.jpg", b"MZ\x90" + b"\0" * 400, "đây không phải là ảnh"),
        ("hình.svg", b"<svg onload=alert(1)><script>1</script></svg>", "đây không phải là ảnh"),
        ("trang.png", b"<html><script>alert(1)</script>", "đây không phải là ảnh"),
        ("rỗng.jpg", b"", "tệp rỗng"),
        ("bom.png", corpus.bomb(), "hơn 50 triệu điểm ảnh"),
        ("dở dang.jpg", corpus.jpeg()[:30_000], "bị hỏng hoặc bị cắt giữa chừng"),
        ("khóa.pdf", corpus.pdf(locked=True), "bị khóa bằng mật khẩu"),
        ("dày.pdf", corpus.pdf(500), "hơn 200 trang"),
        (
            "đơn.docx",
            word_corpus.docx(parts={"word/vbaProject.bin": b"MZ"}),
            "chương trình tự chạy",
        ),
        ("to.jpg", b"\xff\xd8\xff" + b"0" * 11 * 1024 * 1024, "lớn hơn 10 MB"),
    ],
    ids=[
        "exe",
        "svg",
        "html",
        "nothing",
        "bomb",
        "cut off",
        "locked",
        "500 pages",
        "macros",
        "11 MB",
    ],
)
def test_a_refused_file_is_named_and_leaves_nothing(
    story: Story, name: str, content: bytes, sentence: str
) -> None:
    hoa = Browser(story.site)
    answer = step(hoa, (name, content), go="next")
    assert answer.status_code == 422
    assert f"{name}: " in answer.text and sentence in answer.text
    assert GOOD["text"] in answer.text and 'aria-invalid="true"' in answer.text
    assert kept(story) == (0, 0)


def test_the_others_are_kept_when_one_is_refused(story: Story) -> None:
    answer = step(Browser(story.site), ("tốt.jpg", corpus.jpeg()), ("xấu.jpg", b"MZ"))
    assert answer.status_code == 422
    assert "Đã thêm 1 trên 5 tệp" in answer.text and "xấu.jpg: " in answer.text
    assert kept(story) == (1, 2)  # the picture and its small copy


def test_the_sixth_file_is_refused_by_name(story: Story) -> None:
    hoa = Browser(story.site)
    six = [(f"trang-{n}.pdf", corpus.pdf(n)) for n in range(1, 7)]
    answer = step(hoa, *six)
    assert answer.status_code == 422
    assert "trang-6.pdf: mỗi kiến nghị kèm nhiều nhất 5 tệp" in answer.text
    assert kept(story) == (5, 5)
    assert 'type="file"' not in step(hoa).text
    assert "trang-7.pdf" in step(hoa, ("trang-7.pdf", corpus.pdf(7))).text
    assert kept(story) == (5, 5)


def test_the_same_picture_chosen_twice_is_one(story: Story) -> None:
    hoa = Browser(story.site)
    step(hoa, ("a.jpg", corpus.jpeg()))
    assert "Đã thêm 1 trên 5 tệp" in step(hoa, ("b.jpg", corpus.jpeg())).text


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("hai\u202egpj.jpg", "haigpj.jpg"),
        ("<img src=x onerror=alert(1)>.jpg", "&lt;img src=x onerror=alert(1)&gt;.jpg"),
        ("a\u0302\u0301nh" * 75, "…"),
    ],
    ids=["path", "bidi", "markup", "300 loose letters"],
)
def test_a_strange_name_does_no_harm(story: Story, name: str, shown: str) -> None:
    answer = step(Browser(story.site), (name, corpus.jpeg()))
    assert answer.status_code == 200
    assert shown in answer.text and "Đã thêm 1 trên 5 tệp" in answer.text
    with story.site.app_context():
        stored = db.session.scalars(sa.select(StoredFile)).one().name
        db.session.remove()
    assert len(stored) <= 200 and not re.search(r"[/\\\u202e\x00]", stored)


def test_more_than_the_site_takes_at_one_go_is_a_page_that_says_what_to_do(story: Story) -> None:
    answer = step(Browser(story.site), ("to.jpg", b"\xff\xd8\xff" + b"0" * 50 * 1024 * 1024))
    assert answer.status_code == 413
    assert "nhiều nhất 25 MB" in answer.text and "những gì bạn viết vẫn còn" in answer.text
    assert kept(story) == (0, 0)
    wordy = step(Browser(story.site), text="chữ " * 800_000)
    assert wordy.status_code == 413
    assert "nhiều nhất 10.000 ký tự" in wordy.text and "25 MB" not in wordy.text


def test_a_step_may_be_shown_again_by_the_back_button(story: Story) -> None:
    """With no-store Chromium would ask to send the form again instead of showing it."""
    assert step(Browser(story.site)).headers["Cache-Control"] == "private, no-cache"


def test_a_full_disk_is_a_clear_page_and_leaves_nothing(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    hoa, picture = Browser(story.site), ("a.jpg", corpus.jpeg())
    with monkeypatch.context() as patched:
        patched.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=1024))
        answer = step(hoa, picture)
    assert answer.status_code == 507
    assert "Hiện chưa lưu được" in answer.text
    assert kept(story) == (0, 0)
    assert step(hoa, picture).status_code == 200  # no restart needed


def test_sent_twice_is_one_petition_with_the_same_files(story: Story) -> None:
    hoa = Browser(story.site)
    public_id, attachments = sent(story, hoa)
    again = send(hoa, files_seen="3", item=str(story.item_id))
    assert again.status_code == 303
    with story.site.app_context():
        petition = queries.by_submission_key(GOOD["key"])
        assert petition and petition.public_id == public_id
        came = queries.attachments_of(petition)
        assert [a.public_id for a in came] == attachments
        assert {a.file.subject for a in came} == {petition.subject}
        assert db.session.query(Petition).filter_by(fingerprint=petition.fingerprint).count() == 1
        db.session.remove()
    step(hoa, ("thêm.jpg", corpus.jpeg(9)))  # another file under a form that was sent
    assert send(hoa, item=str(story.item_id)).status_code == 409


def test_the_record_names_the_files(story: Story) -> None:
    from feedback.audit.models import Event, EventField
    from feedback.audit.queries import verify

    public_id, _ = sent(story, Browser(story.site))
    with story.site.app_context():
        named = sa.select(EventField.value).join(Event, Event.seq == EventField.seq)
        named = named.where(
            Event.subject == f"petition:{public_id}", EventField.name.like("file.%")
        )
        hashes = set(db.session.scalars(named))
        assert hashes == set(db.session.scalars(sa.select(StoredFile.sha256)))
        assert len(hashes) == 3 and verify()
        db.session.remove()


def test_a_form_that_lay_open_for_days_says_that_its_files_are_gone(story: Story) -> None:
    hoa = Browser(story.site)
    step(hoa, ("a.pdf", corpus.pdf()))
    with story.site.app_context():
        db.session.execute(sa.delete(StoredFile))
        commit()
        db.session.remove()
    answer = send(hoa, files_seen="1")
    assert answer.status_code == 422
    assert "không còn nữa" in answer.text and GOOD["text"] in answer.text
    assert send(hoa, files_seen="0").status_code == 303


def test_one_network_cannot_keep_the_cleaner_busy(story: Story) -> None:
    browser = Browser(story.site)
    browser.client.environ_base["REMOTE_ADDR"] = busy_network(story)
    answer = step(browser, ("den.jpg", b"not looked at"))
    assert answer.status_code == 422 and "Mạng của bạn vừa gửi nhiều tệp" in answer.text
    browser.client.environ_base["REMOTE_ADDR"] = "198.51.100.4"
    assert "vừa gửi nhiều tệp" not in step(browser, ("den.jpg", b"no picture")).text


def test_bytes_that_a_restore_left_out_are_missing_and_nothing_else_is(story: Story) -> None:
    hoa = Browser(story.site)
    _petition, (picture, _paper, other) = sent(story, hoa)
    with story.site.app_context():
        gone = db.session.scalars(sa.select(Attachment).filter_by(public_id=picture)).one()
        Path(files.path_of(gone.file.sha256)).unlink()
        db.session.remove()
    assert hoa.get(f"/attachments/{picture}").status_code == 404
    assert hoa.get(f"/attachments/{other}").status_code == 200
    parcel = hoa.get("/track/file/data.zip")
    assert parcel.status_code == 200
    with ZipFile(BytesIO(parcel.data)) as held:
        assert sum(name.startswith("tep/") for name in held.namelist()) == 2
