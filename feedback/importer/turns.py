"""Where a document begins, ends and is signed: annexes, attached plans, recipients, last words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from feedback.importer.labels import PART, SECTION, read_label

KINDS: tuple[str, ...] = (
    "KẾ HOẠCH",
    "QUYẾT ĐỊNH",
    "CHƯƠNG TRÌNH",
    "NGHỊ QUYẾT",
    "ĐỀ ÁN",
    "CHỈ THỊ",
    "CÔNG ĐIỆN",
)
KINDS += ("THÔNG BÁO", "CHƯƠNG TRÌNH HÀNH ĐỘNG", "PHƯƠNG ÁN", "HƯỚNG DẪN", "CÔNG VĂN", "BÁO CÁO")
KINDS += ("DANH MỤC", "DANH MỤC NHIỆM VỤ", "BẢNG PHÂN CÔNG", "BIỂU")
_ANNEX = re.compile(
    r"(?:phụ lục|phụ biểu|biểu số|biểu mẫu)(?:\s(?:số\s)?(?:[IVX]{1,5}|\d{1,2}|[A-H]))?\s?[.:]?",
    re.I,
)
_ATTACHED = re.compile(r"\((?:ban hành\s|được ban hành\s)?kèm theo", re.I)
_RECIPIENTS = re.compile(r"nơi nhận\s?[:;]?", re.I)
_SIGNED = re.compile(r"(?:TM|T/M|KT|K/T|TL|T/L|TUQ|Q)\s?\.?\s?[A-ZĐÀ-Ỹ]")
_THIS = re.compile(
    r"(?:chỉ thị|kế hoạch|công điện|chương trình|phương án|đề án|quyết định|nghị quyết) này", re.I
)
_POSTS = frozenset(
    {
        "CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
        "THỦ TƯỚNG",
        "PHÓ THỦ TƯỚNG",
        "GIÁM ĐỐC",
        "PHÓ GIÁM ĐỐC",
        "BỘ TRƯỞNG",
    }
    | {"THỨ TRƯỞNG", "CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG", "BÍ THƯ", "PHÓ BÍ THƯ", "CỤC TRƯỞNG"}
)
_CLOSING: tuple[str, ...] = (
    "trên đây là",
    "yêu cầu các",
    "yêu cầu thủ trưởng",
    "trong quá trình",
    "kế hoạch này",
    "chỉ thị này",
)
_CLOSING += (
    "căn cứ kế hoạch này",
    "đề nghị các cơ quan",
    "thủ trưởng các",
    "giao văn phòng ủy ban",
    "giao văn phòng ubnd",
)


@dataclass(frozen=True)
class Turn:
    """Here another document begins: an annex, a plan attached to a decision."""

    annex: bool


def turn_at(text: str) -> Turn | None:
    if not text or len(text) > 60:
        return None
    if _ANNEX.fullmatch(text) or text.upper().startswith("PHỤ LỤC") and text.upper() == text:
        return Turn(annex=True)
    return Turn(annex=False) if text.rstrip(" :") in KINDS and text == text.rstrip(":") else None


def is_signing(text: str) -> bool:
    return bool(_RECIPIENTS.match(text) and len(text) < 60 or _SIGNED.match(text) or text in _POSTS)


def is_closing(text: str) -> bool:
    """The last words of a document."""
    lower = text[:120].lower()
    if len(text) < 400 and _THIS.search(text):
        return True
    if lower.startswith(("yêu cầu ", "đề nghị ")) and (
        text.endswith("./.") or "nghiêm túc" in text
    ):
        return True
    return lower.startswith(_CLOSING) or lower.startswith("văn phòng ") and " thông báo" in lower


def ends_signing(text: str) -> bool:
    """An attached document, or a section in capitals, after the signatures."""
    if _ATTACHED.match(text):
        return True
    label = read_label(text)
    return label is not None and label.rank[0] in (PART, SECTION) and label.words.upper() == label.words and len(label.words) > 4  # fmt: skip
