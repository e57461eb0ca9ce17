"""A document beside what was read from it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

LINES = (
    (33, "1.2. Lập nhóm thông tin ở mỗi ấp, khu phố.", "trang 3", True),
    (34, "3", "trang 3", False),
    (35, "- Cơ quan chủ trì: Sở Thông tin Truyền thông.", "trang 4", True),
)
NEAR = (("so-tttt-2024", "Sở Thông tin và Truyền thông", 91),)
NODE = SimpleNamespace(key="n1")


def line(role: str, wording: str, body: str = "", name: str = "", near: Any = ()) -> Any:
    """One body in a role, as it was read."""
    return SimpleNamespace(
        key="b1", role=role, wording=wording, body=body, name=name, lines=(35,), near=near
    )


def shown() -> dict[str, Any]:
    """Lines of a file, bodies in every state, a text that changed."""
    return {
        "read_lines": LINES,
        "read_node": NODE,
        "read_bodies": [
            (line("lead", "Sở Nội vụ", "so-noi-vu", "Sở Nội vụ"), ""),
            (line("lead", "Sở Thông tin Truyền thông", near=NEAR), "unknown"),
            (line("coordinating", "Sở TTTT", NEAR[0][0], NEAR[0][1], NEAR), "near"),
            (line("implementing", "Các doanh nghiệp", "-"), ""),
        ],
        "read_changes": [
            ("same", "Trả lời"),
            ("gone", "trong tháng"),
            ("new", "chậm nhất sau mười ngày"),
        ],
    }
