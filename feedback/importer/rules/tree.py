"""What was read, as a tree that a person can correct: plain values that never change, only follow each other.

The nodes stand in the order of the document, parents before what is below them. Every value knows the
lines of the file that it came from and whether the reader is sure of it; ``why`` is a code of WHY.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

ROLES = ("lead", "coordinating", "implementing")
HEAD = ("number", "issued_on", "issuer", "kind", "title", "signer")
NOBODY = "-"  # the wording names no body of the registry, a person said
NEEDED = ("number", "issued_on")  # without these a plan cannot be published


@dataclass(frozen=True)
class Value:
    """Words as read; ``lines`` are the numbers of the file's lines, counted from 1."""

    text: str = ""
    lines: tuple[int, ...] = ()
    sure: bool = True
    why: str = ""


@dataclass(frozen=True)
class Line:
    """A body named in a role: the document's wording, and whom it means (``body`` empty: nobody known).

    ``near`` are bodies with names like it: (code, name, per cent).
    """

    key: str
    role: str
    wording: str
    body: str = ""
    name: str = ""
    lines: tuple[int, ...] = ()
    sure: bool = True
    why: str = ""
    near: tuple[tuple[str, str, int], ...] = ()


@dataclass(frozen=True)
class Node:
    """A section, a group or a task. ``shared`` is the neighbour whose bodies serve this one too."""

    key: str
    parent: str
    label: str
    path: str
    task: bool
    text: Value
    deadline: Value = Value()
    due: str = ""  # the day that the deadline's words mean, ISO
    bodies: tuple[Line, ...] = ()
    shared: str = ""
    alone: bool = False  # a person said that the document names nobody here
    title: str = ""  # everyday words, by a person
    summary: str = ""

    @property
    def due_on(self) -> date | None:
        return date.fromisoformat(self.due) if self.due else None

    @property
    def lines(self) -> tuple[int, ...]:
        """Every line of the file that something of this node came from."""
        found = {*self.text.lines, *self.deadline.lines}
        return tuple(sorted(found.union(*(line.lines for line in self.bodies))))


@dataclass(frozen=True)
class Place:
    """Something that a person should look at: ``part`` is text, deadline, bodies, or a line's key."""

    key: str
    part: str
    why: str


@dataclass(frozen=True)
class Tree:
    """``aside``: tasks that the document gives in passing, not among its items unless somebody takes
    them in."""

    head: Mapping[str, Value]
    nodes: tuple[Node, ...]
    next: int = 1  # the number of the next key
    aside: tuple[Node, ...] = ()

    def __getitem__(self, key: str) -> Node:
        """The node with this key. Raises KeyError."""
        for node in self.nodes:
            if node.key == key:
                return node
        raise KeyError(key)

    @property
    def tasks(self) -> tuple[Node, ...]:
        return tuple(node for node in self.nodes if node.task)

    def children(self, key: str) -> tuple[Node, ...]:
        return tuple(node for node in self.nodes if node.parent == key)

    def below(self, key: str) -> int:
        """How many nodes stand below this one; they follow it directly."""
        inside, count = {key}, 0
        start = next(at for at, node in enumerate(self.nodes) if node.key == key)
        for node in self.nodes[start + 1 :]:
            if node.parent not in inside:
                break
            inside.add(node.key)
            count += 1
        return count

    def put(self, *changed: Node) -> Tree:
        """The same tree with other values in these nodes."""
        new = {node.key: node for node in changed}
        return replace(self, nodes=tuple(new.get(node.key, node) for node in self.nodes))

    def as_json(self) -> dict[str, Any]:
        """As it is put away; equal to what comes back from the database."""
        kept: dict[str, Any] = json.loads(json.dumps(asdict(self)))
        return kept


def places(tree: Tree) -> Iterator[Place]:
    """What is to be looked at: the head first, then in the order of the document."""
    for name in HEAD:
        value = tree.head[name]
        if name in NEEDED and not value.text:
            yield Place("head", name, "missing")
        elif not value.sure:
            yield Place("head", name, value.why)
    for node in tree.nodes:
        yield from places_of(node)


def places_of(node: Node) -> Iterator[Place]:
    """What is to be looked at in one node."""
    if not node.text.sure:
        yield Place(node.key, "text", node.text.why)
    if not node.deadline.sure:
        yield Place(node.key, "deadline", node.deadline.why)
    for line in node.bodies:
        if not line.body:
            yield Place(node.key, line.key, "unknown")
        elif not line.sure:
            yield Place(node.key, line.key, line.why)
    if node.task and not (node.shared or node.alone or node.bodies):
        yield Place(node.key, "bodies", "nobody")


def unknown(tree: Tree) -> list[Line]:
    """The lines of which nobody knows whom they mean."""
    return [line for node in tree.nodes for line in node.bodies if not line.body]


def tree_of(kept: Mapping[str, Any]) -> Tree:
    """The tree as it was put away by ``as_json``."""
    head = {name: _value(kept["head"].get(name, {})) for name in HEAD}
    nodes, aside = kept["nodes"], kept.get("aside", [])
    return Tree(head, tuple(map(node_of, nodes)), kept["next"], tuple(map(node_of, aside)))


def node_of(kept: Mapping[str, Any]) -> Node:
    """One node as it was put away."""
    own = {**kept, "text": _value(kept["text"]), "deadline": _value(kept["deadline"])}
    return Node(**{**own, "bodies": tuple(_line(line) for line in kept["bodies"])})


def _value(kept: Mapping[str, Any]) -> Value:
    return Value(**{**kept, "lines": tuple(kept.get("lines", ()))})


def _line(kept: Mapping[str, Any]) -> Line:
    near = tuple((code, name, score) for code, name, score in kept["near"])
    return Line(**{**kept, "lines": tuple(kept["lines"]), "near": near})
