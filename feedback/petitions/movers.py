"""Open files and owed parts in a reorganisation: registered in app.py (see agencies.rules.moving)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from feedback.agencies.queries import focal_agency
from feedback.agencies.rules.moving import DISPATCH, STAY, UNDECIDED, Act, Flow, Thing, counted
from feedback.petitions.actions.succeeding import Way, succeed, succeed_parts
from feedback.petitions.queries import succession as queries


class Files:
    """Every open file, with its leg, its officer and what is still owed for it."""

    name = "petitions.files"

    def flows(self, act: Act) -> Sequence[Flow]:
        """Files of a body whose functions all go one way are counted in one question."""
        plain = {a for a in act.ending if not act.givers[a].reads_words}
        numbers = queries.count_at(plain) if plain else {}
        ways = [(act.givers[a], act.by_rule(a), n) for a, n in sorted(numbers.items())]
        read = ((row.agency_id, _by_rule(act, row)) for row in queries.files_at(_read(act)))
        return [
            *(Flow(giver.name, way, n) for giver, way, n in ways if way != UNDECIDED),
            *counted(act.givers, ((a, way) for a, way in read if way != STAY)),
        ]

    def things(self, act: Act) -> Iterator[Thing]:
        return _asked(self.name, "petition", act, queries.files_at(_asking(act)), dispatch=True)

    def apply(self, act: Act, *, on: date, by: Any) -> int:
        return succeed(self._ways(act), reason=act.title, on=on, by=by)

    def _ways(self, act: Act) -> Iterator[tuple[int, Way]]:
        focal_id = focal_agency().id
        for row in queries.files_at(act.givers):
            choice = _by_rule(act, row) or act.decided(self.name, f"petition:{row.public_id}")
            target = act.target(choice)
            if choice == DISPATCH:
                yield row.id, Way(focal_id, True)
            elif target is not None:
                yield row.id, Way(target)

    def strays(self, on: date) -> Mapping[int, int]:
        return queries.files_with_nobody(on)


class Parts:
    """What coordinating agencies still owe."""

    name = "petitions.parts"

    def flows(self, act: Act) -> Sequence[Flow]:
        rows = ((row.agency_id, _by_rule(act, row)) for row in queries.parts_at(act.givers))
        return counted(act.givers, ((a, way) for a, way in rows if way != STAY))

    def things(self, act: Act) -> Iterator[Thing]:
        return _asked(self.name, "part", act, queries.parts_at(_asking(act)), dispatch=False)

    def apply(self, act: Act, *, on: date, by: Any) -> int:
        return succeed_parts(self._ways(act), reason=act.title, on=on, by=by)

    def _ways(self, act: Act) -> Iterator[tuple[Any, int]]:
        for row in queries.parts_at(act.givers):
            choice = _by_rule(act, row) or act.decided(self.name, f"part:{row.public_id}")
            target = act.target(choice)
            if target is not None:
                yield row, target

    def strays(self, on: date) -> Mapping[int, int]:
        return queries.parts_with_nobody(on)


def _read(act: Act) -> list[int]:
    """Bodies of which some functions go elsewhere: their files are read one by one."""
    return [giver.id for giver in act.givers.values() if giver.reads_words]


def _asking(act: Act) -> list[int]:
    """Bodies of which a person may have to decide something."""
    return [g.id for g in act.givers.values() if g.reads_words or (g.ends and g.main is None)]


def _by_rule(act: Act, row: Any) -> str:
    giver = act.givers[row.agency_id]
    return act.by_rule(giver.id, queries.words_of(row) if giver.reads_words else "")


def _asked(
    mover: str, kind: str, act: Act, rows: Iterable[Any], *, dispatch: bool
) -> Iterator[Thing]:
    """Each row about which no rule decides, as a question to a person."""
    for row in rows:
        if _by_rule(act, row) != UNDECIDED:
            continue
        subject = f"{kind}:{row.public_id}"
        yield Thing(
            subject=subject,
            title=queries.name_of(row),
            giver=act.givers[row.agency_id].name,
            choice=act.decided(mover, subject),
            options=act.options(row.agency_id, dispatch=dispatch),
            note=row.due_on.isoformat(),
            touched=act.touched(row.agency_id, queries.words_of(row)),
        )
