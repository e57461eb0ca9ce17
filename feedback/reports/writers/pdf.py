"""A sheet of A4 as PDF: the site's own fonts within, text that can be selected and read aloud.

fpdf2 tags pictures only. Here every piece of text is tagged as well (H1, H2, P in the order of reading), so
that a screen reader finds its way.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import segno
from fpdf import FPDF

from feedback.core import clock

FONTS = Path(__file__).parents[1] / "fonts"
TEXT, HEAD = "notosans", "bevietnam"
INK, DIM, RED, GREEN, GOLD, LINE = (
    (17, 17, 17),
    (80, 74, 70),
    (164, 22, 26),
    (23, 98, 58),
    (229, 176, 74),
    (150, 144, 138),
)
MARGIN, WIDTH = 16.0, 210.0 - 2 * 16.0
BOTTOM = 297.0 - 13.0


class Paper(FPDF):
    """One sheet, written from the top; ``room`` says how far down there is."""

    def __init__(self, title: str, language: str) -> None:
        super().__init__(format="A4")
        self.set_auto_page_break(False)
        self.str_alias_nb_pages = ""  # else "{nb}" in somebody's words becomes a number of pages
        self.set_margins(MARGIN, 12, MARGIN)
        self.c_margin = 0  # text begins where lines begin
        self.add_font(TEXT, "", FONTS / "notosans-400.ttf")
        self.add_font(TEXT, "B", FONTS / "notosans-700.ttf")
        self.add_font(HEAD, "", FONTS / "bevietnampro-700.ttf")
        self.set_title(title)
        self.set_lang(language)
        self.set_creator("")
        self.set_creation_date(clock.now())
        self.add_page()

    @contextmanager
    def tagged(self, kind: str, alt: str = "") -> Iterator[None]:
        """What is written within is one element of the document's structure: H1, H2, P, Figure."""
        place = self.struct_builder.next_mcid_for_page(self.page)
        self._add_marked_content(struct_type=f"/{kind}", mcid=place, alt_text=alt or None)
        self._out(f"/{kind} <</MCID {place}>> BDC")
        yield
        self._out("EMC")

    @contextmanager
    def ornament(self) -> Iterator[None]:
        """Lines and fields that say nothing by themselves."""
        self._out("/Artifact BMC")
        yield
        self._out("EMC")

    def ink(self, colour: tuple[int, int, int] = INK) -> None:
        self.set_text_color(*colour)

    def height(self, text: str, width: float, size: float, *, bold: bool = False) -> float:
        """How much room a text needs."""
        self.set_font(TEXT, "B" if bold else "", size)
        return len(self.broken(text, width)) * leading(size)

    def broken(self, text: str, width: float) -> list[str]:
        """Its lines in the present font."""
        found = self.multi_cell(width, 5, text, dry_run=True, output="LINES", align="L")
        return cast("list[str]", found)

    def balanced(self, text: str, width: float) -> list[str]:
        """Its lines, none of them much shorter than the others: no single word alone on the last one."""
        lines, narrower = self.broken(text, width), width
        while len(lines) > 1 and narrower > width / 2:
            narrower -= 4
            tried = self.broken(text, narrower)
            if len(tried) > len(lines):
                break
            lines = tried
        return lines

    def heading(self, text: str, width: float = WIDTH, *, x: float = MARGIN) -> None:
        self.set_font(HEAD, "", 14)
        self.ink()
        self.set_x(x)
        with self.tagged("H2"):
            self.multi_cell(width, 6.6, text, align="L", new_x="LEFT", new_y="NEXT")
        self.ln(0.8)

    def said(
        self,
        text: str,
        width: float = WIDTH,
        *,
        x: float = MARGIN,
        size: float = 11.5,
        bold: bool = False,
        align: str = "L",
        most: int = 99,
        colour: tuple[int, int, int] = INK,
    ) -> bool:
        """A text of at most so many lines. False where it had to be cut."""
        self.set_font(TEXT, "B" if bold else "", size)
        self.ink(colour)
        lines = self.broken(text, width)
        whole = len(lines) <= most
        if not whole:
            last = lines[most - 1].rstrip()
            kept = (
                last.rpartition(" ")[0] or last[:-2]
            )  # else the mark would stand alone on one more line
            lines = [*lines[: most - 1], kept.rstrip(" .,;:") + " …"]
        self.set_x(x)
        with self.tagged("P"):
            self.multi_cell(
                width, leading(size), "\n".join(lines), align=align, new_x="LEFT", new_y="NEXT"
            )
        return whole

    def rule(self, colour: tuple[int, int, int] = LINE, width: float = 0.2) -> None:
        """A line across the sheet."""
        with self.ornament():
            self.set_draw_color(*colour)
            self.set_line_width(width)
            self.line(MARGIN, self.get_y(), MARGIN + WIDTH, self.get_y())

    def row(
        self,
        cells: Sequence[tuple[str, float, bool]],
        *,
        x: float,
        size: float = 10.5,
        most: int = 99,
    ) -> None:
        """Cells beside each other (text, width, bold) of at most so many lines, a thin line under them."""
        top = self.get_y() + 0.8
        bottom = top
        for text, width, bold in cells:
            self.set_xy(x, top)
            self.said(text, width - 2, x=x, size=size, bold=bold, most=most)
            bottom = max(bottom, self.get_y())
            x += width
        self.set_y(bottom + 1)

    def qr(self, address: str, alt: str, *, x: float, y: float, side: float) -> None:
        """The address as a square, with the white border that cameras want."""
        matrix = [list(line) for line in segno.make(address, error="m", micro=False).matrix]
        step = side / (len(matrix) + 4)
        with self.tagged("Figure", alt):
            self.set_fill_color(255, 255, 255)
            self.rect(x, y, side, side, style="F")
            self.set_fill_color(0, 0, 0)
            for down, line in enumerate(matrix):
                start = None
                for across, dark in enumerate([*line, 0]):
                    if dark and start is None:
                        start = across
                    elif not dark and start is not None:
                        left, top = x + (start + 2) * step, y + (down + 2) * step
                        self.rect(left, top, (across - start) * step, step + 0.02, style="F")
                        start = None

    def bytes(self) -> bytes:
        return bytes(self.output())


def leading(size: float) -> float:
    """Millimetres from line to line."""
    return size * 0.353 * 1.38
