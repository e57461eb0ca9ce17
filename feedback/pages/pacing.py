"""How often one network may ask for offers while somebody types: counted in this process's memory alone,
for a few seconds. Whoever asks more often is not offered anything for a moment; her search still works."""

from __future__ import annotations

from collections import Counter
from threading import Lock
from time import monotonic

SECONDS, MOST = 10, 60  # a fast hand asks four times a second; several people share one network
_lock = Lock()
_asked: Counter[str] = Counter()
_until = 0.0


def may_ask(network: str) -> bool:
    """Count one more question of this network; False past ``MOST`` within these seconds."""
    global _until
    with _lock:
        if monotonic() >= _until:
            _asked.clear()
            _until = monotonic() + SECONDS
        _asked[network] += 1
        return _asked[network] <= MOST
