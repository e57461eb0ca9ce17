"""Which lines of a torn row make which cell: each division is weighed, the best one taken."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from feedback.importer.agencies import begins_with_agency, names_alone
from feedback.importer.columns import AGENCIES, BASIS, PRODUCT, TASK
from feedback.importer.roles import DEADLINE

_WHEN = re.compile(
    r"(?:tháng|quý|năm|trước|thường\s(?:xuyên|kỳ|niên)|hằng|hàng|từ|trong|đến|theo|kỳ họp|giai đoạn|ngày|sau|chậm nhất"
    r"|định kỳ|khi|cả năm|hoàn thành|liên tục|các năm|những năm)(?:\s|$)|(?:19|20)\d\d(?:\D|$)|\d{1,2}/\d",
    re.I,
)
_BASIS = re.compile(
    r"(?:nghị quyết|nghị định|luật|quyết định|chương trình|kế hoạch|kết luận|chỉ thị|thông báo|thông tư"
    r"|công văn|đề án|điều|khoản|hiến pháp|văn bản|công điện|hướng dẫn|quy định)(?:\s|$)",
    re.I,
)
_ASKING = (
    "của",
    "với",
    "và",
    "các",
    "về",
    "trong",
    "cho",
    "do",
    "số",
    "ngày",
    "từ",
    "đến",
    "theo",
    "là",
    "trình",
    "gửi",
)
_HALVES = frozenset({"Ban", "Bộ", "Sở", "Ủy", "Uỷ", "Văn", "Công", "Cơ", "Thủ", "Trung"})
_LONGEST = {DEADLINE: 8, **dict.fromkeys(AGENCIES, 16)}
LONGEST = 45
NEW_PASS, SKIPPED, BAD = -9.0, -1.5, -8.0


@dataclass(frozen=True)
class Fragment:
    """A piece of a line; ``broken`` where a page's end stands before it."""

    text: str
    line: int
    broken: bool = False

    @cached_property
    def is_agency(self) -> bool:
        return begins_with_agency(self.text) and (" " in self.text or len(self.text) > 4)

    @cached_property
    def tells(self) -> bool:
        """Whether it says what somebody does, or begins with a group of things that are no bodies."""
        group = self.text.lower().startswith("các ") and not self.is_agency
        return group or not names_alone(self.text)

    @cached_property
    def is_low(self) -> bool:
        return self.text[:1].islower()

    @cached_property
    def asks(self) -> bool:
        """Whether its last word or mark asks for more."""
        last = self.text.rsplit(" ", 1)[-1].lower()
        return last in _ASKING or self.text in _HALVES or self.text.endswith((",", "-", "("))

    @cached_property
    def depth(self) -> int:
        return self.text.count("(") - self.text.count(")")


Part = tuple[
    int, list[Fragment], bool
]  # column, its fragments, whether it goes on from before a page end


def divide(
    fragments: list[Fragment], kinds: list[str], widths: list[int] | None = None
) -> list[Part]:
    """The best division of the fragments among the columns, in their order.

    A state is the column of the last cell; past the number of columns, the same in a row that goes on
    after a page's end, where any cell may be missing.
    """
    width, count = len(kinds), len(fragments)
    wide = widths or [0] * width
    weights = [
        [_weights(fragments, at, kind, wide[column]) for column, kind in enumerate(kinds)]
        for at in range(count)
    ]
    best: list[dict[int, tuple[float, int, int]]] = [{} for _ in range(count + 1)]
    best[0][-1] = (0.0, -1, -1)
    for at in range(count):
        for before, (score, _, _) in best[at].items():
            for column in range(width):
                step, state = _step(fragments[at], before, column, kinds)
                for length, weight in enumerate(weights[at][column], start=1):
                    total = score + step + weight
                    known = best[at + length].get(state)
                    if known is None or total > known[0]:
                        best[at + length][state] = (total, at, before)
    return _walk_back(fragments, best, width)


def _walk_back(
    fragments: list[Fragment], best: list[dict[int, tuple[float, int, int]]], width: int
) -> list[Part]:
    parts: list[Part] = []
    end = len(fragments)
    column = max(best[end], key=lambda c: best[end][c][0])
    while end > 0:
        _, start, before = best[end][column]
        part = fragments[start:end]
        parts.append((column % width, part, part[0].broken or part[0].is_low))
        end, column = start, before
    return parts[::-1]


def _step(first: Fragment, before: int, column: int, kinds: list[str]) -> tuple[float, int]:
    """What it costs to go from one cell to the next, and the state after it."""
    width = len(kinds)
    last, going_on = before % width if before >= 0 else -1, before >= width
    if column > last:
        missed = sum(1 for kind in kinds[last + 1 : column] if last >= 0 or kind == TASK)
        return (0.0, column + width) if going_on else (SKIPPED * missed, column)
    if first.broken:
        return -0.5, column + width
    return NEW_PASS + (SKIPPED if kinds[column] == TASK else 0.0), column


def _weights(fragments: list[Fragment], at: int, kind: str, width: int) -> list[float]:
    """How well the first 1, 2, 3 … fragments from ``at`` make a cell of this kind."""
    first = fragments[at]
    start = _start(fragments, at, kind)
    found: list[float] = []
    inner, depth, longest, letters = 0.0, 0, 0, 0
    going_on = width > 0 and first.is_low and _after_break(fragments, at)
    for length in range(1, min(_LONGEST.get(kind, LONGEST), len(fragments) - at) + 1):
        fragment = fragments[at + length - 1]
        if length > 1:
            inner += _within(fragments[at + length - 2], fragment, kind, depth)
            if fragment.broken:
                break
        depth += fragment.depth
        longest = max(longest, len(fragment.text))
        letters += len(fragment.text)
        unlike = _unlike(longest, letters, length, width) if going_on else 0.0
        opened = -3.0 if depth > 0 else 0.0
        asking = -3.0 if fragment.asks and at + length < len(fragments) else 0.0
        found.append(start + inner + opened + asking + unlike)
    return found or [BAD if first.broken else start]


def _unlike(longest: int, letters: int, count: int, width: int) -> float:
    """Lines that are wider than their column, or much narrower, hardly stand in it."""
    if longest > width + 3:
        return -4.0
    if count > 3 and letters * 2 < width * count:
        return -12.0  # not half as wide, one after the other
    return -3.0 if count > 2 and longest * 3 < width * 2 else 0.0


def _start(fragments: list[Fragment], at: int, kind: str) -> float:
    first = fragments[at]
    going_on = first.broken or (at > 0 and fragments[at - 1].broken and first.is_low)
    score = 0.0
    if first.is_low:
        score -= 0.5 if going_on or _after_break(fragments, at) else 6.0
        if first.text.split(" ", 1)[0] in _ASKING:
            score -= 0.5
    words = first.text + (" " + fragments[at + 1].text if at + 1 < len(fragments) else "")
    is_when, is_basis = bool(_WHEN.match(words)), bool(_BASIS.match(words))
    if kind in AGENCIES:
        return score + (4.0 if first.is_agency else -2.0 if going_on else BAD) - 4.0 * first.tells
    if kind == DEADLINE:
        return score + (4.0 if is_when and not first.is_low else BAD)
    if kind == BASIS:
        return score + (3.0 if is_basis else -3.0)
    if kind in (PRODUCT, TASK):
        score += (
            0.5 - (4.0 if first.is_agency else 0.0) - (3.0 if is_when and not first.is_low else 0.0)
        )
        return score + (0.5 if kind == TASK else 0.0)
    return score


def _after_break(fragments: list[Fragment], at: int) -> bool:
    """Whether only lines in small letters stand between here and the page's end."""
    while at > 0 and fragments[at].is_low and not fragments[at].broken:
        at -= 1
    return fragments[at].broken


def _within(before: Fragment, fragment: Fragment, kind: str, depth: int) -> float:
    """The cost of a fragment that goes on a cell."""
    if kind in AGENCIES and depth <= 0 and fragment.tells:
        return -4.0
    if fragment.is_low or depth > 0:
        return 0.0
    if kind in AGENCIES:
        if fragment.is_agency:
            return 0.0 if before.asks else -3.0
        return -0.2 if before.asks else -2.5
    score = -0.3
    if fragment.is_agency and not before.asks:
        score -= 1.5
    if kind != DEADLINE and _WHEN.match(fragment.text) and not before.asks:
        score -= 1.0
    if kind != BASIS and _BASIS.match(fragment.text) and not before.asks:
        score -= 0.4
    return score
