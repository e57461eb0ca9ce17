"""Sections whose sentences give no tasks, or give them in passing."""

from __future__ import annotations

from feedback.importer.labels import PART, SECTION
from feedback.importer.prose import read_sentence
from feedback.importer.structure import Block

_IN_PASSING: tuple[str, ...] = (
    "tổ chức thực hiện",
    "kinh phí",
    "chế độ báo cáo",
    "điều khoản",
    "khen thưởng",
    "nguồn lực",
)
_IN_PASSING += ("trách nhiệm thi hành", "hiệu lực", "thông tin, báo cáo")
_NO_TASKS: tuple[str, ...] = (
    "mục đích",
    "mục tiêu",
    "quan điểm",
    "phạm vi",
    "căn cứ",
    "thực trạng",
    "tình hình",
    "đặc điểm",
)
_NO_TASKS += (
    "kết quả đạt",
    "đánh giá",
    "sự cần thiết",
    "nguyên tắc",
    "yêu cầu",
    "đối tượng",
    "bối cảnh",
)
MAX_TITLE = 160


def is_passing(block: Block | None) -> bool:
    return (
        _titled(block, _IN_PASSING)
        or block is not None
        and "trách nhiệm thi hành" in block.title.lower()
    )


def has_no_tasks(block: Block | None) -> bool:
    return _titled(block, _NO_TASKS)


def _titled(block: Block | None, words: tuple[str, ...]) -> bool:
    """Whether this block or one above has such a heading."""
    while block is not None:
        title = block.title.lower()
        titled = len(title) <= MAX_TITLE and title.startswith(words)
        if titled and read_sentence(block.title) is None:
            return True
        above = block.label.rank[0] in (PART, SECTION) and len(title) <= 100
        if above and any(word in title for word in words[:2]):
            return True
        block = block.parent
    return False
