"""The noticeboard sheet: who says it, what it is about, where it stands, how to ask. One page, always."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from feedback.reports.writers.pdf import (
    BOTTOM,
    DIM,
    GOLD,
    GREEN,
    HEAD,
    INK,
    LINE,
    MARGIN,
    RED,
    WIDTH,
    Paper,
    leading,
)

ASK = 54.0  # height of the box with the QR
FOOT = 15.0
SIZES = (14, 12.5, 11)
TITLES = ((27, 2), (22, 3), (17, 5))  # size, and the lines that it may take


@dataclass(frozen=True)
class Section:
    """A heading with paragraphs, or with rows of cells; ``head`` stands above them in bold."""

    title: str
    text: str = ""
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    widths: tuple[float, ...] = ()  # shares of the width, one a cell


@dataclass(frozen=True)
class Sheet:
    """What a noticeboard sheet says."""

    office: tuple[str, str]
    kind: tuple[str, str]
    title: str
    about: str
    note: tuple[str, str]
    ask: Section
    address: str
    alt: str
    foot: tuple[str, str]
    more: str  # where something had to be left out
    steps: Mapping[str, str] = field(default_factory=dict)  # word → done | now | next
    beside: tuple[Section, ...] = ()  # two, side by side
    below: tuple[Section, ...] = ()


def write(sheet: Sheet, language: str) -> bytes:
    """The sheet as PDF."""
    paper = Paper(sheet.title, language)
    _top(paper, sheet)
    _title(paper, sheet)
    if sheet.steps:
        _rail(paper, sheet.steps)
    _note(paper, *sheet.note)
    floor = BOTTOM - ASK - FOOT - 4
    if sheet.beside:
        _beside(paper, sheet, floor)
    size = _largest(paper, sheet, floor)
    for section in sheet.below:
        _section(paper, section, sheet.more, x=MARGIN, width=WIDTH, floor=floor, size=size)
        paper.ln(2.5)
    _ask(paper, sheet)
    _foot(paper, sheet.foot)
    return paper.bytes()


def _top(paper: Paper, sheet: Sheet) -> None:
    _mark(paper, MARGIN + 7, 19, 7)
    for y, text, bold in ((13.8, sheet.office[0], True), (19.2, sheet.office[1], False)):
        paper.set_y(y)
        paper.said(text, 105, x=MARGIN + 18, size=11, bold=bold, most=1)
    paper.set_font(HEAD, "", 14.5)
    paper.ink(RED)
    paper.set_xy(MARGIN + 110, 12.6)
    with paper.tagged("P"):
        paper.multi_cell(WIDTH - 110, 6.4, "\n".join(sheet.kind), align="R")
    paper.set_y(28)
    paper.rule(RED, 0.55)


def _mark(paper: Paper, x: float, y: float, radius: float) -> None:
    with paper.ornament():
        paper.set_fill_color(*RED)
        paper.circle(x, y, radius, style="F")
        paper.set_fill_color(*GOLD)
        scale = radius / 20
        for turn in range(0, 360, 60):
            with paper.rotation(turn, x, y):
                paper.rect(
                    x - 5.4 * scale,
                    y - 14.6 * scale,
                    10.8 * scale,
                    3.6 * scale,
                    style="F",
                    round_corners=True,
                    corner_radius=1.4 * scale,
                )
        paper.circle(x, y, 4.2 * scale, style="F")


def _title(paper: Paper, sheet: Sheet) -> None:
    paper.set_y(32)
    for size, most in TITLES:
        paper.set_font(HEAD, "", size)
        lines = paper.balanced(sheet.title, WIDTH)
        if len(lines) <= most:
            break
    else:
        lines = [*lines[: most - 1], lines[most - 1] + " …"]
    paper.ink()
    paper.set_x(MARGIN)
    with paper.tagged("H1"):
        paper.multi_cell(
            WIDTH, size * 0.353 * 1.27, "\n".join(lines), align="L", new_x="LEFT", new_y="NEXT"
        )
    paper.ln(1)
    paper.said(sheet.about, size=11, most=2, colour=DIM)
    paper.ln(2.5)


def _rail(paper: Paper, steps: Mapping[str, str]) -> None:
    """Six joints; what they say stands under them in words, and in the note."""
    wide, y = WIDTH / len(steps), paper.get_y()
    colours = {"done": GREEN, "now": RED}
    for place, (word, state) in enumerate(steps.items()):
        x, colour = MARGIN + place * wide, colours.get(state)
        with paper.ornament():
            paper.set_draw_color(*(colour or DIM))
            paper.set_fill_color(*(colour or (255, 255, 255)))
            paper.set_line_width(0.35)
            paper.rect(x + 0.6, y, wide - 1.2, 4.4, "DF", round_corners=True, corner_radius=0.9)
        paper.set_xy(x, y + 5.2)
        bold = state == "now"
        paper.said(word, wide, x=x, size=10.5, bold=bold, align="C", colour=colour or INK)
    paper.set_y(y + 11.5)


def _note(paper: Paper, strong: str, rest: str) -> None:
    y = paper.get_y()
    paper.said(f"{strong} {rest}".strip(), WIDTH - 6, x=MARGIN + 5, size=11.5, bold=True, most=3)
    with paper.ornament():
        paper.set_fill_color(*RED)
        paper.rect(MARGIN, y, 1.1, paper.get_y() - y, style="F")
    paper.ln(3.5)


def _beside(paper: Paper, sheet: Sheet, floor: float) -> None:
    """Two sections beside each other, so tall that what follows still has room."""
    top, gap = paper.get_y(), 8.0
    narrow = (WIDTH - gap) * 0.48
    needed = sum(_needs(paper, section) for section in sheet.below)
    floor = max(top + 40, floor - needed)
    places = ((MARGIN, narrow), (MARGIN + narrow + gap, WIDTH - gap - narrow))
    deepest = top
    for section, (x, width) in zip(sheet.beside, places, strict=False):
        paper.set_y(top)
        _section(paper, section, sheet.more, x=x, width=width, floor=floor)
        deepest = max(deepest, paper.get_y())
    paper.set_y(deepest + 2.5)


def _largest(paper: Paper, sheet: Sheet, floor: float) -> float:
    """As large as what stands below can be read from afar and still be whole."""
    room = floor - paper.get_y()
    for size in SIZES[1 if sheet.beside else 0 :]:
        texts = [s.text for s in sheet.below if s.text]
        needed = sum(paper.height(text, WIDTH, size) for text in texts) + 12 * len(sheet.below)
        rows = sum(7.5 * len(section.rows) for section in sheet.below)
        if needed + rows <= room:
            return size
    return SIZES[-1]


def _needs(paper: Paper, section: Section) -> float:
    text = paper.height(section.text, WIDTH, 11) if section.text else 0
    return 12 + min(text, 60) + min(len(section.rows), 7) * 7.2


def _section(
    paper: Paper,
    section: Section,
    more: str,
    *,
    x: float,
    width: float,
    floor: float,
    size: float = 11,
) -> None:
    if paper.get_y() + 14 > floor:
        return
    paper.heading(section.title, width, x=x)
    if section.text:
        room = int((floor - paper.get_y() - 5) / leading(size))
        if not paper.said(section.text, width, x=x, size=size, most=max(1, room)):
            paper.said(more, width, x=x, size=9.5, colour=DIM, most=1)
        paper.ln(1.5)
    widths = [share * width for share in section.widths]
    if section.head:
        _row(paper, section.head, widths, x, bold=True)
    for number, cells in enumerate(section.rows):
        tallest = max(
            paper.height(cell, wide - 2, 10.5) for cell, wide in zip(cells, widths, strict=True)
        )
        left = floor - paper.get_y() - 7
        if number == 0 or tallest <= left:  # a first one is cut: something must stand there
            _row(paper, cells, widths, x, bold=False, most=max(1, int(left / leading(10.5))))
        if tallest > left:
            paper.said(more, width, x=x, size=9.5, colour=DIM, most=1)
            return


def _row(
    paper: Paper,
    cells: Sequence[str],
    widths: Sequence[float],
    x: float,
    *,
    bold: bool,
    most: int = 99,
) -> None:
    last = len(cells) - 1
    paper.row(
        [
            (cell, wide, bold or (n == last and n > 1))
            for n, (cell, wide) in enumerate(zip(cells, widths, strict=True))
        ],
        x=x,
        most=most,
    )
    with paper.ornament():
        paper.set_draw_color(*LINE)
        paper.set_line_width(0.2)
        paper.line(x, paper.get_y(), x + sum(widths), paper.get_y())


def _ask(paper: Paper, sheet: Sheet) -> None:
    top = BOTTOM - FOOT - ASK
    with paper.ornament():
        paper.set_draw_color(*INK)
        paper.set_line_width(0.55)
        paper.rect(MARGIN, top, WIDTH, ASK, "D", round_corners=True, corner_radius=2)
    paper.set_y(top + 4)
    paper.heading(sheet.ask.title, WIDTH - 58, x=MARGIN + 5)
    for line in sheet.ask.text.split("\n"):
        paper.said(line, WIDTH - 60, x=MARGIN + 5, size=11, most=2)
    paper.qr(sheet.address, sheet.alt, x=MARGIN + WIDTH - 52, y=top + 3, side=48)


def _foot(paper: Paper, lines: tuple[str, str]) -> None:
    paper.set_y(BOTTOM - FOOT + 3)
    for line in lines:
        paper.said(line, size=8.6, most=2)
        paper.ln(1.2)
