"""The zip that a docx is, opened with care: totals are told before anything is unpacked, no XML with a
DOCTYPE is read, no address outside is asked."""

from __future__ import annotations

import posixpath
import zipfile
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from lxml import etree

MAX_PARTS = 1000
MAX_UNPACKED = 50 * 1024 * 1024
MAX_XML = 8 * 1024 * 1024  # of one part: as a tree it takes some twenty times as much
LOCKED = 0x1  # a bit of the entry's flags
PACKINGS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
CONTENT_TYPES = "[Content_Types].xml"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


class Refusal(Exception):
    """The document is not taken; ``code`` says why (files/errors.py)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Relation:
    """What a part says it needs: ``kind`` is the last word of the relation's type."""

    id: str
    kind: str
    target: str  # a part's name, or an address outside
    outside: bool


class Package:
    """The parts of a docx by name. Raises Refusal, or whatever zipfile and lxml raise on a damaged one."""

    def __init__(self, data: bytes) -> None:
        self._zip = zipfile.ZipFile(BytesIO(data))
        entries = [entry for entry in self._zip.infolist() if not entry.is_dir()]
        if len(entries) > MAX_PARTS or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
            raise Refusal("unpacked")
        if any(entry.flag_bits & LOCKED for entry in entries):
            raise Refusal("word_locked")
        self._entries = {entry.filename: entry for entry in entries}
        folded = {name.casefold() for name in self._entries}
        if len(folded) < len(entries) or any(e.compress_type not in PACKINGS for e in entries):
            raise Refusal("broken")  # two parts of one name: each reader would see another one
        self._types = self._content_types()
        if _has_macros(folded | {kind.casefold() for kind in self._types.values()}):
            raise Refusal("macros")

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def raw(self, name: str) -> bytes:
        return self._zip.read(self._entries[name])

    def xml(self, name: str) -> Any:
        """The root of a part. Whatever the part says of its encoding, it is UTF-8 as all of Word's."""
        if self._entries[name].file_size > MAX_XML:
            raise Refusal("unpacked")
        text = self.raw(name)
        if b"\0" in text or b"<!DOCTYPE" in text or b"<!ENTITY" in text:
            raise Refusal("doctype")
        parser = etree.XMLParser(
            encoding="utf-8",
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            remove_comments=True,
            remove_pis=True,
        )
        root = etree.fromstring(text, parser)
        if root.getroottree().docinfo.doctype:
            raise Refusal("doctype")
        return root

    def main(self) -> str:
        """The name of the part with the text."""
        found = [r for r in self.relations("") if r.kind == "officeDocument" and not r.outside]
        if not found or found[0].target not in self:
            raise Refusal("office")
        if self._types.get("/" + found[0].target) != MAIN:
            raise Refusal("office")  # a spreadsheet, a template
        return found[0].target

    def relations(self, part: str) -> list[Relation]:
        """What this part needs; of the empty name: what the package begins with."""
        folder, name = posixpath.split(part)
        listed = posixpath.join(folder, "_rels", f"{name}.rels")
        if listed not in self:
            return []
        return [_relation(folder, element) for element in self.xml(listed)]

    def _content_types(self) -> dict[str, str]:
        if CONTENT_TYPES not in self:
            raise Refusal("office")
        rows = self.xml(CONTENT_TYPES)
        return {row.get("PartName") or row.get("Extension", ""): row.get("ContentType", "") for row in rows}  # fmt: skip


def _has_macros(words: set[str]) -> bool:
    return any(
        "vbaproject" in word or "vbadata" in word or "macroenabled" in word for word in words
    )


def _relation(folder: str, element: Any) -> Relation:
    target = element.get("Target", "")
    outside = element.get("TargetMode") == "External"
    if not outside:
        joined = target if target.startswith("/") else posixpath.join("/", folder, target)
        target = posixpath.normpath(joined).lstrip("/")
    kind = element.get("Type", "").rpartition("/")[2]
    return Relation(element.get("Id", ""), kind, target, outside)
