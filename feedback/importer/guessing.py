"""What words mean that the grammar does not know: told by what stands behind them, never by a list of forms.

Keys ("Người làm: Đoàn Thanh niên xã", "Xong trước: 30/3/2026") that a document uses again and again with
bodies or times behind them are put in known words; headings of columns that say nothing are told by their cells.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from feedback.importer.agencies import begins_with_agency, names_alone
from feedback.importer.dates import is_time
from feedback.importer.labels import read_label
from feedback.importer.readers.pieces import Line, Piece
from feedback.importer.roles import COORDINATING, DEADLINE, IMPLEMENTING, LEAD, MIXED, kind_of

_KEY = re.compile(r"(?:^|(?<=[.;|(–] )|(?<=\())([^\W\d][^:.;,|()–\n]{1,39})\s?:")
_LEADS = ("trì", "chính", "đầu mối", "trách nhiệm", "cầm", "đứng ra")
_JOINS = ("cùng", "phối", "giúp", "hỗ trợ", "kèm", "tham gia", "với", "phụ ", "chung sức", "góp")
_LETTERS = {
    "ct": LEAD,
    "đvct": LEAD,
    "cqct": LEAD,
    "ph": COORDINATING,
    "đvph": COORDINATING,
    "cqph": COORDINATING,
}
# keys with bodies behind them that do not do the task
_OTHERS = (
    *("kính", "nơi", "gửi", "báo cáo", "trình", "giám sát", "thẩm định", "phê duyệt", "ban hành", "gồm", "như", "sau"),
    *("trưởng", "phó", "thành viên", "thư ký", "địa điểm", "đối tượng", "tại", "căn cứ", "hỗ trợ cho", "lưu", "ký"),
)  # fmt: skip
_KNOWN = {LEAD: "Cơ quan chủ trì", COORDINATING: "Cơ quan phối hợp", IMPLEMENTING: "Cơ quan thực hiện", DEADLINE: "Thời hạn"}  # fmt: skip
_ANYBODY = frozenset(
    {"đơn vị", "cơ quan", "bộ phận", "địa phương", "lực lượng", "ban, ngành", "đơn vị, địa phương"}
)
OFTEN, MOST = 2, 0.6
MAX_LINES = 6000
MAX_WORDS = 6


def role_of_words(words: str) -> str:
    """Whose act unknown words tell: of who leads, of who joins in, or of who does it."""
    lower = f" {words.lower()} "
    if lower.strip() in _LETTERS:
        return _LETTERS[lower.strip()]
    if any(word in lower for word in _JOINS):
        return COORDINATING
    return LEAD if any(word in lower for word in _LEADS) else IMPLEMENTING


def in_known_words(pieces: list[Piece]) -> tuple[list[Piece], set[int]]:
    """The pieces with the document's own keys in known words, and the numbers of the lines so changed."""
    lines = [piece for piece in pieces if isinstance(piece, Line)]
    learned = _learned(lines) if len(lines) <= MAX_LINES else {}
    if not learned:
        return pieces, set()
    changed: set[int] = set()
    found: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, Line) and ":" in piece.text:
            text = _KEY.sub(lambda key: _told(key, learned), piece.text)
            label = read_label(text)
            if label is not None:
                words = _KEY.sub(lambda key: _told(key, learned), label.words)
                text = text[: len(text) - len(label.words)] + words
            if text != piece.text:
                changed.add(piece.number)
                piece = replace(piece, text=text)
        found.append(piece)
    return found, changed


def _told(key: re.Match[str], learned: dict[str, str]) -> str:
    kind = learned.get(_plain(key[1]))
    return f"{_KNOWN[kind]}:" if kind else key[0]


def _plain(key: str) -> str:
    return " ".join(key.lower().split())


def _learned(lines: list[Line]) -> dict[str, str]:
    """Keys that stand again and again before bodies or times, with what they mean."""
    seen, bodies, times, known = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for at, line in enumerate(lines):
        if ":" not in line.text:
            continue
        label = read_label(line.text)
        words = label.words if label else line.text
        for key in _KEY.finditer(words):
            name = _plain(key[1])
            kind = kind_of(name)
            if kind is not None:
                known[kind] += 1
                continue
            if len(name.split()) > MAX_WORDS or _is_name(key[1]):
                continue
            value = _value(words[key.end() :]) or _below(lines, at)
            seen[name] += 1
            bodies[name] += begins_with_agency(value) and value[:1].isupper() and names_alone(value)
            times[name] += is_time(value)
    found: dict[str, str] = {}
    for name, count in seen.items():
        if count >= OFTEN and bodies[name] >= MOST * count and not _is_other(name):
            found[name] = role_of_words(name)
        elif count >= OFTEN and times[name] >= MOST * count:
            found[name] = DEADLINE
    return {name: kind for name, kind in found.items() if not _is_given(kind, known)}


def _is_name(key: str) -> bool:
    return begins_with_agency(key) and _plain(key) not in _ANYBODY


def _is_other(name: str) -> bool:
    return any(f" {word}" in f" {name}" for word in _OTHERS)


def _is_given(kind: str, known: Counter[str]) -> bool:
    """Whether the document says the same with known keys: then this one says something else."""
    if kind in (LEAD, IMPLEMENTING):
        return known[LEAD] + known[IMPLEMENTING] + known[MIXED] >= OFTEN
    return known[kind] >= OFTEN


def _value(rest: str) -> str:
    """What stands behind a key, up to the end of its clause."""
    following = _KEY.search(rest)
    text = rest[: following.start() if following else 200]
    return re.split(r"[;|]|\. |\.$", text, maxsplit=1)[0].strip(" *_,(–-)")


def _below(lines: list[Line], at: int) -> str:
    below = next((line.text for line in lines[at + 1 : at + 3] if line.text), "")
    label = read_label(below)
    return (label.words if label and label.is_bullet else below).strip(" .;,")
