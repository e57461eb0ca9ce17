"""The gallery: one running site with every kind of page, which all that only look at pages share."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from feedback.accounts import queries as accounts
from feedback.accounts.actions.people import invite
from feedback.comments.actions import Sender, hide, let_appear, reply_for_agency, report
from feedback.comments.models import Comment
from feedback.core import clock
from feedback.core.db import commit, db
from feedback.importer.actions import begin_upload
from feedback.notifications.channels import maildir
from feedback.petitions.actions import ending, holding, waiting
from feedback.petitions.actions.owndata import ask_deletion
from feedback.petitions.actions.parts import give_part
from feedback.petitions.rules.floods import Doubt
from feedback.plans.actions import Source, plan_milestone, set_target
from feedback.publication import actions as register
from tests import make
from tests.journeys.stage import people_who_can_sign_in, sign_in
from tests.people import person
from tests.servers.browser import OpenPage
from tests.servers.mail import Mailbox
from tests.servers.web import Web, running

STALE_S = accounts.IDLE.total_seconds() / 2  # a slow run may come back to somebody after an hour


@dataclass
class Gallery:
    """A site, where its pages are (``tests.journeys.pages``), and who has signed in already."""

    web: Web
    places: dict[str, Any]
    _cookies: dict[str, tuple[float, Any]] = field(default_factory=dict)

    def address(self, pattern: str) -> str:
        return pattern.format(**self.places)

    def visit(self, open_page: OpenPage, name: str = "", **changes: Any) -> Page:
        """A browser, in which a member of the cast has signed in."""
        if not name:
            return open_page("desktop", **changes)
        now = time.monotonic()
        since, state = self._cookies.get(name, (-STALE_S, None))
        if now - since >= STALE_S:
            page = open_page("desktop")
            sign_in(page, name)
            state = page.context.storage_state()
        self._cookies[name] = now, state
        return open_page("desktop", storage_state=state, **changes)


@pytest.fixture(scope="session")
def gallery(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gallery]:
    """On SQLite, one a worker. Its mail stays in the folder that a demonstration shows."""
    folder = tmp_path_factory.mktemp("gallery")
    shutil.copyfile(migrated_sqlite, folder / "feedback.db")
    with running(f"sqlite:///{folder / 'feedback.db'}", Mailbox(), folder) as web:
        with web.within():
            places = written()
            commit()
        yield Gallery(web, places)


def written() -> dict[str, Any]:
    """A plan and a petition in each usual state; names for the addresses of pages."""
    make.reference_data()
    people_who_can_sign_in()
    plan = make.plan()
    item = make.item(plan, "III.2.2.c")
    newer = make.reading(make.newer_plan(), plan=plan)
    found: dict[str, Any] = {"plan": plan.id, "item": item.id, "reading": newer.id}
    found["wording"] = make.wording().id
    source = Source(name="ke-hoach-quet.pdf", sha256="0" * 64)
    being_read = begin_upload(source, plan=None, by=person("yen"))
    being_read.pages_done, being_read.pages = 12, 80
    being_read.told_at = clock.now() + timedelta(days=1)  # it goes on as long as anybody looks
    found["upload"] = being_read.public_id
    step = plan_milestone(
        item, title="Mở tổ hỗ trợ vay vốn", planned_on=clock.today(), by=person("giang")
    )
    found["milestone"] = step.id
    aim = set_target(item, name="Lớp khởi nghiệp", number="20", unit="lớp", by=person("yen"))
    found |= {"target": aim.id, "group": item.parent_id}
    found |= published()
    found["node"] = next(n["key"] for n in newer.tree["nodes"] if n["path"] == item.path)
    found["act"] = make.act().public_id
    for state in ("submitted", "received", "in_progress", "awaiting_approval", "answered"):
        found[state] = make.petition(state=state, item_id=item.id).public_id
    # taken in by the one story of the gallery that changes something
    found["taken_in"] = make.petition(state="submitted", item_id=item.id).public_id
    found["pictured"] = found["shown"] = found["received"]
    make.contact("xa-tan-bien")
    make.receipt()
    found |= pending(item.id)
    owed, given = make.part(str(found["in_progress"])), make.part(str(found["asked"]))
    give_part(given, text=make.PART, on=clock.today(), by=person("cuc"))
    found |= {"owed": owed.public_id, "given": given.public_id}
    found["comment"] = make.comment(item, "Gọi anh Ba 0912 345 678 để hỏi thêm.").public_id
    first = make.comment(item, name="Cô Hoa")
    let_appear(first, seen="pending", by=person("minh"))
    found["said"] = talk(first)
    found["token"] = invite(
        email="moi@demo.example", name="Người mới", roles=["admin"], by=person("an")
    )
    leaves = make.petition(state="answered", item_id=item.id)
    asked = ask_deletion(leaves, words="Tôi không muốn lưu nữa.", on=clock.today())
    db.session.flush()
    found["deletion"] = asked.public_id
    village = make.submission(title="Cống nghẹt ở đầu ấp", place="sau chợ")
    holding.hold(village, Doubt("network", "village"), on=clock.today())
    found["mail"] = mail()
    return found


def published() -> dict[str, Any]:
    """An entry of the register that hangs on a noticeboard."""
    today, by = clock.today(), person("thu")
    what = register.What(title="Dự toán ngân sách sở", kind="budget", decided_on=today)
    made = register.register(what, agency=make.commune("so-tai-chinh"), on=today, by=by)
    how = register.How(form="noticeboard", place="Bảng tin", person="Anh Tư", from_on=today)
    posting = register.post(made, how, seen=made.lock, on=today, by=by)
    return {"entry": made.public_id, "posting": posting.id}


def mail() -> str:
    """The key of a message in the folder that stands in for everybody's mail."""
    message = EmailMessage()
    message["To"], message["Subject"] = "hoa@example.vn", "Đã nhận kiến nghị của bạn"
    message.set_content("Bạn giữ mã này để theo dõi.")
    maildir.keep(message)
    return maildir.newest()[0].key


def talk(shown: Comment) -> str:
    """A thread with every sort of line in it, one of them reported."""
    minh, cuc = person("minh"), person("cuc")
    reply = make.comment(shown.item, "Xóm tôi cũng thấy vậy.", parent=shown)
    gone = make.comment(shown.item, "Mua hàng ở chỗ tôi.", parent=reply)
    for comment in (reply, gone):
        let_appear(comment, seen="pending", by=minh)
    hide(gone, reason="advertising", seen="visible", by=minh)
    agency = make.commune("so-y-te")
    reply_for_agency(parent=reply, text="Sở ghi nhận.", key="talk", agency=agency, by=cuc)
    report(reply, reason="off_topic", words="Lạc đề.", sender=Sender(visitor="Hoa"))
    return shown.public_id


def pending(item_id: int) -> dict[str, object]:
    """Files that wait for somebody's word: a refusal, more time, the resident's answer."""
    proposed = make.petition(state="received", item_id=item_id)
    asked = make.petition(state="in_progress", item_id=item_id)
    waits = make.petition(state="in_progress", item_id=item_id)
    ending.propose_decline(proposed, reason_code="insulting", words="Viết lại.", by=person("thu"))
    today, to_on, by = clock.today(), asked.due_on + timedelta(days=3), person("binh")
    waiting.ask_extension(asked, to_on=to_on, reason="Chờ kết quả đo.", on=today, by=by)
    waiting.ask_resident(waits, question="Cửa hàng ở chợ nào?", on=today, by=by)
    return {"proposed": proposed.public_id, "asked": asked.public_id, "waits": waits.public_id}
