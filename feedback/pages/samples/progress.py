"""What the style page shows of progress: an item without a report, under way, held up, done late. No query."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from feedback.pages.samples.general import TODAY
from feedback.plans.queries import Changed, Duty, Goal, Progress, Said, Step
from feedback.plans.queries.texts import Changed as VersionChange
from feedback.plans.queries.texts import Version
from feedback.plans.rules.differences import Swap
from feedback.plans.rules.reporting import Period, Standing

DUE, LATER, YEAR_END = date(2026, 10, 14), date(2026, 12, 20), date(2026, 12, 31)
PERIODS = [
    Period(date(2026, first, 1), date(2026, last, day))
    for first, last, day in (
        (7, 9, 30),
        (1, 12, 31),
        (1, 6, 30),
        (7, 12, 31),
        (9, 9, 30),
        (9, 10, 31),
    )
]
STEPS = (
    Step(
        1, "Mở tổ hỗ trợ vay vốn", date(2026, 6, 30), date(2026, 6, 30), date(2026, 9, 1), DUE, ""
    ),
    Step(2, "Sổ tay vay vốn", date(2026, 9, 1), date(2026, 12, 1), None, None, "Chờ mẫu đơn."),
    Step(3, "Gặp doanh nghiệp quý IV", LATER, LATER, None, None, ""),
)
BEFORE = Changed(
    date(2026, 7, 2), "Doanh nghiệp được hỗ trợ", "1520", "doanh nghiệp", YEAR_END, "Gõ nhầm số."
)
GOALS = (
    Goal(1, "Doanh nghiệp được hỗ trợ", "1250", "doanh nghiệp", YEAR_END, None, "437.5", (BEFORE,)),
    Goal(2, "Lớp khởi nghiệp", "20", "lớp", None, None),
    Goal(3, "Không hồ sơ nào trễ hạn", "", "", None, None),
)
GONE = Goal(4, "Hội chợ việc làm", "2", "buổi", None, TODAY, "", (BEFORE,))
VERSION = Version(
    2,
    datetime(2026, 2, 12, tzinfo=UTC),
    "2705/KH-UBND",
    date(2026, 2, 12),
    "",
    "Quý IV/2026",
    YEAR_END,
    [["lead", "Sở Nội vụ", "a1"], ["coordinating", "Các sở, ban, ngành tỉnh", "g1"]],
)
SWAPS = (
    Swap("lead", ("Văn phòng UBND tỉnh",), ("Sở Nội vụ",)),
    Swap("coordinating", (), ("Sở Y tế",)),
    Swap("implementing", ("Sở Tư pháp",), ()),
)
CHANGED = VersionChange(VERSION, swaps=SWAPS, deadlines=(("", None), VERSION.deadline))
# how it stands, days, late and missed periods, what was reported
STATES = (
    ("late", 5, 0, 3, ""),
    ("due", 3, 0, 1, "in_progress"),
    ("reported", 0, 4, 0, "stuck"),
    ("reported", 2, 1, 0, "done"),
    ("not_yet", 40, 0, 0, "not_started"),
)


def shown() -> dict[str, Any]:
    return {
        "reported": progress(),
        "periods": PERIODS,
        "today_was": TODAY,
        "version_change": CHANGED,
    }


def progress() -> list[Progress]:
    leads = ((1, "Sở Tài chính"),)
    none: frozenset[Any] = frozenset()
    duty = Duty(1, 1, 1, "2.2c", "Một mục", "1/KH", TODAY, leads, False, none, none)
    return [
        Progress(
            duty,
            Standing(state, PERIODS[0], DUE, days, 2, late, missed),
            _said(status) if status else None,
            STEPS,
            GOALS,
            (GONE,),
        )
        for state, days, late, missed, status in STATES
    ]


def _said(status: str) -> Said:
    words = "Đã gặp 120 doanh nghiệp."
    return Said(1, "x", status, 40, words, date(2026, 10, 10), DUE, "Sở Tài chính", 2)
