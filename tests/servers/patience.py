"""How long tests wait for what happens outside their own process: the one place that says so.

Slow is not wrong: a busy machine is ten times slower than a quiet one. Whoever waits, waits for a named state
and not for a time, so patience costs nothing while all is well; only a fault takes that long to show.
"""

from __future__ import annotations

STEP_MS = 60_000  # a browser: one page, one click, one sentence that is expected
PATIENCE_S = 300.0  # a server or a worker: to start, to deliver, to end
