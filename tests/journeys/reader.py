"""What a screen reader is told: Chromium's own accessibility tree, not the markup that it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Page

# Whatever has one of these roles says what it is.
NAMED = {"button", "link", "textbox", "searchbox", "combobox", "listbox", "checkbox", "radio"}
NAMED |= {"spinbutton", "option", "image", "img", "table", "region", "navigation", "radiogroup"}
NAMED |= {"DisclosureTriangle", "dialog", "columnheader", "rowheader", "Date"}
ONCE = ("main", "banner", "contentinfo")
QUIET = {"none", "generic", "InlineTextBox", "StaticText", "LineBreak"}


class Node:
    """One place of the tree, with those below it."""

    def __init__(self, told: dict[str, Any], all_told: dict[str, dict[str, Any]]) -> None:
        self.role = str(told.get("role", {}).get("value", ""))
        self.name = " ".join(str(told.get("name", {}).get("value", "")).split())
        self.level = next(
            (p["value"]["value"] for p in told.get("properties", []) if p["name"] == "level"), 0
        )
        self.below = [
            Node(all_told[child], all_told)
            for child in told.get("childIds", [])
            if child in all_told
        ]

    def walk(self) -> Iterator[Node]:
        """This place and those below it, in reading order."""
        yield self
        for node in self.below:
            yield from node.walk()

    def all(self, *roles: str) -> list[Node]:
        return [node for node in self.walk() if node.role in roles]


def tree(page: Page) -> Node:
    """The accessibility tree of the page as it is now."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    told = {node["nodeId"]: node for node in nodes}
    return Node(nodes[0], told)


def unclear(page: Page) -> list[str]:
    """What a person who only hears the page would miss."""
    root = tree(page)
    wrong = [
        f"nameless {node.role}" for node in root.walk() if node.role in NAMED and not node.name
    ]
    wrong += [f"{len(root.all(role))} × {role}" for role in ONCE if len(root.all(role)) != 1]
    ways = [node.name for node in root.all("navigation")]
    wrong += [f"two navigations {name!r}" for name in sorted(set(ways)) if ways.count(name) > 1]
    levels = [int(node.level) for node in root.all("heading")]
    if levels.count(1) != 1:
        wrong.append(f"{levels.count(1)} headings of the first rank")
    wrong += [f"rank {b} after {a}" for a, b in zip(levels, levels[1:], strict=False) if b > a + 1]
    for table in root.all("table"):
        if not table.all("columnheader"):
            wrong.append(f"table {table.name!r} without headings")
    if not root.name:
        wrong.append("a page without a title")
    return wrong
