"""How many supports bring what about; the rows are the operator's."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

# head: the head of the agency approves in person, the Front is told;
# leadership: that, and the leadership of the province is told
EFFECTS = ("head", "leadership")


@dataclass(frozen=True, slots=True)
class Threshold:
    """An empty ``kind`` or ``level`` means any; ``number`` 0 turns the effect off; ``tell``: the code of
    a body whose heads are told besides."""

    kind: str
    level: str
    effect: str
    number: int
    tell: str = ""


def that_hold(rows: Iterable[Threshold], *, kind: str, level: str) -> dict[str, Threshold]:
    """For each effect the row that says most about this kind of petition at this level of agency."""
    found: dict[str, Threshold] = {}
    fitting = (row for row in rows if row.kind in ("", kind) and row.level in ("", level))
    for row in sorted(fitting, key=lambda row: (bool(row.kind), bool(row.level))):
        found[row.effect] = row
    return found


def newly_reached(
    holding: dict[str, Threshold], number: int, before: Collection[str]
) -> list[Threshold]:
    """What so many supports have just brought about, the smaller threshold first."""
    reached = (
        row for row in holding.values() if 0 < row.number <= number and row.effect not in before
    )
    return sorted(reached, key=lambda row: (row.number, row.effect))


def next_number(holding: dict[str, Threshold], reached: int) -> int:
    """The smallest threshold that is still ahead; 0 where there is none."""
    return min((row.number for row in holding.values() if row.number > reached), default=0)
