"""The grammar of field lines: (bullet) key : value, with the role that the key gives.

``Cơ quan chủ trì:``, ``Đơn vị phối hợp thực hiện:``, ``Chủ trì:``, ``Thời hạn hoàn thành:``, ``Sản phẩm:``.
Keys are read by their words, not by whole phrases, so that a wording never seen is read as well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from feedback.importer.agencies import begins_with_agency
from feedback.importer.labels import read_label

LEAD, COORDINATING, IMPLEMENTING, DEADLINE = "lead", "coordinating", "implementing", "deadline"
MIXED, PRODUCT, TASK, DETAIL = "mixed", "product", "task", "detail"
ROLES = (LEAD, COORDINATING, IMPLEMENTING)
MAX_KEY = 90
SHORT = 200  # what is no longer is remembered


def word_set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ROLE_WORDS = word_set(
    "cơ quan đơn vị chủ trì phối hợp thực hiện tham mưu triển khai chịu trách nhiệm chính đầu mối được "
    "giao phụ trách phân công theo dõi tổ chức các liên có và cùng hoặc soạn thảo xây dựng trình ban "
    "hành cấp địa phương nhiệm vụ tổng hợp sở ngành bộ người trực tiếp đề xuất lập lấy quản lý đồng "
    "thường trì, giúp việc chuẩn bị nội dung kiểm tra tham gia hỗ trợ cùng lực lượng thành phần phòng ban "
    "tổ bên"
)
_ACTS: tuple[str, ...] = (
    "chủ trì",
    "phối hợp",
    "thực hiện",
    "trách nhiệm",
    "đầu mối",
    "tham mưu",
    "soạn thảo",
)
_ACTS += (
    "phụ trách",
    "triển khai",
    "phân công",
    "được giao",
    "xây dựng",
    "trình",
    "tham gia",
    "hỗ trợ",
)
_SUBJECTS: tuple[str, ...] = ("cơ quan", "đơn vị", "địa phương", "cấp", "sở, ngành", "bộ, ngành")
_SUBJECTS += ("người", "bộ phận", "lực lượng", "phòng, ban", "sở, ban", "tổ chức phối hợp")
# a key may begin with one of these without saying whose act it is, when names follow
_BEGUN: tuple[str, ...] = (
    "chủ trì",
    "phối hợp",
    "đầu mối",
    "tham gia",
    "hỗ trợ",
    "cùng ",
    "phụ trách",
)
_BEGUN += ("chịu trách nhiệm", "phân công", "đồng chủ trì", "làm đầu mối")
_BARE = frozenset(
    {"chủ trì", "phối hợp", "chủ trì thực hiện", "phối hợp thực hiện", "chủ trì, phối hợp"}
    | {"phân công", "phân công thực hiện", "trách nhiệm", "trách nhiệm thực hiện", "đầu mối"}
    | {"chủ trì tham mưu", "tham mưu", "thực hiện", "đồng chủ trì", "phân công nhiệm vụ"}
    | {"chịu trách nhiệm", "phân công trách nhiệm", "chủ trì và phối hợp", "cùng phối hợp"}
    | {"chịu trách nhiệm thực hiện", "giao", "chủ trì triển khai", "cùng thực hiện"}
)
_WHEN: tuple[str, ...] = (
    "thời gian",
    "thời hạn",
    "tiến độ",
    "hạn",
    "hoàn thành",
    "thời điểm",
    "lộ trình",
)
_WHEN += ("mốc",)
_WHEN += ("ngày thực hiện", "ngày hoàn thành", "dự kiến thời gian", "dự kiến hoàn thành")
_WHEN_WORDS = word_set(
    "thời gian hạn tiến độ hoàn thành điểm lộ trình mốc thực hiện ban hành triển khai dự kiến báo cáo "
    "tổ chức xong và kết thúc bắt đầu gửi thi cụ thể chót xây dựng hằng hàng năm định kỳ phải chậm nhất "
    "nhiệm vụ công việc cuối cùng đạt được yêu cầu đến cấp có thẩm quyền phê duyệt nộp sản phẩm ngày "
    "tháng năm diễn ra chuẩn bị"
)
_PRODUCT = ("sản phẩm", "kết quả", "đầu ra", "dự kiến sản phẩm", "dự kiến kết quả")
_PRODUCT_WORDS = word_set(
    "sản phẩm kết quả đầu ra dự kiến hoàn thành cụ thể đạt được thực hiện chính chủ yếu của nhiệm vụ "
    "yêu cầu và"
)
_TASK = frozenset(
    {"tên nhiệm vụ", "tên đề án", "tên công việc", "tên văn bản", "tên hoạt động", "tên dự án"}
    | {"nhiệm vụ", "nội dung", "nội dung nhiệm vụ", "nội dung công việc", "công việc", "hoạt động"}
    | {"nội dung thực hiện", "tên nhiệm vụ, đề án", "nhiệm vụ cụ thể", "nội dung cụ thể"}
)
_DETAIL: tuple[str, ...] = (
    "kinh phí",
    "nguồn kinh phí",
    "nguồn vốn",
    "nguồn lực",
    "địa điểm",
    "đối tượng",
    "số lượng",
)
_DETAIL += (
    "dự kiến kinh phí",
    "hình thức",
    "thành phần",
    "ghi chú",
    "căn cứ",
    "phương thức",
    "quy mô",
    "dự toán",
)


# a key at the beginning of a clause, with another mark than a colon before a name or a time
_KEYED = re.compile(
    r"(?<![^.;,(+•*-] )(?<![^\s(])((?:[Cc]ơ quan|[Đđ]ơn vị|[Cc]hủ trì|[Pp]hối hợp|[Tt]hời gian|[Tt]hời hạn|[Tt]iến độ)"
    r"(?:\s[^\W\d]{1,6}){0,6})\s(?:là|–|-)\s(?=[^\W\d]|\d)"
)
_WITHOUT = re.compile(
    r"(?:thời gian|thời hạn|tiến độ)(?:\s(?:thực hiện|hoàn thành|triển khai)){0,2}\s(?=(?:trước|trong|từ|đến|chậm nhất|vào"
    r"|quý|tháng|năm|ngày|h[ằà]ng|thường xuyên|xong|là)\s)",
    re.I,
)


@dataclass(frozen=True)
class Field:
    """One field: its kind (a role, deadline, product, task, detail), its key and its value as written."""

    kind: str
    key: str
    value: str


def kind_of(key: str) -> str | None:
    """What a key says; None where the words before the colon are no key."""
    return _kind_of(key) if len(key) <= MAX_KEY else None


@lru_cache(maxsize=2048)
def _kind_of(key: str) -> str | None:
    name = _normal(key)
    if not name:
        return None
    words = [word.strip(",") for word in name.split() if word.strip(",")]
    if name in _TASK:
        return TASK
    if name.startswith(_WHEN):
        return DEADLINE if _only(words, _WHEN_WORDS) else None
    if name.startswith(_PRODUCT):
        return PRODUCT if _only(words, _PRODUCT_WORDS) else None
    if name.startswith(_DETAIL) and len(words) <= 6:
        return DETAIL
    return _role(name, words)


def _only(words: list[str], allowed: frozenset[str]) -> bool:
    return len(words) <= 12 and all(word in allowed for word in words)


def _role(name: str, words: list[str]) -> str | None:
    subject = name.startswith(_SUBJECTS)
    begun = name.startswith(_BEGUN) and len(words) <= 8
    if not (subject or begun or name in _BARE) or not _only(words, _ROLE_WORDS):
        return None
    if not any(act in name for act in _ACTS):
        return None
    leads = any(
        a in name for a in ("chủ trì", "đầu mối", "soạn thảo", "trách nhiệm chính", "tham mưu")
    )
    if leads and "phối hợp" in name:
        return MIXED
    if leads:
        return LEAD
    joins = any(a in name for a in ("phối hợp", "tham gia", "hỗ trợ", "cùng "))
    return COORDINATING if joins else IMPLEMENTING


def _normal(key: str) -> str:
    """Lower case, no bullet, no remark in brackets, "/" and "&" as commas; "các" at the front is nothing."""
    text = key.lower().strip(" *_-–—+•.\t")
    opened = text.find("(")
    if opened > 0:
        closed = text.find(")", opened)
        text = text[:opened] + (text[closed + 1 :] if closed > 0 else "")
    text = text.replace("/", ", ").replace("&", ",").replace(" - ", ", ").replace(";", ",")
    text = " ".join(text.split()).replace(" ,", ",")
    return text.removeprefix("các ").removeprefix("về ")


def read_field(text: str) -> Field | None:
    """The field that a paragraph is; None for ordinary words. A label before the key does not matter."""
    return _short_field(text) if len(text) <= SHORT else _field(text)


def _field(text: str) -> Field | None:
    label = read_label(text)
    words = label.words if label else text
    head, colon, value = words[: MAX_KEY + 1].partition(":")
    kind = kind_of(head) if colon else None
    if kind is None:
        return without_colon(words)
    value = words[len(head) + 1 :].strip(" *_\t")
    name = _normal(head)
    bare = name in _BARE or not name.startswith(_SUBJECTS)
    if bare and kind in ROLES and value and not _may_name(value, name):
        return None
    return Field(kind, " ".join(head.split()), value)


_short_field = lru_cache(maxsize=2048)(_field)


def with_colons(text: str) -> str:
    """``Cơ quan chủ trì là Sở A; cơ quan phối hợp – Sở B`` with colons behind the keys."""
    if not _KEYED.search(text):
        return text
    return _KEYED.sub(lambda found: f"{found[1]}: " if kind_of(found[1]) else found[0], text)


def _may_name(value: str, key: str) -> bool:
    """Whether what follows a bare key ("Chủ trì:", "Thực hiện:") names somebody."""
    known = begins_with_agency(value)
    joins = any(word in key for word in ("trì", "phối hợp", "tham gia", "cùng"))
    return known or joins and len(value) < 300 and (value[0].isupper() or value.startswith("các "))


def without_colon(words: str) -> Field | None:
    """``Hoàn thành trước 30/6/2025.``: a line of its own that only says when."""
    name = " ".join(words[:120].lower().split())
    starts = ("hoàn thành trước", "hoàn thành trong", "xong trước", "hoàn thành chậm nhất")
    if len(words) <= 100 and (told := _WITHOUT.match(words)):
        return Field(DEADLINE, told[0].strip(), words[told.end() :].removeprefix("là "))
    short = len(words) <= 80 and name.startswith((*starts, "hoàn thành vào"))
    if short and (any(c.isdigit() for c in name) or "quý" in name):
        return Field(DEADLINE, words.split()[0], " ".join(words.split()[2:]))
    return None
