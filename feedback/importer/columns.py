"""What the columns of a table of tasks hold, told by their headings."""

from __future__ import annotations

from feedback.importer.roles import COORDINATING, DEADLINE, IMPLEMENTING, LEAD, MIXED, PRODUCT

NUMBER, TASK, BASIS, OTHER = "number", "task", "basis", "other"
AGENCIES = (LEAD, COORDINATING, IMPLEMENTING, MIXED)
_NUMBERS = {"tt", "stt", "số tt", "số thứ tự", "sốtt", "no", "mục"}
_WHEN = (
    "thời gian",
    "thời hạn",
    "tiến độ",
    "hạn hoàn thành",
    "hoàn thành",
    "lộ trình",
    "hạn",
    "thời điểm",
)
_WHO = (
    "cơ quan",
    "đơn vị",
    "phân công",
    "trách nhiệm",
    "tổ chức thực hiện",
    "bộ, ngành",
    "sở, ngành",
)
_TASKS: tuple[str, ...] = (
    "nội dung",
    "nhiệm vụ",
    "tên nhiệm vụ",
    "công việc",
    "hoạt động",
    "tên đề án",
    "tên văn bản",
)
_TASKS += (
    "đề án",
    "chương trình",
    "tên hoạt động",
    "giải pháp",
    "tên công việc",
    "danh mục",
    "việc",
)
_TASKS += (
    "nhóm nhiệm vụ",
    "tên chương trình",
    "tên dự án",
    "dự án",
    "các nhiệm vụ",
    "tên",
    "lĩnh vực",
)
_PRODUCTS = (
    "sản phẩm",
    "kết quả",
    "dự kiến sản phẩm",
    "dự kiến kết quả",
    "đầu ra",
    "hình thức văn bản",
)
_OTHERS: tuple[str, ...] = (
    "ghi chú",
    "kinh phí",
    "nguồn",
    "đơn vị tính",
    "đvt",
    "chỉ tiêu",
    "mục tiêu",
    "địa điểm",
)
_OTHERS += (
    "hình thức",
    "số lượng",
    "cấp trình",
    "cấp ban hành",
    "thẩm quyền",
    "dự toán",
    "lãnh đạo",
)
MAX_HEADING = 90


def column_kind(heading: str) -> str | None:
    """The kind of a column; None where the words are no heading that is known."""
    text = " ".join(heading.lower().replace("/", ", ").replace("\n", " ").split()).strip(" .:*")
    if not text or len(text) > MAX_HEADING:
        return None
    if text in _NUMBERS or text.replace(" ", "") in {"tt", "stt"}:
        return NUMBER
    who = _who(text)
    if who is not None:
        return who
    for kind, starts in ((DEADLINE, _WHEN), (PRODUCT, _PRODUCTS), (OTHER, _OTHERS), (TASK, _TASKS)):
        if text.startswith(starts):
            return kind
    if text.startswith(("căn cứ", "cơ sở pháp lý")):
        return BASIS
    return None


def _who(text: str) -> str | None:
    leads, joins = "chủ trì" in text or "đầu mối" in text, "phối hợp" in text
    if text.startswith(("nội dung", "nhiệm vụ", "thời ", "tên ", "kết quả", "sản phẩm")):
        return None
    if leads and joins:
        return MIXED
    if leads or (text.startswith(_WHO) and ("tham mưu" in text or "soạn thảo" in text)):
        return LEAD
    if joins:
        return COORDINATING
    if text.startswith(("đơn vị tính", "cơ quan ban hành", "cơ quan trình", "cơ quan phê duyệt")):
        return OTHER
    if text.startswith("cấp thực hiện") or text.startswith(_WHO):
        return IMPLEMENTING
    return None


def is_table_of_tasks(kinds: list[str | None]) -> bool:
    """A column of tasks and one that says who or by when; three columns at least or two that fit."""
    who = any(kind in AGENCIES for kind in kinds)
    return TASK in kinds and (who or (DEADLINE in kinds and len(kinds) > 2))
