"""Tables without ruled lines: words with places → cells, by what stands below which heading.

The headings are lines made of words that headings are made of. Between two of them the cut lies where the
fewest lines have a letter; every page is cut anew, for columns move. A row begins at its number, or where
lines are further apart, or - where cells stand in the middle of their row - as far above its number as below.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from feedback.importer.columns import NUMBER, TASK, column_kind, is_table_of_tasks
from feedback.importer.readers.grid import Word
from feedback.importer.readers.rowing import pitch_of, rows_of

Row = list[Word]
LABEL = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3}){0,3}|[IVX]{1,5}|[A-H]|[a-zđ])[.)]{0,2}")
_END = re.compile(r"nơi nhận\s?:|(?:TM|KT|TL|TUQ|T/M)\s?\.|trên đây là |phụ lục", re.I)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SAID = _words(
    "tt stt số thứ tự nội dung nhiệm vụ công việc hoạt động giải pháp tên đề án dự văn bản cơ quan đơn vị bộ phận "
    "người chủ trì phối hợp thực hiện tham mưu gia đầu mối phụ trách chịu trách nhiệm phân thời gian hạn điểm "
    "tiến độ mốc hoàn thành bắt kết thúc kiến sản phẩm quả ra ghi chú kinh phí nguồn căn cứ chính các và hoặc "
    "chi tiết cụ thể lộ trình địa hình thức cấp ban hành ngày tháng năm triển khai tổ yêu cầu lĩnh vực hỗ trợ "
    "lực lượng danh mục hạng toán triệu đồng phương sở ngành phải làm giao việc"
)
MAX_HEADING_ROWS, MAX_ROWS = 8, 400
PROSE = 3  # lines over all columns, one after the other, are none of a table
SPACE = 0.5  # of a line's height: words nearer than this are one text


@dataclass
class Columns:
    """The headings' words and places, from left to right."""

    places: list[tuple[float, float]]
    headings: list[str]
    kinds: list[str | None] = field(default_factory=list)

    @property
    def task(self) -> int:
        return self.kinds.index(TASK)

    @property
    def number(self) -> int | None:
        return self.kinds.index(NUMBER) if NUMBER in self.kinds else None


@dataclass
class Aligned:
    """A table on a page: its first line, the one after it, and its rows (headings first where it has some)."""

    first: int
    end: int
    rows: list[list[str]]


def aligned_tables(rows: list[Row], carried: Columns | None = None) -> tuple[list[Aligned], Columns | None]:  # fmt: skip
    """The page's tables, and the columns of one that may go on on the next page."""
    found: list[Aligned] = []
    at = 0
    columns = None
    if carried is not None and (table := _body(rows, _top(rows), carried, going_on=True)):
        found.append(table)
        at, columns = table.end, carried
    while at < len(rows):
        heading = _heading(rows, at)
        if heading is None:
            at += 1
            continue
        first, after, columns = heading
        table = _body(rows, after, columns, going_on=carried is not None and first <= _top(rows))
        if table is None:
            at = after
            columns = None
            continue
        found.append(Aligned(first, table.end, [columns.headings, *table.rows]))
        at = table.end
    rest = [row for row in rows[found[-1].end :] if not _is_page_number(row)] if found else []
    return found, columns if found and not rest else None


def _top(rows: list[Row]) -> int:
    """Past the page's number."""
    return next((at for at, row in enumerate(rows) if not _is_page_number(row)), len(rows))


def _is_page_number(row: Row) -> bool:
    return len(row) == 1 and row[0].text.strip("-–").isdigit() and len(row[0].text) < 5


def parts_of(row: Row) -> list[tuple[float, float, str]]:
    """The texts of a line, parted by gaps wider than a space."""
    found: list[tuple[float, float, str]] = []
    for word in row:
        if found and word.left - found[-1][1] < 0.6 * word.height:
            left, _right, text = found[-1]
            found[-1] = (left, word.right, f"{text} {word.text}")
        else:
            found.append((word.left, word.right, word.text))
    return found


def _heading(rows: list[Row], at: int) -> tuple[int, int, Columns] | None:
    """The headings that begin at this line: their first line, the line after them, the columns."""
    if not _is_said(rows[at]):
        return None
    end = at + 1
    while end < len(rows) and end - at < MAX_HEADING_ROWS and _is_said(rows[end]):
        end += 1
    best: tuple[int, int, Columns] | None = None
    for first in range(end - 1, at - 1, -1):
        columns = _columns(rows[first:end])
        known = sum(kind is not None for kind in columns.kinds)
        tasks = len(columns.kinds) > 2 and is_table_of_tasks(columns.kinds)
        if tasks and (best is None or known > sum(k is not None for k in best[2].kinds)):
            best = first, end, columns
    return best


def _is_said(row: Row) -> bool:
    """Whether the line is made of words that headings are made of."""
    words = [w for word in row for w in re.split(r"[^\w]+", word.text.lower()) if w]
    return bool(words) and sum(word in _SAID for word in words) >= 0.8 * len(words)


def _columns(rows: list[Row]) -> Columns:
    """Headings over one another are one column's; one over several others is none of its own."""
    found: list[list[tuple[float, float, str]]] = []
    for row in rows:
        parts = parts_of(row)
        for column in [c for c in found if sum(_over(c, part) for part in parts) > 1]:
            found.remove(column)
        for part in parts:
            over = [column for column in found if _over(column, part)]
            if len(over) == 1:
                over[0].append(part)
            elif not over:
                found.append([part])
    found.sort(key=lambda column: column[0][0])
    places = [(min(p[0] for p in column), max(p[1] for p in column)) for column in found]
    headings = [" ".join(part[2] for part in column) for column in found]
    return Columns(places, headings, [column_kind(heading) for heading in headings])


def _over(column: list[tuple[float, float, str]], part: tuple[float, float, str]) -> bool:
    return any(part[0] < one[1] and part[1] > one[0] for one in column)


def _body(rows: list[Row], start: int, columns: Columns, *, going_on: bool) -> Aligned | None:
    """The table's rows from this line on."""
    last = min(len(rows), start + MAX_ROWS)
    last = next((at for at in range(start, last) if _ends(rows[at])), last)
    cuts = _cuts(rows[start:last], columns)
    if last <= start:
        return None
    tops = [min(word.middle for word in row) for row in rows[start:last]]
    heights = [max(word.height for word in row) for row in rows[start:last]]
    end = _end(rows, start, last, cuts, columns, pitch_of(tops, heights))
    if end <= start or (going_on and not _looks_on(rows[start:end], cuts)):
        return None
    lines = [_cells(row, cuts, columns) for row in rows[start:end]]
    count = end - start
    told = rows_of(
        lines, tops[:count], heights[:count], columns.number, columns.task, going_on=going_on
    )
    return Aligned(start, end, told)


def _ends(row: Row) -> bool:
    return any(_END.match(text) for _left, _right, text in parts_of(row))


def _looks_on(rows: list[Row], cuts: list[float]) -> bool:
    """Whether lines on a new page are those of a table: one of the first ones stands in several columns."""
    return any(len(_filled(row, cuts)) > 1 and not _crosses(row, cuts) for row in rows[:4])


def _cuts(rows: list[Row], columns: Columns) -> list[float]:
    """Between two headings the widest place where the fewest lines have a letter."""
    right = int(max((word.right for row in rows for word in row), default=0)) + 2
    taken = [0] * (right + 1)
    for row in rows:
        for word in row:
            for at in range(max(0, int(word.left)), min(right, int(word.right) + 1)):
                taken[at] += 1
    cuts: list[float] = []
    for one, other in zip(columns.places, columns.places[1:], strict=False):
        low = int(max((one[0] + one[1]) / 2, cuts[-1] + 4 if cuts else 0))
        high = min(int((other[0] + other[1]) / 2), right)
        cuts.append(_widest(taken, low, max(high, low + 1), (one[1] + other[0]) / 2))
    return cuts


def _widest(taken: list[int], low: int, high: int, middle: float) -> float:
    spots = range(low, min(high, len(taken)))
    fewest = min((taken[at] for at in spots), default=0)
    best, begun = (0, float(middle)), None
    for at in (*spots, high):
        free = at < high and at < len(taken) and taken[at] == fewest
        if free and begun is None:
            begun = at
        elif not free and begun is not None:
            best = max(best, (at - begun, (begun + at) / 2))
            begun = None
    return best[1]


def _end(rows: list[Row], start: int, last: int, cuts: list[float], columns: Columns, pitch: float) -> int:  # fmt: skip
    """The line after the table's last one."""
    end, prose = start, 0
    for at in range(start, last):
        if _crosses(rows[at], cuts):
            prose += 1
            if prose >= PROSE or _heading(rows, at) is not None:
                break
            continue
        filled = _filled(rows[at], cuts)
        if len(filled) > 1:
            end, prose = at + 1, 0
        elif end == at and _goes_on(rows, at, filled, columns, 1.3 * pitch):
            end = at + 1
    return end


def _goes_on(rows: list[Row], at: int, filled: set[int], columns: Columns, step: float) -> bool:
    """A line in one column alone goes on a cell, where it follows closely and is no heading of the text."""
    text = " ".join(word.text for word in rows[at])
    if at == 0 or filled == {columns.number} or re.match(r"(?:[IVX]{1,5}|\d{1,2})\.\s", text):
        return False
    return rows[at][0].middle - rows[at - 1][0].middle < step


def _filled(row: Row, cuts: list[float]) -> set[int]:
    return {_column(word, cuts) for word in row}


def _column(word: Word, cuts: list[float]) -> int:
    return sum(cut <= word.centre for cut in cuts)


def _crosses(row: Row, cuts: list[float]) -> bool:
    """Whether a text of the line goes over a cut as if there were none."""
    for cut in cuts:
        for one, other in zip(row, row[1:], strict=False):
            if one.centre < cut <= other.centre and other.left - one.right < SPACE * one.height:
                return True
        if any(word.left + 3 < cut < word.right - 3 for word in row):
            return True
    return False


def _cells(row: Row, cuts: list[float], columns: Columns) -> list[str]:
    """The line's words by column; a heading over all columns stands in that of the tasks."""
    cells: list[list[str]] = [[] for _place in columns.places]
    if _crosses(row, cuts):
        label = columns.number is not None and len(row) > 1 and LABEL.fullmatch(row[0].text)
        if label and columns.number is not None:
            cells[columns.number].append(row[0].text)
        cells[columns.task] = [word.text for word in (row[1:] if label else row)]
    else:
        for word in row:
            cells[_column(word, cuts)].append(word.text)
    return [" ".join(words) for words in cells]
