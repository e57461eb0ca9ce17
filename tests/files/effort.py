"""What cleaning costs the processor beside an ordinary photograph: the same on a slow machine and on a busy one,
where seconds by the clock say nothing."""

from __future__ import annotations

import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache

from feedback.files.cleaning import clean_upload
from tests.files import corpus


@contextmanager
def effort() -> Iterator[Callable[[], float]]:
    """``with effort() as photographs``: so many ordinary ones could be cleaned in the time of the block."""
    usual, before = _usual(), _children()
    yield lambda: (_children() - before) / usual


@cache
def _usual() -> float:
    before = _children()
    clean_upload(corpus.jpeg())
    return _children() - before


def _children() -> float:
    """Seconds of this process's children, which do the cleaning."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
