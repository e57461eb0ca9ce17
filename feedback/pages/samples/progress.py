"""What the style page shows of progress: an item without a report, one under way, one done late. No query."""

from __future__ import annotations

from datetime import date
from typing import Any

from feedback.pages.samples.general import TODAY
from feedback.plans.queries import Duty, Goal, Progress, Said, Step
from feedback.plans.rules.reporting import Period, Standing

DUE = date(2026, 10, 14)
PERIODS = [
    Period(date(2026, 7, 1), date(2026, 9, 30)),
    Period(date(2026, 1, 1), date(2026, 12, 31)),
    Period(date(2026, 1, 1), date(2026, 6, 30)),
    Period(date(2026, 7, 1), date(2026, 12, 31)),
    Period(date(2026, 9, 1), date(2026, 9, 30)),
    Period(date(2026, 9, 1), date(2026, 10, 31)),
]


def shown() -> dict[str, Any]:
    return {"reported": progress(), "periods": PERIODS, "today_was": TODAY}


def progress() -> list[Progress]:
    duty = Duty(
        1,
        1,
        1,
        "2.2c",
        "Một mục",
        "1/KH",
        TODAY,
        ((1, "Sở Tài chính"),),
        False,
        frozenset(),
        frozenset(),
    )
    steps = (
        Step(
            1,
            "Mở tổ hỗ trợ vay vốn",
            date(2026, 6, 30),
            date(2026, 6, 30),
            date(2026, 9, 1),
            DUE,
            "",
        ),
        Step(2, "Sổ tay vay vốn", date(2026, 9, 1), date(2026, 12, 1), None, None, "Chờ mẫu đơn."),
        Step(3, "Gặp doanh nghiệp quý IV", date(2026, 12, 20), date(2026, 12, 20), None, None, ""),
    )
    goals = (
        Goal(1, "Doanh nghiệp được hỗ trợ", "1250", "doanh nghiệp", date(2026, 12, 31), "437.5"),
        Goal(2, "Lớp khởi nghiệp", "20", "lớp", None),
        Goal(3, "Không hồ sơ nào trễ hạn", "", "", None),
    )
    states = [
        ("late", 5, 0, 3),
        ("due", 3, 0, 1),
        ("reported", 0, 4, 0),
        ("reported", 2, 1, 0),
        ("not_yet", 40, 0, 0),
    ]
    stands = [
        Standing(s, PERIODS[0], DUE, days, 2, late, missed) for s, days, late, missed in states
    ]
    statuses = [None, "in_progress", "stuck", "done", "not_started"]
    return [
        Progress(
            duty,
            stand,
            _said(status) if status else None,
            steps if n == 0 else (),
            goals if n == 0 else (),
        )
        for n, (stand, status) in enumerate(zip(stands, statuses, strict=True))
    ]


def _said(status: str) -> Said:
    return Said(
        1, "x", status, 40, "Đã gặp 120 doanh nghiệp.", date(2026, 10, 10), DUE, "Sở Tài chính", 2
    )
