"""What changed between two versions of an item, for reading: its text word by word, whom it names, its deadline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from feedback.core.text import fold

_PIECES = re.compile(r"\s+|[^\s]+")
MOST = 3000  # words and spaces; beyond, two texts are set beside each other whole: the comparison is quadratic


class Piece(NamedTuple):
    """``kind``: same | gone | new."""

    kind: str
    text: str


class Swap(NamedTuple):
    """Bodies named in one role: no more, and newly, in the documents' wordings."""

    role: str
    gone: tuple[str, ...]
    new: tuple[str, ...]


def named_differently(old: Sequence[Sequence[str]], new: Sequence[Sequence[str]]) -> list[Swap]:
    """Whom the newer version names otherwise. Each line is [role, wording, whom it means]; the same body in
    other words is no difference."""

    def key(line: Sequence[str]) -> tuple[str, str]:
        role, wording, who = line
        return role, who or fold(wording)

    before, after = {key(line) for line in old}, {key(line) for line in new}
    gone = [line for line in old if key(line) not in after]
    came = [line for line in new if key(line) not in before]
    return [
        Swap(
            role,
            tuple(wording for own, wording, _who in gone if own == role),
            tuple(wording for own, wording, _who in came if own == role),
        )
        for role in dict.fromkeys(line[0] for line in (*old, *new))
        if any(line[0] == role for line in (*gone, *came))
    ]


def differences(old: str, new: str) -> list[Piece]:
    """The new text with what is new and what is gone marked; whole words, spaces kept."""
    if old == new:
        return [Piece("same", new)] if new else []
    before, after = _PIECES.findall(old), _PIECES.findall(new)
    if len(before) > MOST or len(after) > MOST:
        return [piece for piece in (Piece("gone", old), Piece("new", new)) if piece.text]
    found: list[Piece] = []
    for verb, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if verb == "equal":
            found.append(Piece("same", "".join(after[k:m])))
            continue
        gone, came = "".join(before[i:j]), "".join(after[k:m])
        found += [piece for piece in (Piece("gone", gone), Piece("new", came)) if piece.text]
    return _joined(found)


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Words changed one beside the other are read as one change, not letter by letter: a lone space
    between two changes belongs to both."""
    out: list[Piece] = []
    gone = new = ""

    def put() -> None:
        nonlocal gone, new
        out.extend(p for p in (Piece("gone", gone), Piece("new", new)) if p.text)
        gone = new = ""

    for place, piece in enumerate(pieces):
        if piece.kind == "gone":
            gone += piece.text
        elif piece.kind == "new":
            new += piece.text
        elif (gone or new) and not piece.text.strip() and place + 1 < len(pieces):
            gone, new = gone + piece.text, new + piece.text
        else:
            put()
            out.append(piece)
    put()
    return out
