"""The object of a read document (docs/importing.md) → the tree that a person corrects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from feedback.importer.rules.editing import LONGEST_LABEL
from feedback.importer.rules.paths import LONGEST_PATH
from feedback.importer.rules.tree import HEAD, ROLES, Line, Node, Tree, Value

LONGEST = {"number": 60, "kind": 60, "issuer": 200, "signer": 120}  # what a plan keeps
SURE = 0.85  # a value read with less is for a person to look at
Read = Mapping[str, Any]


def plant(read: Read) -> Tree:
    """Nodes in the order of the document, parents first; keys are numbered through."""
    entries = [(one, False) for one in read["groups"]] + [(one, True) for one in read["items"]]
    entries.sort(key=lambda one: one[0].get("line") or 0)
    keys = {one["path"]: f"n{number}" for number, (one, _task) in enumerate(entries, start=1)}
    number = len(entries) + 1
    nodes, aside = [], []
    for one, task in entries:
        node = _node(one, keys[one["path"]], keys, task=task, number=number)
        number += len(node.bodies)
        nodes.append(node)
    for one in read.get("arrangements", []):
        node = _node(one, f"n{number}", {}, task=True, number=number + 1)
        number += 1 + len(node.bodies)
        aside.append(node)
    return Tree(_head(read), tuple(_in_order(nodes)), number, tuple(aside))


def lines_of(read: Read, page: str) -> list[list[str]]:
    """The document's lines as [text, where]; ``page`` is the word before a page's number."""
    shown = read.get("shown", [])
    several = len({line.get("page") for line in shown}) > 1
    return [
        [line["text"], f"{page} {line['page']}" if several and line.get("page") else ""]
        for line in shown
    ]


def _head(read: Read) -> dict[str, Value]:
    values = {one["field"]: one for one in read.get("header", [])}
    words = {name: (read.get(name) or "")[: LONGEST.get(name)] for name in HEAD}
    return {name: _value(words[name], values.get(name)) for name in HEAD}


def _node(one: Read, key: str, keys: Mapping[str, str], *, task: bool, number: int) -> Node:
    if not task:
        text = Value(one["title"], (one["line"],) if one.get("line") else ())
        return Node(key, _parent(one, keys), _label(one), _path(one), False, text)
    values = one.get("values", [])
    return Node(
        key=key,
        parent=_parent(one, keys),
        label=_label(one),
        path=_path(one),
        task=True,
        text=_value(one["text"], _of(values, "text")),
        deadline=_value(one.get("deadline") or "", _of(values, "deadline")),
        due=one.get("due_on") or "",
        bodies=tuple(_bodies(one, number)),
        shared=keys.get(one.get("shared_from") or "", ""),
    )


def _parent(one: Read, keys: Mapping[str, str]) -> str:
    return keys.get(one.get("parent") or "", "")


def _label(one: Read) -> str:
    return str(one["label"])[:LONGEST_LABEL] or "-"


def _path(one: Read) -> str:
    return str(one["path"])[:LONGEST_PATH]


def _of(values: Sequence[Read], field: str, words: str | None = None) -> Read | None:
    """What is said about a value of the task; several deadlines have the least sure one's word."""
    fitting = [v for v in values if v["field"] == field and words in (None, v["value"])]
    return min(fitting, key=lambda v: float(v["sure"]), default=None)


def _value(text: str, said: Read | None) -> Value:
    if said is None or not text:
        return Value(text)
    return Value(text, _lines(said), float(said["sure"]) >= SURE, "|".join(said["reasons"]))


def _lines(said: Read) -> tuple[int, ...]:
    place = said["source"]
    return tuple(range(place["first"], max(place["first"], place["last"]) + 1))


def _bodies(one: Read, number: int) -> Iterator[Line]:
    for role in ROLES:
        for wording in one[role]:
            said = _of(one.get("values", []), role, wording[:200])
            value = _value(wording, said)
            yield Line(
                f"b{number}", role, wording, lines=value.lines, sure=value.sure, why=value.why
            )
            number += 1


def _in_order(nodes: Sequence[Node]) -> Iterator[Node]:
    """Each node with all below it behind it, also where the document jumps."""
    below: dict[str, list[Node]] = {}
    for node in nodes:
        below.setdefault(node.parent, []).append(node)
    waiting = list(reversed(below.get("", [])))
    while waiting:
        node = waiting.pop()
        yield node
        waiting += reversed(below.get(node.key, []))
