"""A paragraph in which several fields follow one another, cut before each key."""

from __future__ import annotations

from feedback.importer.roles import (
    DEADLINE,
    DETAIL,
    MAX_KEY,
    MIXED,
    PRODUCT,
    ROLES,
    kind_of,
    without_colon,
    word_set,
)

MAX_FIELDS = 200  # of one paragraph
_STARTS = word_set(
    "cơ đơn chủ phối thời tiến hạn hoàn thực trách phân sản kết đầu các dự tham giao cấp đồng địa lộ mốc "
    "chịu cùng làm hỗ ngày người bộ lực hết xong thành kinh hình đối nguồn"
)


def split_fields(text: str) -> list[str]:
    """A paragraph in which fields follow one another, cut before each key: the words first, then fields."""
    cuts, at = [0], text.find(":")
    while at != -1 and len(cuts) < MAX_FIELDS:
        start = _key_start(text, cuts[-1], at)
        if start is not None and start > cuts[-1]:
            cuts.append(start)
        at = text.find(":", at + 1)
    if len(cuts) > 1 or _is_key(text, 0, max(0, text[:MAX_KEY].find(":"))):
        cuts = sorted({*cuts, *(cut for cut in _ends_by(text) if cut > cuts[-1])})
    elif (at := text.rfind(". Hoàn thành ")) > 0 and without_colon(text[at + 2 :]):
        cuts.append(at + 2)
    parts = [text[a:b].strip() for a, b in zip(cuts, [*cuts[1:], len(text)], strict=True)]
    return [_whole(part) for part in parts if part.strip(" .;,-–+(|")]


def _ends_by(text: str) -> list[int]:
    """Where after fields a sentence says by when, without a colon: ``… Hoàn thành trước 30/6/2025.``"""
    found = []
    for words in ("Hoàn thành ", "hoàn thành "):
        at = text.rfind(words)
        if at > 0 and text[:at].rstrip()[-1:] in (".", ";", ",") and without_colon(text[at:]):
            found.append(at)
    return found


def _whole(part: str) -> str:
    """Without the bracket whose other half stands in another part."""
    part = part.strip().rstrip("-–+(| ")
    if part.startswith("(") and part.count("(") > part.count(")"):
        part = part[1:]
    ends = part.rstrip(" .;,")
    if ends.endswith(")") and part.count(")") > part.count("("):
        part = ends[:-1]
    return part


def _key_start(text: str, after: int, colon: int) -> int | None:
    """Where the key that ends at the colon begins, when it begins a clause or with a capital letter."""
    low = max(after, colon - 60, text.rfind(":", 0, colon) + 1)
    best = None
    at = colon
    while at > low:
        at = text.rfind(" ", low, at)
        if at == -1:
            break
        begin = at + 1
        if text[begin : begin + 6].lower().split(" ")[0].strip("(:") not in _STARTS:
            continue
        before = text[low:begin].rstrip(" *-–+|")
        parted = before.endswith((".", ";", ",", "(", ")", ":"))
        if (parted or text[begin].isupper() or text[begin] == "(") and _is_key(text, begin, colon):
            best = begin
    return 0 if low == 0 and _is_key(text, 0, colon) else best


def _is_key(text: str, begin: int, colon: int) -> bool:
    kind = kind_of(text[begin:colon].lstrip("("))
    return kind in (*ROLES, MIXED, DEADLINE, PRODUCT, DETAIL)
