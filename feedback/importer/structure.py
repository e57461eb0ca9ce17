"""Paragraphs → a tree of labelled blocks: I. / 1. / 1.1. / a). Dashes and fields are entries of a block."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from feedback.importer.cutting import split_fields
from feedback.importer.labels import NAMED, NUMBER, PART, SECTION, Label, read_label
from feedback.importer.paragraphs import Para, paragraphs, with_contents
from feedback.importer.readers.pieces import Line, Table
from feedback.importer.roles import DETAIL, MIXED, ROLES, TASK, Field, read_field, with_colons
from feedback.importer.shares import without_bracket
from feedback.importer.tails import without_tail
from feedback.importer.turns import Turn, ends_signing, is_closing, is_signing, turn_at

_BEGINNINGS = 400  # lines before the first label that may still be the head


@dataclass
class Entry:
    """A paragraph of a block: words, a field or a table. ``bullet``: its dash's depth."""

    text: str
    first: int
    last: int
    page: int | None = None
    field: Field | None = None
    bullet: Label | None = None
    table: Table | None = None


@dataclass
class Block:
    """One labelled block: its label as written, its path, its entries and the blocks below it."""

    path: str
    label: Label
    first: int
    parent: Block | None = None
    entries: list[Entry] = field(default_factory=list)
    children: list[Block] = field(default_factory=list)

    @property
    def title(self) -> str:
        return self.entries[0].text if self.entries else ""

    @property
    def section(self) -> Block:
        return self if self.parent is None else self.parent.section


@dataclass
class Outline:
    """What stands before the first label, the blocks, the signatures, and tables outside any block."""

    head: list[Line] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    tail: list[Line] = field(default_factory=list)
    tails: int = 0  # entries whose end says by whom


def outline(
    pieces: list[Line | Table], *, tails: bool = False, start: int | None = None
) -> Outline:
    """Build the tree. Recipients and signatures are kept out of it.

    ``tails``: bodies alone at a task's end say by whom. ``start``: the line at which the text begins, in a
    document that labels nothing.
    """
    found = Outline()
    builder = _Builder(found, tails, start is not None)
    kept: list[Line] = []
    for piece in _regions(pieces, found, start):
        if isinstance(piece, Line):
            kept.append(piece)
            continue
        builder.take_lines(kept)
        kept = []
        if isinstance(piece, Table):
            builder.take_table(piece)
        else:
            builder.begin_anew(piece.annex)
    builder.take_lines(kept)
    return found


def _regions(pieces: list[Line | Table], found: Outline, start: int | None) -> Iterator[Line | Table | Turn]:  # fmt: skip
    """Head and signatures are put aside; the rest is handed on, with a turn where a document begins."""
    started = titled = signing = False
    for piece in pieces:
        if isinstance(piece, Table):
            started = titled = True
            signing = False
            yield piece
            continue
        text = " ".join(piece.text.split())
        turn = turn_at(text)
        if turn is not None and (started or titled or turn.annex):
            signing = False
            yield turn
        titled = titled or turn is not None
        started = started or start is not None and piece.number >= start
        label = read_label(text) if text and not signing else None
        if signing and ends_signing(text):
            signing = False
        elif started and not signing and is_signing(text):
            signing = True
        if signing:
            found.tail.append(piece)
            continue
        if not started and not _starts(label, titled):
            found.head.append(piece)
            if len(found.head) < _BEGINNINGS:
                continue
        started = started or _starts(label, titled)
        yield piece


def _starts(label: Label | None, titled: bool) -> bool:
    return label is not None and (titled or label.rank[0] in (PART, SECTION))


class _Builder:
    """Puts paragraphs where they belong. ``current`` is the block that the next one may continue."""

    def __init__(self, found: Outline, tails: bool, opened: bool) -> None:
        self.found, self.tails, self.opened = found, tails, opened
        self.current: Block | None = None
        self.prefix = ""
        self.annexes = 0
        self.last_words: list[Para] = []  # kept until it is known that they are
        self.paths: Counter[str] = Counter()

    def begin_anew(self, annex: bool) -> None:
        self.current = None
        if annex:
            self.annexes += 1
            self.prefix = "PL" if self.annexes == 1 else f"PL{self.annexes}"

    def take_lines(self, lines: list[Line]) -> None:
        for para in with_contents(paragraphs(lines)):
            self._take(para)

    def take_table(self, table: Table) -> None:
        if self.current is None:
            name = self.prefix or "B"
            label = Label(
                self.prefix, (SECTION,), ""
            )  # in the body its rows need no name before theirs
            self.current = Block(self._unique(name), label, table.first, None)
            self.found.blocks.append(self.current)
        entry = Entry("", table.first, table.first, table.page, table=table)
        self.current.entries.append(entry)

    def _take(self, para: Para) -> None:
        label = para.label
        inner = read_label(label.words) if label is not None and label.is_bullet else None
        if inner is not None and inner.rank[0] == NAMED:
            label = inner  # - Nhiệm vụ 1: …
        numbered_field = (
            read_field(para.text) if label is not None and not label.is_bullet else None
        )
        if (
            numbered_field is not None
            and self.current is not None
            and self._is_field(numbered_field)
        ):
            para.text, label = label.words if label else para.text, None
        told = _is_told(para)
        last = is_closing(para.text) or bool(self.last_words)
        if label is None and last and not told:
            self.last_words.append(para)  # the last words of a document, no part of its last task
            return
        self._take_back(told=told)
        if label is None or label.is_bullet:
            if self.current is None and self.opened:
                self.current = self._unlabelled(para)
            if self.current is not None:
                self.current.entries.extend(self._entries(para, label))
            return
        parent = self._parent(label.rank)
        block = Block(self._path(parent, label), label, para.first, parent)
        block.entries.extend(self._entries(para, label))
        (parent.children if parent else self.found.blocks).append(block)
        self.current = block

    def _unlabelled(self, para: Para) -> Block:
        """What holds the words of a document without labels; it has no heading."""
        block = Block(self._unique("B"), Label("", (SECTION,), ""), para.first)
        block.entries.append(Entry("", para.first, para.first, para.page))
        self.found.blocks.append(block)
        return block

    def _entries(self, para: Para, label: Label | None) -> list[Entry]:
        found = _entries(para, label)
        told = any(entry.field and entry.field.kind in (*ROLES, MIXED) for entry in found)
        if not self.tails or told or found[0].field is not None:
            return found
        words, fields = without_tail(found[0].text)
        if not fields or not words:
            return found
        self.found.tails += 1
        ended = [Entry("", para.first, para.last, para.page, field) for field in fields]
        return [replace(found[0], text=words), *ended, *found[1:]]

    def _take_back(self, *, told: bool) -> None:
        """Words that seemed the last belong to a task after all where its field lines come behind them."""
        if told and self.current is not None:
            for para in self.last_words:
                self.current.entries.extend(_entries(para, None))
        self.last_words = []

    def _is_field(self, found: Field) -> bool:
        """Numbered fields of one task: ``1. Tên nhiệm vụ: …``, ``2. Cơ quan chủ trì: …``."""
        return found.kind != TASK or found.key.lower().startswith("tên")

    def _parent(self, rank: tuple[int, ...]) -> Block | None:
        """The nearest block above that ranks higher."""
        block = self.current
        while block is not None and block.label.rank >= rank:
            block = block.parent
        return block

    def _path(self, parent: Block | None, label: Label) -> str:
        """III.2.2.a: a number that repeats its parent's number is written once."""
        name = label.name[:24]
        if parent is None:
            known = self.prefix and label.rank[0] in (SECTION, NUMBER, PART, NAMED)
            return self._unique(f"{self.prefix}.{name}" if known else name)
        above = parent
        while "." in name and above.parent is not None and above.label.rank[0] == NUMBER:
            above = above.parent
        return self._unique(f"{above.path}.{name}")

    def _unique(self, path: str) -> str:
        """A path that stands twice gets a mark; paths are short enough to be kept."""
        path = path[:48]
        self.paths[path] += 1
        count = self.paths[path]
        return self._unique(f"{path}~{count}") if count > 1 else path


def _is_told(para: Para) -> bool:
    found = read_field(para.text)
    return found is not None and found.kind not in (TASK, DETAIL)


def _entries(para: Para, label: Label | None) -> list[Entry]:
    """The paragraph's words and the fields that follow one another in it."""
    words = with_colons(label.words if label is not None else para.text)
    bullet = label if label is not None and label.is_bullet else None
    found = []
    for part in split_fields(words):
        told = read_field(part)
        text, fields = (part, list[Field]()) if told else without_bracket(part)
        if text:
            found.append(Entry(text, para.first, para.last, para.page, told, bullet))
        found += [Entry("", para.first, para.last, para.page, field) for field in fields]
    return found or [Entry(words, para.first, para.last, para.page, None, bullet)]


def walk(blocks: Iterable[Block]) -> Iterator[Block]:
    """Every block in the order of the document."""
    waiting = list(reversed(list(blocks)))
    while waiting:
        block = waiting.pop()
        yield block
        waiting.extend(reversed(block.children))
