"""What the columns of a table of tasks hold, told by their headings and, where these say nothing, by their cells."""

from __future__ import annotations

import re
import unicodedata

from feedback.importer.agencies import begins_with_agency
from feedback.importer.dates import is_time
from feedback.importer.roles import (
    COORDINATING,
    DEADLINE,
    IMPLEMENTING,
    LEAD,
    MIXED,
    PRODUCT,
    ROLES,
    kind_of,
)

NUMBER, TASK, BASIS, OTHER = "number", "task", "basis", "other"
MARK = "mark"  # below a body or a month
AGENCIES = (LEAD, COORDINATING, IMPLEMENTING, MIXED)


def _list(words: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in words.split(";"))


_NUMBERS = {"tt", "stt", "số tt", "số thứ tự", "thứ tự", "sốtt", "no", "mục", "#", "số"}
_WHEN = _list(
    "thời gian; thời hạn; tiến độ; hạn hoàn thành; hoàn thành; lộ trình; hạn; thời điểm; mốc; ngày; tháng;"
    "dự kiến thời gian; dự kiến hoàn thành; năm thực hiện; kỳ hạn; lịch; đến ngày; đến hết"
)
_BEGINNING = _list(
    "thời gian bắt đầu; ngày bắt đầu; bắt đầu; ngày khởi; thời gian khởi; ngày ban hành; ngày ký; từ ngày"
)
_WHO = _list(
    "cơ quan; đơn vị; phân công; trách nhiệm; tổ chức thực hiện; bộ, ngành; sở, ngành; bộ phận; người"
)
_TASKS = re.compile(
    r"(?:(?:tên|các|những|danh mục|nhóm|mô tả|tóm tắt)\s){0,3}(?:nội dung|nhiệm vụ|công việc|hoạt động|đề án|văn bản"
    r"|chương trình|giải pháp|danh mục|việc|dự án|tên|lĩnh vực|phần việc|hạng mục|tiêu đề|chuyên đề)"
)
_AND_TASKS = re.compile(
    r"(?:mục tiêu|chỉ tiêu|yêu cầu)(?:,|\svà|\s-|\s–)\s(?:nội dung|nhiệm vụ|công việc|giải pháp)"
)
_PRODUCTS = _list(
    "sản phẩm; kết quả; dự kiến sản phẩm; dự kiến kết quả; đầu ra; hình thức văn bản; yêu cầu sản phẩm; minh chứng"
)
_OTHERS = _list(
    "ghi chú; kinh phí; nguồn; đơn vị tính; đvt; chỉ tiêu; mục tiêu; địa điểm; hình thức; số lượng; cấp trình;"
    "cấp ban hành; thẩm quyền; dự toán; lãnh đạo; dự kiến kinh phí; thành phần; đối tượng; yêu cầu; chuẩn bị; quy mô;"
    "tổng; vốn; nơi; khối lượng; văn bản liên quan; cơ quan ban hành; cơ quan trình; cơ quan phê duyệt"
)
_LETTERS = (
    ("chutri", LEAD),
    ("phoihop", COORDINATING),
    ("thoihan", DEADLINE),
    ("thoigian", DEADLINE),
    ("tiendo", DEADLINE),
    ("noidung", TASK),
    ("nhiemvu", TASK),
    ("congviec", TASK),
)
# who answers leads where another column names those who join in, or who does it
_FIRST = ("phụ trách", "trách nhiệm")
MAX_HEADING = 90
MAX_NAMES = 200
MIN_LETTERS = 18  # of a task, on average: names and sums are shorter
MOST = 0.6  # of the cells that must be of a kind


def column_kind(heading: str) -> str | None:
    """The kind of a column; None where the words are no heading that is known."""
    text = " ".join(heading.lower().replace("/", ", ").replace("\n", " ").split()).strip(" .:*")
    if not text or len(text) > MAX_HEADING:
        return None
    text = re.sub(r"\s?\([^()]{0,60}\)", "", text).replace(" ,", ",").strip() or text
    if text in _NUMBERS or text.replace(" ", "") in {"tt", "stt"}:
        return NUMBER
    if text.startswith(_BEGINNING) and "hoàn thành" not in text and "kết thúc" not in text:
        return OTHER
    who = _who(text)
    if who is not None:
        return who
    for kind, starts in ((DEADLINE, _WHEN), (PRODUCT, _PRODUCTS), (OTHER, _OTHERS)):
        if text.startswith(starts):
            return TASK if kind == OTHER and _AND_TASKS.search(text) else kind
    if _TASKS.match(text):
        return TASK
    if text.startswith(("căn cứ", "cơ sở pháp lý")):
        return BASIS
    return _squeezed(text)


def _squeezed(text: str) -> str | None:
    """Headings of which a picture's reading has lost spaces and accents: ``Đơnvi chủtriì``."""
    bare = "".join(
        char for char in unicodedata.normalize("NFD", text.replace("đ", "d")) if char.isalpha()
    )
    if len(bare) > 40 or " " in text and len(text.split()) > 6:
        return None
    return next((kind for words, kind in _LETTERS if words in bare), None)


def _who(text: str) -> str | None:
    leads, joins = "chủ trì" in text or "đầu mối" in text, "phối hợp" in text
    if text.startswith(("nội dung", "nhiệm vụ", "thời ", "tên ", "kết quả", "sản phẩm", *_OTHERS)):
        return None
    if leads and joins:
        return MIXED
    if leads or (text.startswith(_WHO) and ("tham mưu" in text or "soạn thảo" in text)):
        return LEAD
    if joins or (text.startswith(_WHO) and ("tham gia" in text or "hỗ trợ" in text)):
        return COORDINATING
    told = kind_of(text)
    if told in ROLES or told == MIXED:
        return told
    if text.startswith("cấp thực hiện") or text.startswith(_WHO):
        return IMPLEMENTING
    return None


def is_table_of_tasks(kinds: list[str | None]) -> bool:
    """A column of tasks and one that says who or by when; three columns at least or two that fit."""
    who = any(kind in (*AGENCIES, MARK) for kind in kinds)
    return TASK in kinds and (who or (DEADLINE in kinds and len(kinds) > 2))


def settled(
    kinds: list[str | None], headings: list[str], cells: list[list[str]]
) -> list[str | None]:
    """The kinds, those that headings leave open told by the cells below (``cells``: one list a column)."""
    found = list(kinds)
    if sum(kind is not None for kind in kinds) >= 2:
        for at, kind in enumerate(kinds):
            if kind is None:
                found[at] = _kind_of_cells([text for text in cells[at] if text.strip()], found)
        if TASK not in found and any(kind in AGENCIES for kind in found):
            _find_task(found, cells)
    doing = [at for at, kind in enumerate(found) if kind == IMPLEMENTING]
    answers = [at for at in doing if any(word in headings[at].lower() for word in _FIRST)]
    others = len(doing) > 1 or COORDINATING in found
    if LEAD not in found and len(answers) == 1 and len(doing) < 3 and others:
        found[answers[0]] = LEAD
    return found


def _kind_of_cells(texts: list[str], kinds: list[str | None]) -> str | None:
    if len(texts) < 2:
        return None
    if DEADLINE not in kinds and sum(is_time(text) for text in texts) >= MOST * len(texts):
        return DEADLINE
    named = sum(begins_with_agency(text) for text in texts)
    if named >= MOST * len(texts) and max(map(len, texts)) <= MAX_NAMES:
        return COORDINATING if LEAD in kinds or IMPLEMENTING in kinds else IMPLEMENTING
    return None


def _find_task(kinds: list[str | None], cells: list[list[str]]) -> None:
    """The column without a known heading whose words are longest holds the tasks."""
    open_ones = [at for at, kind in enumerate(kinds) if kind is None and any(cells[at])]
    others = [at for at, kind in enumerate(kinds) if kind == OTHER and _is_long(cells[at])]
    if open_ones or others:
        kinds[max(open_ones or others, key=lambda at: sum(map(len, cells[at])))] = TASK


def _is_long(cells: list[str]) -> bool:
    return sum(map(len, cells)) >= MIN_LETTERS * max(1, len(cells))
