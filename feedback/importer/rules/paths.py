"""Labels and paths of the nodes: a path names one node alone, and untouched nodes keep theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from feedback.importer.rules.tree import Node, Tree

LONGEST_PATH = 60


def labelled(tree: Tree, node: Node, label: str) -> Tree:
    """The node with another label, and the paths that follow from it."""
    return repath(tree.put(replace(tree[node.key], label=label)), [node.key])


def repath(tree: Tree, keys: Sequence[str]) -> Tree:
    """New paths for these nodes and all below them; the others keep theirs, and none comes twice."""
    stale = set(keys)
    for node in tree.nodes:
        if node.parent in stale:
            stale.add(node.key)
    taken = {node.path for node in tree.nodes if node.key not in stale}
    fresh: dict[str, Node] = {}
    for node in tree.nodes:
        if node.key in stale:
            above = fresh.get(node.parent) or (tree[node.parent] if node.parent else None)
            fresh[node.key] = replace(node, path=_free(_path(above, node.label), taken))
            taken.add(fresh[node.key].path)
    return tree.put(*fresh.values())


def _path(above: Node | None, label: str) -> str:
    """III.2.2.c: a number that begins with its parent's number goes on from there."""
    name = label.strip("().- ") or label
    if above is None:
        return name
    number = above.label.strip("().- ")
    return above.path + (name[len(number) :] if name.startswith(f"{number}.") else f".{name}")


def _free(path: str, taken: set[str]) -> str:
    found, number = path[: LONGEST_PATH - 5], 2
    while found in taken:
        found, number = f"{path[: LONGEST_PATH - 5]}-{number}", number + 1
    return found
