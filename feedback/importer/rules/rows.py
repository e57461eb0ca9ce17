"""What was read beside what stands in the file, row by row, for whoever compares the two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from feedback.importer.rules.tree import Node, Tree, places_of

NEAR = 2  # so few lines between two that belong together are shown as well
MOST = 12  # lines before the items, where nobody knows which of them the head is
Line = tuple[int, str, str, bool]  # number, words, where (page, cell), whether it was read here


@dataclass(frozen=True)
class Row:
    """One node, what is to be looked at in it (part → why), and its lines of the file."""

    node: Node
    open: dict[str, str]
    source: tuple[Line, ...]
    above: str  # what the node stands under

    @property
    def first(self) -> int:
        return self.source[0][0] if self.source else 0

    @property
    def last(self) -> int:
        return self.source[-1][0] if self.source else 0


def rows(tree: Tree, lines: Sequence[Sequence[str]]) -> list[Row]:
    """Every node in the order of the document."""
    named = {node.key: node for node in tree.nodes}
    return [row(node, lines, named.get(node.parent)) for node in tree.nodes]


def row(node: Node, lines: Sequence[Sequence[str]], above: Node | None) -> Row:
    """One node beside its lines."""
    return Row(
        node,
        {place.part: place.why for place in places_of(node)},
        excerpt(node.lines, lines),
        f"{above.label} {above.title or above.text.text}" if above else "",
    )


def excerpt(numbers: Sequence[int], lines: Sequence[Sequence[str]]) -> tuple[Line, ...]:
    """These lines of the file, with what stands between near ones."""
    wanted = [number for number in numbers if 0 < number <= len(lines)]
    shown = set(wanted)
    for one, two in zip(wanted, wanted[1:], strict=False):
        if two - one <= NEAR + 1:
            shown.update(range(one, two))
    own = set(wanted)
    return tuple(
        (n, lines[n - 1][0], lines[n - 1][1], n in own)
        for n in sorted(shown)
        if lines[n - 1][0].strip()
    )


def head_lines(tree: Tree, lines: Sequence[Sequence[str]]) -> tuple[Line, ...]:
    """The lines that the document's head came from; where that is not known, those before the items."""
    numbers = sorted({n for value in tree.head.values() for n in value.lines})
    if not numbers:
        first = min((n for node in tree.nodes for n in node.lines), default=len(lines) + 1)
        filled = [n for n in range(1, first) if lines[n - 1][0].strip()]
        numbers = filled[:MOST]
    return excerpt(numbers, lines)


def unread(tree: Tree, lines: Sequence[Sequence[str]]) -> set[int]:
    """Lines with words that nothing was read from."""
    used = {n for node in tree.nodes for n in node.lines}
    used |= {n for value in tree.head.values() for n in value.lines}
    return {n for n, line in enumerate(lines, start=1) if line[0].strip() and n not in used}
