"""What a story needs before it begins; everything goes through the product's own verbs."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from feedback.agencies.actions import ask_about, drafting, load_registry, set_contacts
from feedback.agencies.models import ActDraft, Agency, Wording
from feedback.agencies.queries import by_code
from feedback.agencies.rules.contacts import ContactRow
from feedback.comments import actions as comment_actions
from feedback.comments.models import Comment
from feedback.core import clock
from feedback.core.db import commit, db
from feedback.core.ids import code_from, public_id
from feedback.importer.models import Reading
from feedback.petitions.actions import answering, intake, parts
from feedback.petitions.actions.submit import Receipt, Submission, submit
from feedback.petitions.actions.terms import load_terms
from feedback.petitions.models import Part, Petition
from feedback.petitions.rules.deadlines import part_suggestion
from feedback.plans import actions as plan_actions
from feedback.plans.models import Plan, PlanItem
from feedback.workdays.actions import load_days
from feedback.workdays.queries import load_calendar
from tests.people import person

PLAN_FILE = Path(__file__).parents[1] / "feedback" / "demo" / "data" / "plan-sample.txt"
ANSWER = (
    "Sở đã kiểm tra lại hồ sơ ngày hôm qua. Gói hỗ trợ còn nhận đơn đến hết tháng sau; "
    "chị mang giấy đăng ký kinh doanh đến phòng một cửa, có người hướng dẫn."
)

QUESTION = "Trạm y tế phường có nhận khám sức khỏe cho chủ cửa hàng nhỏ không?"
PART = "Trạm y tế nhận khám vào sáng thứ Ba và thứ Năm, không thu tiền đối với hộ nhỏ."


def reference_data() -> None:
    """Bodies, calendar and terms, as every installation has them."""
    load_registry()
    load_days()
    load_terms()
    db.session.flush()


def reading(data: bytes = b"", *, plan: Plan | None = None) -> Reading:
    """The project's own plan document (or another one), read in and not yet published."""
    from feedback.importer import actions as importer
    from feedback.importer.parse import parse

    source = plan_actions.Source(name=PLAN_FILE.name, sha256="0" * 64)
    read = parse(data or PLAN_FILE.read_bytes(), PLAN_FILE.name).as_dict()
    return importer.make(read, source=source, plan=plan, by=person("yen"))


def newer_plan() -> bytes:
    """Another version of the document: an item gone and another come, one changed, one hardly known again,
    and a body that nobody knows."""
    return PLAN_FILE.with_name("plan-newer.txt").read_bytes()


def plan(data: bytes = b"") -> Plan:
    """The project's own plan document (or another one), read in and published."""
    from feedback.importer import actions as importer

    made = importer.publish(reading(data), by=person("yen"))
    db.session.flush()
    return made


def item(made: Plan, path: str) -> PlanItem:
    return next(i for i in made.items if i.path == path)


def submission(**changes: object) -> Submission:
    values: dict[str, object] = {
        "key": public_id(),
        "kind": "proposal",
        "title": "Xin hướng dẫn vay vốn cho cửa hàng nhỏ",
        "text": "Tôi bán tạp hóa ở chợ, muốn vay vốn ưu đãi mà không biết nộp hồ sơ ở đâu.",
        "email": "hoa@example.vn",
        "consents": (("progress", "1"),),  # Hoa wishes to hear of each step
    }
    return Submission(**{**values, **changes})  # type: ignore[arg-type]


def receipt(*, on: date | None = None, **changes: object) -> Receipt:
    return submit(submission(**changes), on=on or clock.today())


def petition(*, state: str = "submitted", on: date | None = None, **changes: object) -> Petition:
    """A petition carried by real verbs to the wanted state (submitted … answered)."""
    day = on or clock.today()
    made = receipt(on=day, **changes).petition
    if state == "submitted":
        return made
    intake.receive(made, show=True, on=day, by=person("thu"))
    if state == "received":
        return made
    intake.assign(made, officer=person("binh"), on=day, by=person("thu"))
    if state == "in_progress":
        return made
    version = answering.send_for_approval(made, text=ANSWER, on=day, by=person("binh"))
    if state == "awaiting_approval":
        return made
    answering.approve(made, version_id=version.id, on=day, by=person("giang"))
    return made


def comment(
    about: PlanItem,
    text: str = "Lớp học nên mở buổi tối.",
    *,
    name: str = "",
    key: str = "",
    parent: Comment | None = None,
) -> Comment:
    """A comment that waits for a moderator; with ``parent`` a reply to that one."""
    key = key or public_id()
    return comment_actions.write(item=about, text=text, author_name=name, key=key, parent=parent)


def shown(about: PlanItem, text: str, **more: Any) -> Comment:
    """A comment that everybody reads: Minh let it appear."""
    made = comment(about, text, **more)
    comment_actions.let_appear(made, seen="pending", by=person("minh"))
    return made


def part(public_id: str, *, on: date | None = None, due_on: date | None = None) -> Part:
    """Bình asks Cúc's agency for its part of a file that he holds."""
    made = db.session.scalars(sa.select(Petition).where(Petition.public_id == public_id)).one()
    day = on or clock.today()
    half = part_suggestion(on=day, lead_due=made.due_on, calendar=load_calendar())
    assert half is not None
    return parts.ask_part(
        made,
        to=commune("so-y-te"),
        question=QUESTION,
        due_on=due_on or half,
        on=day,
        by=person("binh"),
    )


def commune(code: str) -> Agency:
    """One of today's communes."""
    found = by_code(code)
    assert found is not None
    return found


def wording(words: str = "Liên đoàn Lao động huyện") -> Wording:
    """How a document names somebody whom the registry does not know."""
    ask_about([words], source="9/KH-UBND")
    return db.session.scalars(sa.select(Wording).where(Wording.words == words)).one()


def act(*, on: date | None = None, rehearsal: bool = False) -> ActDraft:
    """An act in preparation: Sở Tài chính goes into Sở Xây dựng, prices to Sở Công Thương, some weeks on."""
    by, day = person("an"), on or clock.today() + timedelta(days=40)
    head = drafting.Head("Sở Tài chính nhập vào Sở Xây dựng", "merge", day, rehearsal=rehearsal)
    draft = drafting.draft_act(head, by=by)
    old, new, prices = (
        drafting.put_body(draft, part=part, agency=by_code(code), seen=draft.lock, by=by)
        for code, part in (
            ("so-tai-chinh", "ends"),
            ("so-xay-dung", "stays"),
            ("so-cong-thuong", "stays"),
        )
    )
    drafting.put_line(draft, giver=old, taker=new, is_main=True, seen=draft.lock, by=by)
    words = {"function": "Giá", "keywords": "giá cả, vay vốn"}
    drafting.put_line(draft, giver=old, taker=prices, **words, seen=draft.lock, by=by)
    return draft


def contact(code: str, **told: str) -> None:
    """What the operator knows of how a body is reached."""
    known = {"address": "Số 1 đường Thử", "phone": "0276 000 0001", "source": "Trang của xã"}
    set_contacts([ContactRow(code, **{**known, **told})])  # type: ignore[arg-type]


def code_of(key: str) -> str:
    """The tracking code of a form's key."""
    return code_from(key)


__all__ = [
    "act",
    "code_of",
    "comment",
    "commit",
    "contact",
    "item",
    "part",
    "petition",
    "plan",
    "reading",
    "receipt",
    "reference_data",
    "submission",
    "wording",
]
