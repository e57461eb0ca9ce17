"""What a person may say of the values that were read: each edit makes a new tree, or raises CannotEdit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from feedback.core.text import fold
from feedback.importer.rules.paths import labelled
from feedback.importer.rules.tree import HEAD, Line, Node, Tree, Value

BY_PERSON = "by_person"
LONGEST_LABEL = 20


class CannotEdit(Exception):
    """The edit makes no sense here; ``code`` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Named:
    """One body as a person wrote it down; an empty key is a new line."""

    key: str
    role: str
    wording: str
    body: str
    name: str


@dataclass(frozen=True)
class Correction:
    """A node as a person wants it."""

    label: str
    text: str
    task: bool
    deadline: str
    due: str
    bodies: Sequence[Named]
    title: str = ""
    summary: str = ""


def accept(tree: Tree, key: str, part: str = "") -> Tree:
    """It is right as it was read: one value, or with an empty ``part`` all of a node.

    A body that nobody knows cannot be accepted: somebody must say who is meant.
    """
    if key == "head":
        return _accept_head(tree, part)
    node = find(tree, key)
    changed = node
    if part in ("", "text"):
        changed = replace(changed, text=sure(node.text))
    if part in ("", "deadline"):
        changed = replace(changed, deadline=sure(node.deadline))
    if part in ("", "bodies") and not node.bodies:
        changed = replace(changed, alone=True)
    if part == "" or part in {line.key for line in node.bodies}:
        if part and any(line.key == part and not line.body for line in node.bodies):
            raise CannotEdit("unknown")
        bodies = tuple(
            replace(line, sure=True) if line.body and part in ("", line.key) else line
            for line in node.bodies
        )
        changed = replace(changed, bodies=bodies)
    return tree.put(changed)


def mean(tree: Tree, folded: str, *, body: str, name: str) -> Tree:
    """The registry now knows whom a wording means: every line with it that still names nobody."""

    def meant(line: Line) -> Line:
        if line.body or fold(line.wording) != folded:
            return line
        return replace(line, body=body, name=name, near=())

    return tree.put(*(replace(node, bodies=tuple(map(meant, node.bodies))) for node in tree.nodes))


def newly_meant(before: Tree, after: Tree) -> dict[str, tuple[str, str]]:
    """Wordings of which an edit said for the first time whom they mean: folded wording → (code, name)."""
    open_lines = {
        (node.key, line.key): fold(line.wording)
        for node in before.nodes
        for line in node.bodies
        if not line.body
    }
    return {
        folded: (line.body, line.name)
        for node in after.nodes
        for line in node.bodies
        if line.body and (folded := fold(line.wording)) == open_lines.get((node.key, line.key))
    }


def _accept_head(tree: Tree, part: str) -> Tree:
    named = [part] if part else list(HEAD)
    if not set(named) <= set(HEAD):
        raise CannotEdit("gone")
    return replace(tree, head={**tree.head, **{name: sure(tree.head[name]) for name in named}})


def correct_head(tree: Tree, words: dict[str, str]) -> Tree:
    """Number, day, issuer, title, kind and signer as a person wants them."""
    head = {name: _changed(value, words.get(name, value.text)) for name, value in tree.head.items()}
    return replace(tree, head=head)


def correct(tree: Tree, key: str, wanted: Correction) -> Tree:
    """Other words, another label, other bodies. Only what changed becomes sure by it."""
    node = find(tree, key)
    if not wanted.text:
        raise CannotEdit("no_text")
    if not wanted.label or len(wanted.label) > LONGEST_LABEL:
        raise CannotEdit("label")
    known = {line.key: line for line in node.bodies}
    bodies, number = [], tree.next
    for one in wanted.bodies:
        old = known.get(one.key)
        if old is None:
            old = Line(f"b{number}", one.role, one.wording, lines=node.lines, why=BY_PERSON)
            number += 1
        bodies.append(_named(old, one))
    changed = replace(
        node,
        text=_changed(node.text, wanted.text),
        deadline=_changed(node.deadline, wanted.deadline),
        due=wanted.due,
        task=wanted.task,
        bodies=tuple(bodies),
        shared="" if bodies else node.shared,
        title=wanted.title,
        summary=wanted.summary,
    )
    after = replace(tree, next=number).put(changed)
    return after if wanted.label == node.label else labelled(after, changed, wanted.label)


def choose(tree: Tree, key: str, line: str, body: str, name: str) -> Tree:
    """This wording means that body."""
    node = find(tree, key)
    old = next((one for one in node.bodies if one.key == line), None)
    if old is None or not body:
        raise CannotEdit("gone")
    wanted = Named(line, old.role, old.wording, body, name)
    chosen = replace(_named(old, wanted), sure=True, why=BY_PERSON)
    return tree.put(replace(node, bodies=tuple(chosen if b is old else b for b in node.bodies)))


def find(tree: Tree, key: str) -> Node:
    """The node with this key. Raises CannotEdit."""
    return tree.nodes[place(tree, key)]


def place(tree: Tree, key: str) -> int:
    """Where the node with this key stands. Raises CannotEdit."""
    for at, node in enumerate(tree.nodes):
        if node.key == key:
            return at
    raise CannotEdit("gone")


def sure(value: Value) -> Value:
    """The same value, with a person's word for it."""
    return value if value.sure else replace(value, sure=True)


def _changed(value: Value, text: str) -> Value:
    return value if text == value.text else replace(value, text=text, sure=True, why=BY_PERSON)


def _named(old: Line, one: Named) -> Line:
    same = (old.role, old.wording, old.body) == (one.role, one.wording, one.body)
    if same and old.name == one.name:
        return old
    return replace(
        old,
        role=one.role,
        wording=one.wording,
        body=one.body,
        name=one.name,
        sure=bool(one.body),
        why=BY_PERSON,
        near=() if one.body else old.near,
    )
