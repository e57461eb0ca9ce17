"""The labels that Word counts itself (numbering.xml): they are not in the text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
LEVELS = 9


@dataclass
class _Level:
    format: str = "decimal"
    text: str = ""
    start: int = 1


@dataclass
class _List:
    """A list's levels and how far each has counted."""

    levels: dict[int, _Level]
    counts: dict[int, int] = field(default_factory=dict)

    def step(self, depth: int) -> str:
        """The label of the next paragraph of this depth; deeper levels begin anew."""
        level = self.levels.get(depth, _Level())
        self.counts[depth] = self.counts.get(depth, level.start - 1) + 1
        for deeper in range(depth + 1, LEVELS):
            self.counts.pop(deeper, None)
        if level.format == "bullet":
            return "+" if level.text in {"+", "o", "\uf0a7", "▪"} or depth else "-"
        if level.format == "none":
            return ""
        label = level.text
        for above in range(LEVELS):
            mark = f"%{above + 1}"
            if mark in label:
                known = self.levels.get(above, _Level())
                count = self.counts.get(above, known.start)
                label = label.replace(mark, _written(count, known.format))
        return label.strip()


class Numbering:
    """Gives paragraphs their labels, in the order in which they are asked for."""

    def __init__(self, numbering: Any, styles: Any) -> None:
        self._abstract = _abstracts(numbering)
        self._lists = _lists(numbering, self._abstract)
        self._styles = _styles(styles)

    def label(self, paragraph: Any) -> str:
        """The label of this paragraph; empty where it has none of Word's."""
        properties = paragraph.find(W + "pPr")
        if properties is None:
            return ""
        found = _number_of(properties)
        if found is None:
            style = properties.find(W + "pStyle")
            found = self._styles.get(style.get(W + "val", "")) if style is not None else None
        if found is None or found[0] not in self._lists:
            return ""
        return self._lists[found[0]].step(found[1])


def _number_of(properties: Any) -> tuple[str, int] | None:
    mark = properties.find(W + "numPr")
    number = mark.find(W + "numId") if mark is not None else None
    if number is None:
        return None
    depth = mark.find(W + "ilvl")
    value = depth.get(W + "val", "0") if depth is not None else "0"
    return number.get(W + "val", ""), min(int(value), LEVELS - 1) if value.isdigit() else 0


def _abstracts(numbering: Any) -> dict[str, dict[int, _Level]]:
    found: dict[str, dict[int, _Level]] = {}
    for element in numbering.iter(W + "abstractNum") if numbering is not None else ():
        found[element.get(W + "abstractNumId", "")] = {
            depth: level for depth, level in map(_level, element.iter(W + "lvl"))
        }
    return found


def _level(element: Any) -> tuple[int, _Level]:
    def value(name: str, default: str) -> str:
        child = element.find(W + name)
        return str(child.get(W + "val", default)) if child is not None else default

    depth, start = element.get(W + "ilvl", "0"), value("start", "1")
    level = _Level(
        value("numFmt", "decimal"), value("lvlText", ""), int(start) if start.isdigit() else 1
    )
    return int(depth) if depth.isdigit() else 0, level


def _lists(numbering: Any, abstract: dict[str, dict[int, _Level]]) -> dict[str, _List]:
    """Numbers that share an abstract list count on together, unless one begins anew."""
    found: dict[str, _List] = {}
    shared: dict[str, _List] = {}
    for element in numbering.iter(W + "num") if numbering is not None else ():
        mark = element.find(W + "abstractNumId")
        name = mark.get(W + "val", "") if mark is not None else ""
        levels = abstract.get(name, {})
        anew = element.find(W + "lvlOverride") is not None
        made = _List(levels) if anew else shared.setdefault(name, _List(levels))
        found[element.get(W + "numId", "")] = made
    return found


def _styles(styles: Any) -> dict[str, tuple[str, int]]:
    """Styles that carry a number themselves, or through the style that they are based on."""
    own: dict[str, tuple[str, int]] = {}
    based: dict[str, str] = {}
    for element in styles.iter(W + "style") if styles is not None else ():
        name = element.get(W + "styleId", "")
        properties, above = element.find(W + "pPr"), element.find(W + "basedOn")
        number = _number_of(properties) if properties is not None else None
        if number is not None:
            own[name] = number
        if above is not None:
            based[name] = above.get(W + "val", "")
    for name, above in based.items():
        for _step in range(LEVELS):
            if name in own or not above:
                break
            if above in own:
                own[name] = own[above]
            above = based.get(above, "")
    return own


def _written(count: int, kind: str) -> str:
    if kind in ("lowerLetter", "upperLetter"):
        letters = "abcdefghijklmnopqrstuvwxyz"
        text = letters[(count - 1) % 26] if count > 0 else ""
    elif kind in ("lowerRoman", "upperRoman"):
        text, rest = "", min(max(count, 0), 99)
        while rest >= 40:
            text, rest = ("l", rest - 50) if rest >= 50 else (text + "xl", rest - 40)
        for value, mark in _ROMAN:
            while rest >= value:
                text, rest = text + mark, rest - value
    else:
        return f"{count:02d}" if kind == "decimalZero" else str(count)
    return text.upper() if kind.startswith("upper") else text
