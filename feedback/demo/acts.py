"""A reorganisation to rehearse with: two wards that become one. Made up, and labelled so; it can never be
carried out. The acts of 2025 are in the registry's own tables."""

from __future__ import annotations

from datetime import date, timedelta

from feedback.accounts.models import Person
from feedback.agencies.actions import drafting
from feedback.agencies.queries import by_code
from feedback.agencies.rules.drafting import BEGINS, ENDS, STAYS

AHEAD = timedelta(days=60)
WARDS = ("phuong-trang-bang", "phuong-go-dau")
NEW = "Ủy ban nhân dân phường Diễn Tập"


def rehearse(today: date, *, by: Person) -> None:
    """Enter the made-up act as an administrator would."""
    head = drafting.Head(
        title="Diễn tập: phường Trảng Bàng và phường Gò Dầu nhập làm một (giả định)",
        kind="merge",
        effective_on=today + AHEAD,
        legal_basis="Không có: đây là nội dung giả định để xem thử",
        rehearsal=True,
    )
    draft = drafting.draft_act(head, by=by)
    new = drafting.put_body(
        draft,
        part=BEGINS,
        name=NEW,
        short_name="UBND phường Diễn Tập",
        level="commune",
        place_name="phường Diễn Tập",
        seen=draft.lock,
        by=by,
    )
    noise = drafting.put_body(
        draft, part=STAYS, agency=by_code("so-xay-dung"), seen=draft.lock, by=by
    )
    for code in WARDS:
        old = drafting.put_body(draft, part=ENDS, agency=by_code(code), seen=draft.lock, by=by)
        drafting.put_line(draft, giver=old, taker=new, is_main=True, seen=draft.lock, by=by)
        drafting.put_line(
            draft,
            giver=old,
            taker=noise,
            function="Tiếng ồn đô thị (giả định)",
            keywords="tiếng ồn, loa",
            seen=draft.lock,
            by=by,
        )
