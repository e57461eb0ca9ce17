"""A list with a title, as xlsx or docx. What people typed stays text: no cell is ever a formula."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import IO, Any

import xlsxwriter
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

Cell = str | int | date | None
MOST_ROWS = 2000  # of a docx, which is made in memory; a longer list is for the table


@dataclass(frozen=True)
class Column:
    title: str
    width: int  # characters in the table, shares of the line in the document


@dataclass(frozen=True)
class Listing:
    """What a list says above and below its rows."""

    office: tuple[str, str]  # the body, and the one above it
    title: str
    about: str
    columns: Sequence[Column]
    sheet: str  # the name of the sheet
    cut: str  # what a docx says after its last row, where there were more
    motto: tuple[str, str]


def write_xlsx(listing: Listing, rows: Iterable[Sequence[Cell]], out: IO[bytes]) -> int:
    """Row by row into a file: memory does not grow with the list. Returns the number of rows."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(out, options)
    sheet = book.add_worksheet(listing.sheet)
    strong = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top", "align": "left"})
    for place, column in enumerate(listing.columns):
        sheet.set_column(place, place, column.width)
    sheet.write_string(0, 0, listing.title, book.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(1, 0, listing.about)
    for place, column in enumerate(listing.columns):
        sheet.write_string(3, place, column.title, strong)
    sheet.freeze_panes(4, 0)
    number = 0
    for number, row in enumerate(rows, start=1):
        for place, value in enumerate(row):
            _put(sheet, 3 + number, place, value, plain, day)
    sheet.autofilter(3, 0, 3 + number, len(listing.columns) - 1)
    book.close()
    return number


def _put(sheet: Any, row: int, place: int, value: Cell, plain: Any, day: Any) -> None:
    if isinstance(value, date):
        sheet.write_datetime(row, place, value, day)
    elif isinstance(value, int):
        sheet.write_number(row, place, value, plain)
    else:
        sheet.write_string(row, place, value or "", plain)


def write_docx(listing: Listing, rows: Iterable[Sequence[Cell]]) -> bytes:
    """A document of A4 lying down, with the heads of an official list (NĐ 30/2020)."""
    document = Document()
    _page(document)
    head = document.add_table(rows=1, cols=2)
    _lines(head.cell(0, 0), [(listing.office[0], False), (listing.office[1], True)])
    _lines(head.cell(0, 1), [(listing.motto[0], True), (listing.motto[1], True)])
    for text, bold in ((listing.title, True), (listing.about, False)):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(text).bold = bold
    more = _table(document, listing, rows)
    if more:
        document.add_paragraph(listing.cut)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _page(document: Any) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.top_margin = section.bottom_margin = Mm(20)
    font = document.styles["Normal"].font
    font.name, font.size = "Times New Roman", Pt(13)
    fonts = document.styles["Normal"].element.rPr.rFonts
    fonts.set(qn("w:eastAsia"), "Times New Roman")


def _lines(cell: Any, lines: Sequence[tuple[str, bool]]) -> None:
    for number, (text, bold) in enumerate(lines):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_after = Pt(0)
        run = paragraph.add_run(text)
        run.bold, run.font.size = bold, Pt(12)


def _table(document: Any, listing: Listing, rows: Iterable[Sequence[Cell]]) -> bool:
    """Returns whether there were more rows than a document takes."""
    table = document.add_table(rows=1, cols=len(listing.columns))
    table.style = "Table Grid"
    whole = sum(column.width for column in listing.columns)
    head = table.rows[0]
    again = OxmlElement("w:tblHeader")  # said anew on each page
    again.set(qn("w:val"), "true")
    head._tr.get_or_add_trPr().append(again)
    for cell, column in zip(head.cells, listing.columns, strict=True):
        cell.width = Mm(252 * column.width / whole)
        _text(cell, column.title, bold=True)
    for number, row in enumerate(rows):
        if number >= MOST_ROWS:
            return True
        cells = table.add_row().cells
        for cell, column, value in zip(cells, listing.columns, row, strict=True):
            cell.width = Mm(252 * column.width / whole)
            _text(cell, f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value or ""))
    return False


def _text(cell: Any, text: str, *, bold: bool = False) -> None:
    run = cell.paragraphs[0].add_run(text)
    run.bold, run.font.size = bold, Pt(11)
    cell.paragraphs[0].paragraph_format.space_after = Pt(0)
