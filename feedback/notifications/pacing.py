"""How often one address gets the same sort of mail: what anybody can cause must not be a way to flood her.

Counted in the worker's memory: it is one process, a new start forgives, and nothing else is asked for it.
"""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta
from threading import Lock

from cachetools import LRUCache

A_DAY = timedelta(days=1)
KEPT = 20_000  # addresses; the ones that were written to longest ago leave first
_most: dict[str, int] = {}
_lock = Lock()
_sent: LRUCache[tuple[str, str], deque[datetime]] = LRUCache(KEPT)


def pace(template: str, *, most: int) -> None:
    """Let this template go to one address so many times in 24 hours at most."""
    _most[template] = most


def may_go(template: str, address: str, *, now: datetime) -> bool:
    """Count one more; False past the bound."""
    most = _most.get(template)
    if most is None:
        return True
    with _lock:
        times = _sent.setdefault((template, address.lower()), deque())
        while times and times[0] <= now - A_DAY:
            times.popleft()
        if len(times) >= most:
            return False
        times.append(now)
        return True


def forget() -> None:
    """As after a new start."""
    with _lock:
        _sent.clear()
