"""Splitting, merging, moving, adding: each edit makes a new tree of an old one, or raises CannotEdit.

No word of the document is lost by any of them but ``delete``.
"""

from __future__ import annotations

import re
from dataclasses import replace

from feedback.importer.rules.editing import (
    BY_PERSON,
    LONGEST_LABEL,
    CannotEdit,
    find,
    place,
    sure,
)
from feedback.importer.rules.paths import labelled, repath
from feedback.importer.rules.tree import Line, Node, Tree, Value

_BREAK = re.compile(
    r"(?<=[.;:!?])\s+(?=\S)|\n+(?=\S)|\s(?=[-–+•]\s)|\s(?=[a-zđ]\)\s)|\s(?=\(\d{1,3}\)\s)"
)


def breaks(text: str) -> list[int]:
    """Where an item may be split: after a sentence, before a dash or a letter; places in the text."""
    return [match.end() for match in _BREAK.finditer(text) if match.start() > 0]


def split(tree: Tree, key: str, at: int, label: str) -> Tree:
    """Two of one: what stands from ``at`` on becomes the next item, with the same bodies and deadline.

    What stood below the item stands below the second one, which comes before it in the document.
    """
    node = find(tree, key)
    first, second = node.text.text[:at].rstrip(), node.text.text[at:].lstrip()
    if not (0 < at < len(node.text.text) and first and second):
        raise CannotEdit("place")
    if not label or len(label) > LONGEST_LABEL:
        raise CannotEdit("label")
    keys = iter(range(tree.next, tree.next + 1 + len(node.bodies)))
    new = replace(
        node,
        key=f"n{next(keys)}",
        text=replace(sure(node.text), text=second),
        bodies=tuple(replace(line, key=f"b{next(keys)}") for line in node.bodies),
        title="",
        summary="",
    )
    nodes: list[Node] = []
    for one in tree.nodes:
        if one.key == key:
            nodes += [replace(one, text=replace(sure(one.text), text=first)), new]
        else:
            nodes.append(replace(one, parent=new.key) if one.parent == key else one)
    after = replace(tree, nodes=tuple(nodes), next=tree.next + 1 + len(node.bodies))
    return labelled(after, new, label)


def merge(tree: Tree, key: str) -> Tree:
    """One of two: the item that follows in the document becomes part of this one."""
    at = place(tree, key)
    if at + 1 >= len(tree.nodes):
        raise CannotEdit("last")
    node, gone = tree.nodes[at], tree.nodes[at + 1]
    if gone.parent not in (node.parent, node.key):
        raise CannotEdit("not_beside")
    bodies, shared = _bodies_of_both(tree, node, gone)
    one = replace(
        node,
        task=node.task or gone.task,
        text=_joined(node.text, gone.text, " "),
        deadline=_joined(node.deadline, gone.deadline, "; "),
        due=node.due or gone.due,
        bodies=bodies,
        title=node.title or gone.title,
        summary=" ".join(filter(None, (node.summary, gone.summary))),
        shared=shared,
        alone=node.alone and gone.alone,
    )
    rest = [
        replace(
            other,
            parent=key if other.parent == gone.key else other.parent,
            shared=key if other.shared == gone.key else other.shared,
        )
        for other in tree.nodes
        if other.key not in (key, gone.key)
    ]
    after = replace(tree, nodes=(*rest[:at], one, *rest[at:]), next=tree.next + len(bodies))
    return repath(after, [child.key for child in after.children(key)])


def move(tree: Tree, key: str, under: str) -> Tree:
    """The item and all below it become the last below another one (empty: at the top)."""
    at = place(tree, key)
    block = tree.nodes[at : at + 1 + tree.below(key)]
    if under in {node.key for node in block}:
        raise CannotEdit("below_itself")
    if under == block[0].parent:
        raise CannotEdit("there_already")
    rest = tuple(node for node in tree.nodes if node not in block)
    moved = (replace(block[0], parent=under), *block[1:])
    end = len(rest)
    if under:
        without = replace(tree, nodes=rest)
        end = place(without, under) + 1 + without.below(under)
    return repath(replace(tree, nodes=(*rest[:end], *moved, *rest[end:])), [key])


def shift(tree: Tree, key: str, steps: int) -> Tree:
    """The item and all below it change places with the one before (-1) or after (1) it on its level."""
    node = find(tree, key)
    beside = [one.key for one in tree.children(node.parent)]
    other = beside.index(key) + steps
    if steps not in (-1, 1) or not 0 <= other < len(beside):
        raise CannotEdit("end")
    first, second = sorted((place(tree, key), place(tree, beside[other])))
    end = second + 1 + tree.below(tree.nodes[second].key)
    nodes = tree.nodes
    return replace(
        tree, nodes=nodes[:first] + nodes[second:end] + nodes[first:second] + nodes[end:]
    )


def delete(tree: Tree, key: str) -> Tree:
    """The item goes with its words. Items that shared its bodies keep them as their own."""
    node = find(tree, key)
    if tree.children(key):
        raise CannotEdit("has_children")
    number, nodes = tree.next, []
    for one in tree.nodes:
        if one.shared == key:
            own = tuple(replace(line, key=f"b{number + n}") for n, line in enumerate(node.bodies))
            number += len(own)
            one = replace(one, shared=node.shared, bodies=one.bodies + own)
        if one.key != key:
            nodes.append(one)
    return replace(tree, nodes=tuple(nodes), next=number)


def add(tree: Tree, after: str, label: str, text: str) -> Tree:
    """A task that the reader missed, on the level of ``after`` and behind it (empty: at the end)."""
    if not text:
        raise CannotEdit("no_text")
    if not label or len(label) > LONGEST_LABEL:
        raise CannotEdit("label")
    parent, at = "", len(tree.nodes)
    if after:
        parent = find(tree, after).parent
        at = place(tree, after) + 1 + tree.below(after)
    value = Value(text, why=BY_PERSON)
    new = Node(f"n{tree.next}", parent, label, "", True, value)
    nodes = (*tree.nodes[:at], new, *tree.nodes[at:])
    return labelled(replace(tree, nodes=nodes, next=tree.next + 1), new, label)


def take_in(tree: Tree, key: str) -> Tree:
    """A task that the document gives in passing becomes its last item."""
    node = next((one for one in tree.aside if one.key == key), None)
    if node is None:
        raise CannotEdit("gone")
    rest = tuple(one for one in tree.aside if one is not node)
    return repath(replace(tree, nodes=(*tree.nodes, node), aside=rest), [key])


def _bodies_of_both(tree: Tree, node: Node, gone: Node) -> tuple[tuple[Line, ...], str]:
    """The bodies of one item made of two, and the neighbour whose bodies it shares all the same.

    Where one of the two has bodies of its own and the other shares a third one's, all become its own.
    """
    shared = {one.shared for one in (node, gone)} - {"", node.key, gone.key}
    if len(shared) == 1 and not (node.bodies or gone.bodies):
        return (), shared.pop()
    found = list(node.bodies)
    others = [*gone.bodies, *(line for key in sorted(shared) for line in tree[key].bodies)]
    for number, line in enumerate(others, start=tree.next):
        if (line.role, line.wording) not in {(b.role, b.wording) for b in found}:
            found.append(replace(line, key=f"b{number}"))
    return tuple(found), ""


def _joined(one: Value, two: Value, between: str) -> Value:
    if not two.text or not one.text:
        return one if one.text else two
    lines = tuple(sorted({*one.lines, *two.lines}))
    return Value(one.text + between + two.text, lines, one.sure and two.sure, one.why or two.why)
