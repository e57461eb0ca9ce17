"""Several readings of one document, and the one that accounts for most of it.

The first follows the grammar alone. The others suppose something about the document (its own words for keys,
bodies alone at the ends of its tasks, no labels at all); one is taken where it gives clearly more bodies and
times to tasks than the one before, and what only it has found is said to be guessed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from dataclasses import field as made

from feedback.importer.guessing import in_known_words
from feedback.importer.readers.pieces import Line, Piece
from feedback.importer.result import Group, Task
from feedback.importer.roles import DEADLINE, ROLES, read_field
from feedback.importer.structure import Block, Outline, outline, walk
from feedback.importer.tasks import read_tasks
from feedback.importer.turns import is_signing, turn_at
from feedback.importer.values import judge

MAX_LETTERS = 200_000  # of a longer document there is one reading
MORE = 1.15  # times as much must be found
FEW_TAILS, SHARE_OF_TAILS = 2, 0.4
UNKNOWN = "no known kind of body"


@dataclass
class Reading:
    """One reading: what was supposed, and what it gave."""

    pieces: list[Piece]
    changed: set[int]
    tails: bool = False
    start: int | None = None
    found: Outline = made(default_factory=Outline)
    items: list[Task] = made(default_factory=list)
    groups: list[Group] = made(default_factory=list)
    passing: list[Task] = made(default_factory=list)
    score: float = 0.0


def best_reading(pieces: list[Piece]) -> Reading:
    """The reading that accounts for most of the document."""
    best = _read(Reading(pieces, set()))
    if sum(map(_size, pieces)) > MAX_LETTERS:
        return best
    worded, changed = in_known_words(pieces)
    if changed:
        best = _better(best, _read(replace(best, pieces=worded, changed=changed)))
    if not best.items:
        start = first_words(worded)
        if start is not None:
            best = _better(best, _read(replace(best, pieces=worded, changed=changed, start=start)))
    ended = _read(replace(best, tails=True))
    return _better(best, ended) if _has_tails(ended) else best


def _size(piece: Piece) -> int:
    if isinstance(piece, Line):
        return len(piece.text)
    return sum(len(cell.text) for row in piece.rows for cell in row)


def _read(reading: Reading) -> Reading:
    """Read the document as supposed."""
    found = outline(reading.pieces, tails=reading.tails, start=reading.start)
    items, groups, passing = read_tasks(found)
    told = replace(reading, found=found, items=items, groups=groups, passing=passing)
    told.score = sum(map(_worth, items))
    return told


def _worth(task: Task) -> float:
    """What a task tells: known bodies in their roles, and a time; names of no known kind count against it."""
    worth = 0.0
    for value in task.values:
        if value.field in ROLES:
            worth += -0.5 if UNKNOWN in value.reasons else 1.0
        elif value.field == DEADLINE:
            worth += 0.7
    return worth - (0.5 if task.form == "prose" else 0.0)


def _better(one: Reading, other: Reading) -> Reading:
    """The other where it tells clearly more; what it alone tells is guessed."""
    if other.score < max(one.score * MORE, one.score + 1.0):
        return one
    known = {(t.line, v.field, v.value) for t in one.items for v in t.values if v.field != "text"}
    for task in other.items:
        told = {(task.line, v.field, v.value) for v in task.values if v.field != "text"}
        judge(task, guessed=bool(told - known))
    return other


def _has_tails(reading: Reading) -> bool:
    """Whether bodies at the end of tasks are a habit of the document, and no chance."""
    if reading.found.tails < FEW_TAILS:
        return False
    sections = [_leaves(block) for block in reading.found.blocks]
    ended = sum(told for told, _all in sections)
    return ended >= FEW_TAILS and ended >= SHARE_OF_TAILS * sum(n for told, n in sections if told)


def _leaves(section: Block) -> tuple[int, int]:
    """How many of the last words of a section end with bodies, and how many there are."""
    told = leaves = 0
    for block in walk([section]):
        entries = [entry for entry in block.entries if entry.table is None]
        words = [entry for entry in entries if entry.field is None]
        bullets = [entry for entry in words if entry.bullet is not None]
        if block.children and not bullets:
            continue
        leaves += len(bullets) or 1
        places = {entry.first for entry in words}
        told += len({entry.first for entry in entries if entry.field and entry.first in places})
    return told, leaves


def first_words(pieces: list[Piece]) -> int | None:
    """The line at which the text of a document without labels begins: behind "… như sau:", else with the
    paragraph before the first field line."""
    lines = [piece for piece in pieces if isinstance(piece, Line)]
    titled = next((at for at, line in enumerate(lines) if turn_at(line.text.strip())), 0)
    for at in range(titled, len(lines) - 1):
        text = lines[at].text.strip()
        if is_signing(text):
            break
        if (text.endswith(":") and len(text) > 20 or text.endswith("như sau:")) and read_field(
            text
        ) is None:
            return lines[at + 1].number
        found = read_field(text)
        if found is not None and found.kind in ROLES:
            while at > 0 and lines[at - 1].text.strip():
                at -= 1
            return lines[at].number
    return None
