"""Lines → paragraphs: what a page end or the width of a line has cut is whole again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from feedback.importer.agencies import begins_with_agency, names_alone
from feedback.importer.dates import is_time
from feedback.importer.labels import DASH, LETTER, NUMBER, PLUS, ROUND, Label, read_label
from feedback.importer.names import NARRATIVE, NO_VERBS, VERBS
from feedback.importer.readers.pieces import Line
from feedback.importer.roles import DEADLINE, DETAIL, ROLES, TASK, kind_of, read_field
from feedback.importer.turns import is_closing

_BARE_LABEL = re.compile(
    r"[-–—+•●\uf0b7\uf02d\uf0a7]|\d{1,2}(?:\.\d{1,2}){0,4}[.)]|[a-zđ]\)|[IVX]{1,5}\."
)
_ENDS = (".", ";", ":", "!", "?", "”", '"', ")", "…")
MAX_WRAPPED = 130  # a document whose lines are longer has one paragraph a line
WRAPS = 25  # and so has one where not one line of so many begins with a small letter
FULL = 0.7
SHORT = 0.5
MAX_ALONE = 40  # letters of a key alone on its line


@dataclass
class Para:
    """One paragraph: its label, its words, and the lines that it was made of."""

    label: Label | None
    text: str
    first: int
    last: int
    page: int | None = None

    def add(self, line: Line) -> None:
        cut = self.text.endswith("-") and self.text[-2:-1].isalnum()
        self.text += line.text if cut else " " + line.text
        self.last = line.number


@dataclass(frozen=True)
class Shape:
    """How wide the text's lines are (nine of ten are no longer), and whether sentences go on on the next."""

    width: int
    wraps: bool


def shape_of(lines: Iterable[Line]) -> Shape:
    texts = [line.text for line in lines if line.text]
    lengths = sorted(map(len, texts))
    width = lengths[len(lengths) * 9 // 10] if lengths else 0
    low = sum(text[0].islower() and read_label(text) is None for text in texts)
    return Shape(width, width <= MAX_WRAPPED and low * WRAPS >= len(texts))


def paragraphs(lines: list[Line]) -> list[Para]:
    """Cut the lines into paragraphs. An empty line parts them, unless it stands within a sentence."""
    shape = shape_of(lines)
    found: list[Para] = []
    gap, last = True, ""
    for line in _joined_keys(_joined_labels(lines)):
        if not line.text:
            gap = True
            continue
        label = read_label(line.text)
        if not found or _begins(found[-1], last, line.text, label, gap, shape):
            found.append(Para(label, line.text, line.number, line.number, line.page))
        else:
            found[-1].add(line)
        gap, last = False, line.text
    for para in found:
        para.text = " ".join(para.text.split())
        if para.label is not None:
            para.label = read_label(para.text) or para.label
    return found


def _joined_labels(lines: list[Line]) -> list[Line]:
    """A label alone on its line belongs to the words on the next one."""
    found: list[Line] = []
    waiting: Line | None = None
    for line in lines:
        if waiting is not None and line.text:
            line = Line(waiting.number, f"{waiting.text} {line.text}", waiting.page)
            waiting = None
        if _BARE_LABEL.fullmatch(line.text):
            waiting = line
        elif waiting is None:
            found.append(line)
    return found


def _joined_keys(lines: list[Line]) -> list[Line]:
    """A key alone on its line, without a colon, and below it whom or when it means."""
    found: list[Line] = []
    for line in lines:
        key = next((one for one in reversed(found[-2:]) if one.text), None)
        if key is not None and line.text and len(key.text) <= MAX_ALONE and ":" not in key.text:
            kind = kind_of(key.text) if " " in key.text and key.text[:1].isupper() else None
            value = begins_with_agency(line.text) and kind in ROLES or is_time(line.text) and kind == DEADLINE  # fmt: skip
            if value and kind_of(line.text) is None:
                found[found.index(key)] = Line(key.number, f"{key.text}: {line.text}", key.page)
                continue
        found.append(line)
    return found


def _begins(para: Para, last: str, text: str, label: Label | None, gap: bool, shape: Shape) -> bool:  # fmt: skip
    """Whether a line begins a paragraph of its own after ``para``, whose last line is ``last``."""
    ended = para.text.endswith(_ENDS)
    if label is not None:
        return gap or ended or _is_plausible(para, last, label, shape.width)
    if text[0].islower():
        return gap and ended
    if gap or read_field(text) is not None or ended and is_closing(text):
        return True
    if _is_headed(para, text, shape.width):
        return True
    full = len(last) >= FULL * shape.width
    if shape.width > MAX_WRAPPED:
        return True
    if not shape.wraps:
        return ended or not (full or text[0].isdigit())
    return ended and not para.text.endswith((")", '"', "”")) and not full


def _is_headed(para: Para, text: str, width: int) -> bool:
    """A short line with a label that is a whole heading: a body, and the next line says what that body does."""
    label = para.label
    if (
        label is None
        or label.is_bullet
        or len(para.text) >= SHORT * width
        or para.first != para.last
    ):
        return False
    if text.startswith("Giao ") and begins_with_agency(text[5:]):
        return True  # the heading has ended, whatever it is
    pair = " ".join(text.split(" ", 2)[:2]).lower().rstrip(",.;:")
    deed = pair in NARRATIVE or pair.split(" ")[0] in VERBS and pair not in NO_VERBS
    return deed and begins_with_agency(label.words) and names_alone(label.words)


def _is_plausible(para: Para, last: str, label: Label, width: int) -> bool:
    """A label after a line without a full stop: not the dash or number that a wrapped line begins with."""
    full = width <= MAX_WRAPPED and len(last) >= FULL * width
    if label.rank[0] in (DASH, PLUS):
        return not full or read_field(label.words) is not None
    if label.rank[0] == NUMBER and full:
        return label.name.endswith("1") or label.words[:1].isupper()
    return True


def _is_bare_key(label: Label) -> bool:
    """Words behind a deep label that are a key and nothing else, without a colon."""
    words = label.words
    deep = label.rank[0] in (LETTER, ROUND) or label.rank > (NUMBER, 0) and label.rank[0] == NUMBER
    if not deep or ":" in words or len(words) > MAX_ALONE or words.count(" ") < 1:
        return False
    kind = kind_of(words.rstrip("."))
    told = kind in ROLES and words.lower().startswith(("cơ quan", "đơn vị"))
    return told or kind in (TASK, DEADLINE)


def with_contents(paras: list[Para]) -> list[Para]:
    """``a) Nội dung: …`` before ``b) Đơn vị chủ trì: …`` loses its letter: both are fields of the item above,
    and so are ``b) Địa điểm: …`` and the like between them."""
    rank: tuple[int, ...] | None = None
    is_field = False
    for para in reversed(paras[1:]):
        if para.label is None or para.label.is_bullet:
            continue
        if _is_bare_key(para.label):  # b) Cơ quan thực hiện
            para.text += ":"
            para.label = read_label(para.text) or para.label
        found = read_field(para.text)
        beside = is_field and para.label.rank == rank
        rank = para.label.rank
        is_field = found is not None and (beside or found.kind not in (TASK, DETAIL))
        if beside and found is not None and found.kind == TASK:
            para.text, para.label = para.label.words, None
    return paras
