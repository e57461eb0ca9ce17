"""What goes out of a part of the text: who wrote it and when, earlier wordings, remarks, fields that
fetch or run something, and marks that point to what was left out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from feedback.files.word.reading import Refusal

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
VML = "{urn:schemas-microsoft-com:vml}"
OFFICE = "{urn:schemas-microsoft-com:office:office}"
# another file, a program or a drawing by another program within the document
REFUSED = {"OLEObject", "control", "altChunk", "subDoc", "movie", "chart", "relIds", "contentPart"}
DROPPED = {
    *("del", "moveFrom", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblPrExChange"),
    *("tcPrChange", "trPrChange", "tblGridChange", "numberingChange", "cellIns", "cellDel"),
    *("cellMerge", "proofErr", "rsid", "rsids", "commentRangeStart", "commentRangeEnd"),
    *("commentReference", "annotationRef", "permStart", "permEnd", "dataBinding", "entryMacro"),
    *("exitMacro", "fldData", "attachedTemplate", "embedRegular", "embedBold", "embedItalic"),
    *("embedBoldItalic", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart"),
    *("moveToRangeEnd", "customXmlInsRangeStart", "customXmlInsRangeEnd"),
    *("customXmlDelRangeStart", "customXmlDelRangeEnd", "customXmlMoveFromRangeStart"),
    *("customXmlMoveFromRangeEnd", "customXmlMoveToRangeStart", "customXmlMoveToRangeEnd"),
}
UNWRAPPED = {"ins", "moveTo"}
# without the part that they name they say nothing, or are not allowed to stand
POINTING = {"headerReference", "footerReference", "svgBlip", "hlinkClick", "hlinkHover"}
FIELDS_KEPT = {"PAGE", "NUMPAGES", "SECTIONPAGES", "SEQ", "REF", "PAGEREF", "TOC"}
SETTINGS_KEPT = {
    *("zoom", "mirrorMargins", "defaultTabStop", "autoHyphenation", "hyphenationZone"),
    *("evenAndOddHeaders", "drawingGridHorizontalSpacing", "drawingGridVerticalSpacing"),
    *("characterSpacingControl", "footnotePr", "endnotePr", "compat", "mathPr", "themeFontLang"),
    *("clrSchemeMapping", "decimalSymbol", "listSeparator", "displayBackgroundShape"),
}
WHO = {W + name for name in ("author", "date", "initials")}
OUTSIDE = {OFFICE + name for name in ("href", "althref", "gfxdata", "title")}


def clean_part(root: Any, kept: Collection[str]) -> None:
    """Clean one part where it stands; ``kept`` are the ids of the relations that it still has."""
    if _local(root) == "settings":
        for child in [child for child in root if _local(child) not in SETTINGS_KEPT]:
            root.remove(child)
    _clean_fields(root)
    for element in list(root.iter(etree.Element)):
        _clean(element, kept)


def _local(element: Any) -> str:
    return str(etree.QName(element).localname)


def _clean(element: Any, kept: Collection[str]) -> None:
    local = _local(element)
    if local in REFUSED:
        raise Refusal("embedded")
    lost = _clean_attributes(element, kept)
    parent = element.getparent()
    if parent is None:
        return
    ours = element.tag.startswith(W)
    if ours and local == "del" and parent.tag == W + "trPr":
        row = parent.getparent()  # a row of a table that was taken out
        if row.getparent() is not None:
            row.getparent().remove(row)
    elif (ours and local in DROPPED) or local == "dataBinding" or (lost and local in POINTING):
        parent.remove(element)
    elif ours and local in UNWRAPPED:
        _unwrap(element, parent)


def _clean_attributes(element: Any, kept: Collection[str]) -> bool:
    """True where it pointed to something that was left out."""
    lost = False
    for name in list(element.attrib):
        space, _brace, local = name.rpartition("}")
        points = space + "}" == R or name == OFFICE + "relid"
        hidden = name in WHO or name in OUTSIDE or local.startswith("rsid")
        hidden = hidden or local in {"paraId", "textId"}
        hidden = hidden or (element.tag.startswith(VML) and name in {"src", "href"})
        if hidden or (points and element.get(name) not in kept):
            del element.attrib[name]
            lost = lost or points
    if _local(element) in {"docPr", "cNvPr"}:  # the picture's file as it lay on somebody's disk
        if "name" in element.attrib:
            element.set("name", "Hình")
        if "\\" in element.get("descr", "") or ":/" in element.get("descr", ""):
            del element.attrib["descr"]
    return lost


def _unwrap(element: Any, parent: Any) -> None:
    at = parent.index(element)
    for child in reversed(list(element)):
        parent.insert(at, child)
    parent.remove(element)


def _clean_fields(root: Any) -> None:
    """Fields that count pages stay; of the others (some fetch a file or start a program) what they
    last showed."""
    for simple in list(root.iter(W + "fldSimple")):
        if not _is_kept(simple.get(W + "instr", "")) and simple.getparent() is not None:
            _unwrap(simple, simple.getparent())
    open_fields: list[_Field] = []
    for element in list(root.iter(W + "fldChar", W + "instrText", W + "t")):
        kind = element.get(W + "fldCharType", "")
        if kind == "begin":
            open_fields.append(_Field())
        marks = element.tag != W + "t"
        if not open_fields:
            _remove([element] if marks else [])  # a mark of no field
            continue
        within = open_fields[-1]
        within.marks += [element] if marks else []
        within.telling = within.telling and kind != "separate"
        if not kind and (within.telling or marks):
            within.said.append(element.text or "")  # Word takes plain text for an instruction too
        if kind == "end":
            _end(open_fields.pop())
    for unended in open_fields:
        _remove(unended.marks)


@dataclass
class _Field:
    """A field that is open: its marks, its instruction, and whether that is still being told."""

    marks: list[Any] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    telling: bool = True


def _end(ended: _Field) -> None:
    if not _is_kept("".join(ended.said)):
        _remove(ended.marks)


def _remove(marks: list[Any]) -> None:
    for mark in marks:
        mark.getparent().remove(mark)


def _is_kept(instruction: str) -> bool:
    words = instruction.split()
    return bool(words) and words[0].upper() in FIELDS_KEPT
