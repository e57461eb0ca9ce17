"""Headings that are made of agencies: what stands below them is what those have to do."""

from __future__ import annotations

from feedback.importer.agencies import (
    begins_with_agency,
    entries_of,
    only_names,
    read_agencies,
    without_remarks,
)
from feedback.importer.narrative import without_narrative

_APPOSITIONS = ("cơ quan ", "đơn vị ", "là cơ quan ", "thường trực", "là đơn vị ", "chủ trì")
_DUTIES = (
    " có trách nhiệm",
    " có nhiệm vụ",
    " chịu trách nhiệm",
    " thực hiện",
    " các nhiệm vụ sau",
    " như sau",
)
_GIVEN = ("giao ", "đề nghị ", "yêu cầu ")  # a sentence may begin so
_ASKED = (
    "trách nhiệm của ",
    "nhiệm vụ của",
    "đối với ",
    "giao ",
    "đề nghị ",
    "yêu cầu ",
    "trách nhiệm ",
)


def heading_agencies(title: str) -> list[str] | None:
    """The agencies that a heading is made of; None where the heading says something else.

    ``1.2. Sở Tài chính - Cơ quan thường trực``, ``Trách nhiệm của các cơ quan quản lý cấp trên``,
    ``Các cơ quan tham mưu (gồm các Sở: Xây dựng, Công Thương)``.
    """
    text = " ".join(title.split()).rstrip(" .:;")
    listed = _listed_within(text)
    if listed:
        return listed
    name = without_remarks(text).strip(" .:;")
    asked = False
    for start in (
        "trách nhiệm của ",
        "nhiệm vụ của ",
        "đối với ",
        "giao ",
        "đề nghị ",
        "yêu cầu ",
        "trách nhiệm ",
    ):
        if name.lower().startswith(start):
            name, asked = name[len(start) :].strip(), True
    name = _without_duty(_without_apposition(name))
    if not name or len(name) > 160:
        return None
    if name.upper() == name and len(name) > 12:
        name = name.capitalize() if asked else name
    known = begins_with_agency(name[:1].upper() + name[1:]) or begins_with_agency(name)
    if not known and not (asked and len(name.split()) <= 8):
        return None
    rest, cut = without_narrative(name)
    if cut and (not asked or text.lower().startswith(_GIVEN)):
        return None
    if not only_names(name):
        return None
    return [
        entry.name for entry in read_agencies(name if asked else rest, names_only=asked)
    ] or None


def _without_duty(name: str) -> str:
    """``Sở A có trách nhiệm:`` announces what is listed below it."""
    for tail in _DUTIES:
        name = name.removesuffix(tail)
    return name.rstrip(" ,")


def _without_apposition(name: str) -> str:
    for dash in (" - ", " – "):
        before, found, after = name.partition(dash)
        if found and after.lower().startswith(_APPOSITIONS):
            return before.strip()
    return name


def _listed_within(text: str) -> list[str] | None:
    """``(gồm các Sở: …)``, ``(gồm: Sở A, Sở B)``: the bodies that a collective heading stands for."""
    opened = text.find("(")
    if opened < 0 or not begins_with_agency(text):
        return None
    inner = text[opened + 1 :].partition(")")[0].strip()
    for start in ("bao gồm ", "gồm có ", "gồm: ", "gồm ", "bao gồm: "):
        if inner.lower().startswith(start):
            inner = inner[len(start) :].strip(" :")
            if inner.lower().startswith("cả "):
                return None
            names = entries_of(inner)
            return names if len(names) > 1 else None
    return None
