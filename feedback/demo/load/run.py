"""The run: days in order, lives of each day, a chunk of both at a time in one transaction."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count, islice
from random import Random

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from feedback import audit
from feedback.core import clock
from feedback.core.db import commit, db
from feedback.demo.load import comments, course, reference
from feedback.demo.load.lives import AWAKE_S, Life, Told, Wish
from feedback.demo.load.rows import Rows, put
from feedback.demo.load.when import moment, ms_at, spread
from feedback.demo.load.world import World
from feedback.demo.sample import DESK_S, OPENED
from feedback.monitoring.actions import recount
from feedback.pagecache.actions import reference_changed
from feedback.petitions.models import Petition

MONTHS_BACK = timedelta(days=3 * 365 + 1)
OPEN_BACK = timedelta(days=75)  # so long ago may files still be open that somebody asks for
CHUNK = 1000  # files in one transaction
CACHE_KB = 256 * 1024
ITEM = "III.2.2.c"  # the part of the plan that gets comments and files on demand

Progress = Callable[[int], None]
Waiting = list[tuple[int, int, Told]]  # a heap; of one moment, in the order of telling
_count = count()


class NoSuchBody(Exception):
    """No body of today has this code, or it takes no files."""


@dataclass(frozen=True)
class Wanted:
    """How many files, and what a benchmark needs besides: files open at one body, files and comments
    on one item of the plan."""

    petitions: int
    seed: int = 1
    agency: str = ""
    still_open: int = 0
    item_petitions: int = 0
    comments: int = 0

    @property
    def files(self) -> int:
        return self.petitions + self.still_open + self.item_petitions


@dataclass(frozen=True)
class Loaded:
    petitions: int
    events: int
    comments: int


def load(wanted: Wanted, progress: Progress) -> Loaded:
    """Fill a made-up database further, chunk by chunk; ``progress`` is told of each chunk's files.

    What was written stays when it is interrupted: files that were begun are told to their end, and the
    figures are counted. Raises RealPeople, NoSuchBody. Nobody else should write meanwhile.
    """
    reference.check()
    now = clock.now()
    today = clock.day_of(now)
    first = today - MONTHS_BACK
    reference.prepare(today, moment(ms_at(first, DESK_S)) - OPENED)
    commit()
    chance = Random(f"{wanted.seed}:{_files_so_far()}")  # noqa: S311 - the same for the same seed
    world = reference.world(today, int(now.timestamp() * 1000), chance)
    wishes = _wishes(wanted, world, chance, first, today - timedelta(days=1))
    db.session.rollback()
    with db.engine.connect() as connection, _quick(connection):
        loaded = _write(connection, world, chance, wishes, progress)
        said = comments.write(connection, world, chance, wanted.comments, ITEM)
    recount()
    reference_changed()
    commit()
    return Loaded(*loaded, said)


def _files_so_far() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(Petition)) or 0


def _wishes(
    wanted: Wanted, world: World, chance: Random, first: date, last: date
) -> Iterator[tuple[int, Wish]]:
    """When each file is sent, in order, and what it must be."""
    desk = world.desk(wanted.agency) if wanted.agency else None
    if desk is None and (wanted.agency or wanted.still_open):
        raise NoSuchBody
    streams = (
        (Wish(), dict(spread(wanted.petitions, first, last))),
        (Wish(desk=desk, still_open=True), dict(spread(wanted.still_open, last - OPEN_BACK, last))),
        (
            Wish(item=world.item(ITEM), shown=True),
            dict(spread(wanted.item_petitions, first, last)),
        ),
    )

    def told() -> Iterator[tuple[int, Wish]]:
        for day in streams[0][1]:
            wishes = [wish for wish, numbers in streams for _n in range(numbers.get(day, 0))]
            chance.shuffle(wishes)
            seconds = sorted(chance.randint(*AWAKE_S) for _wish in wishes)
            for second, wish in zip(seconds, wishes, strict=True):
                yield ms_at(day, second), wish

    return told()


def _write(
    connection: Connection,
    world: World,
    chance: Random,
    wishes: Iterator[tuple[int, Wish]],
    progress: Progress,
) -> tuple[int, int]:
    """Returns how many files and events were written."""
    waiting: Waiting = []  # events that are later than the files told so far
    files = events = 0
    try:
        while chunk := list(islice(wishes, CHUNK)):
            before = list(waiting)
            try:
                with connection.begin():
                    sealed = _chunk(connection, world, chance, chunk, waiting)
            except BaseException:
                waiting = before  # what is undone is not told either
                raise
            files, events = files + len(chunk), events + sealed
            progress(len(chunk))
    finally:
        while waiting:
            with connection.begin():
                events += _seal(connection, waiting, waiting[0][0], at_least=CHUNK * 8)
    return files, events


def _chunk(
    connection: Connection,
    world: World,
    chance: Random,
    chunk: list[tuple[int, Wish]],
    waiting: Waiting,
) -> int:
    rows = Rows(connection)
    for ms, wish in chunk:
        for told in course.tell(Life(world, rows, chance, wish, ms)):
            heapq.heappush(waiting, (told.ms, next(_count), told))
    rows.write()
    return _seal(connection, waiting, chunk[-1][0])


def _seal(connection: Connection, waiting: Waiting, until_ms: int, *, at_least: int = 0) -> int:
    """Into the record with every event up to a moment, in the order of time."""
    happenings: list[audit.Happening] = []
    while waiting and (waiting[0][0] <= until_ms or len(happenings) < at_least):
        happenings.append(_happening(heapq.heappop(waiting)[2]))
    audit.seal_given(connection, happenings, lambda table, rows: put(connection, table, rows))
    return len(happenings)


def _happening(told: Told) -> audit.Happening:
    return audit.Happening(
        tag=told.tag,
        subject=told.subject,
        thing=None,
        by=told.by,
        agency=told.agency,
        at=moment(told.ms),
        fields=dict(told.fields),
        due=told.due,
        rule=told.rule,
        given=True,
    )


@contextmanager
def _quick(connection: Connection) -> Iterator[None]:
    """SQLite syncs at checkpoints only and keeps more pages, on this one connection, which is closed
    afterwards; PostgreSQL gets its statistics at once."""
    if connection.dialect.name == "sqlite":
        driver = connection.connection.driver_connection
        assert driver is not None
        connection.detach()
        for pragma in ("synchronous=NORMAL", f"cache_size=-{CACHE_KB}"):
            driver.execute(f"PRAGMA {pragma}")
    yield
    if connection.dialect.name == "postgresql":
        with connection.begin():
            connection.exec_driver_sql("ANALYZE")
