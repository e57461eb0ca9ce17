"""Lines → a tree of labelled blocks: I. / 1. / 1.1. / a). What carries no label continues the block before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from feedback.importer.roles import AgencyLine, read_agency_line

_ROMAN = re.compile(r"(?P<label>[IVX]{1,5})\.\s+(?P<text>\S.*)")
_NUMBER = re.compile(r"(?P<label>\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+(?P<text>\S.*)")
_LETTER = re.compile(r"(?P<label>[a-zđ])\)\s+(?P<text>\S.*)")
_RECIPIENTS = re.compile(r"nơi nhận\b", re.IGNORECASE)
_EMPHASIS = re.compile(r"[*_]{1,3}")
_PAGE = re.compile(r"(?:trang\s+)?\d{1,4}(?:\s*/\s*\d{1,4})?", re.IGNORECASE)


@dataclass
class Block:
    """One labelled block: its label as written, its path, its words and its agency lines."""

    path: str
    label: str
    rank: tuple[int, ...]
    line: int
    parent: Block | None
    words: list[str] = field(default_factory=list)
    roles: list[AgencyLine] = field(default_factory=list)
    children: list[Block] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


@dataclass
class Outline:
    """What stands before the first section, and the sections with all below them."""

    head: list[tuple[int, str]] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)


def outline(lines: list[str]) -> Outline:
    """Build the tree. Recipients, signatures and page numbers are kept out of it."""
    found = Outline()
    current: Block | None = None
    for number, raw in enumerate(lines, start=1):
        text = _EMPHASIS.sub("", raw).strip()
        if not text or _PAGE.fullmatch(text):
            continue
        if found.blocks and _RECIPIENTS.match(text):
            found.tail = [line for line in lines[number - 1 :] if line.strip()]
            break
        current = _take(found, current, number, text)
    return found


def _take(found: Outline, current: Block | None, number: int, text: str) -> Block | None:
    """Put one line where it belongs; returns the block that the next line may continue."""
    agency_line = read_agency_line(text)
    if agency_line is not None and current is not None:
        current.roles.append(agency_line)
        return current
    labelled = _label(text, inside=current is not None)
    if labelled is None:
        if current is None:
            found.head.append((number, text))
        elif current.roles:
            current.roles[-1] = current.roles[-1].continued(text)
        else:
            current.words.append(text)
        return current
    label, rank, words = labelled
    parent = _parent(current, rank)
    block = Block(_path(parent, label), label, rank, number, parent, [words])
    (parent.children if parent else found.blocks).append(block)
    return block


def _label(text: str, *, inside: bool) -> tuple[str, tuple[int, ...], str] | None:
    """The label, its rank (sections 1, numbers 2 and deeper, letters last) and the words after it."""
    if match := _ROMAN.fullmatch(text):
        return match["label"], (1,), match["text"]
    if not inside:
        return None
    if match := _NUMBER.fullmatch(text):
        return match["label"], (2, match["label"].count(".")), match["text"]
    if match := _LETTER.fullmatch(text):
        return match["label"] + ")", (3,), match["text"]
    return None


def _parent(current: Block | None, rank: tuple[int, ...]) -> Block | None:
    """The nearest block above that ranks higher; a letter stands under whatever number came last."""
    block = current
    while block is not None and block.rank >= rank:
        block = block.parent
    return block


def _path(parent: Block | None, label: str) -> str:
    """III.2.2.a: a number that repeats its parent's number is written once."""
    name = label.rstrip(")")
    if parent is None:
        return name
    if parent.rank[0] == 2 and "." in name:
        section = parent
        while section.parent is not None:
            section = section.parent
        return f"{section.path}.{name}"
    return f"{parent.path}.{name}"


def walk(blocks: Iterable[Block]) -> Iterator[Block]:
    """Every block in the order of the document."""
    for block in blocks:
        yield block
        yield from walk(block.children)
