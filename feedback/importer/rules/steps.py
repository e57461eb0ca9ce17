"""What one edit changed, small enough to keep for each of them, so that each can be taken back."""

from __future__ import annotations

from typing import Any

Kept = dict[str, Any]


def difference(before: Kept, after: Kept) -> Kept:
    """What makes ``before`` of ``after`` again; both as ``Tree.as_json`` gives them."""
    old = {node["key"]: node for node in before["nodes"]}
    new = {node["key"]: node for node in after["nodes"]}
    return {
        "head": before["head"] if before["head"] != after["head"] else None,
        "order": list(old) if list(old) != list(new) else None,
        "nodes": [node for key, node in old.items() if node != new.get(key)],
        "next": before["next"],
        "aside": before["aside"] if before["aside"] != after["aside"] else None,
    }


def restore(after: Kept, step: Kept) -> Kept:
    """The tree as it was before the edit."""
    nodes = {node["key"]: node for node in [*after["nodes"], *step["nodes"]]}
    order = step["order"] or [node["key"] for node in after["nodes"]]
    return {
        "head": step["head"] or after["head"],
        "nodes": [nodes[key] for key in order],
        "next": step["next"],
        "aside": after["aside"] if step["aside"] is None else step["aside"],
    }
