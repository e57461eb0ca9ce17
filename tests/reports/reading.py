"""What a program finds in a PDF: its words as somebody would select them, and its structure."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pikepdf


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(data))


def words(pdf: pikepdf.Pdf) -> str:
    """Every piece of text in the order in which it stands in the file."""
    found: list[str] = []
    for page in pdf.pages:
        letters: dict[int, str] = {}
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) == "Tf":
                letters = _letters(page.Resources.Font[str(operands[0])])
            elif str(operator) in {"Tj", "TJ"}:
                pieces = operands[0] if str(operator) == "TJ" else operands
                found.append("".join(_read(piece, letters) for piece in pieces))
    return " ".join(found)


def structure(pdf: pikepdf.Pdf) -> list[str]:
    """The kinds of its elements, in the order of reading."""
    whole: Any = pdf.Root.StructTreeRoot.K[0]
    return [str(element.S) for element in whole.K]


def fonts(pdf: pikepdf.Pdf) -> dict[str, bool]:
    """Each font, and whether it lies within."""
    found = {}
    for page in pdf.pages:
        for _name, font in page.Resources.Font.items():
            child: Any = font.DescendantFonts[0]
            found[str(font.BaseFont)] = "/FontFile2" in child.FontDescriptor
    return found


def _letters(font: Any) -> dict[int, str]:
    table = font.ToUnicode.read_bytes().decode("latin-1")
    pairs = re.findall(r"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>", table)
    return {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}


def _read(piece: Any, letters: dict[int, str]) -> str:
    if not isinstance(piece, pikepdf.String):
        return ""
    raw = bytes(piece)
    return "".join(
        letters.get(int.from_bytes(raw[at : at + 2], "big"), "") for at in range(0, len(raw), 2)
    )
