"""Whatever a stranger sends is read in a child process with limits of memory and time.

``python -m feedback.core.isolated MODULE …`` sets the limits and then runs the module as a program: it
reads standard input and writes standard output. The child limits itself before it reads a byte, so
nothing of ours runs between fork and exec in a process with many threads.
"""

from __future__ import annotations

import resource
import runpy
import subprocess
import sys
from collections.abc import Callable
from threading import BoundedSemaphore, Thread
from typing import IO

from feedback.core.config import ROOT

MEMORY_BYTES = 512 * 1024 * 1024
CPU_SECONDS = 10
WALL_SECONDS = 20  # on a busy machine honest work takes longer than its own seconds
AT_ONCE = 2  # children of one web process (and one long one), so that memory is bounded for all of them together
SHORT = BoundedSemaphore(AT_ONCE)
LONG = BoundedSemaphore(1)  # beside them: work that takes minutes must not make short work wait


class PastLimits(Exception):
    """The work took too long or too much memory, or the child died of what it read."""


def run(
    module: str,
    *arguments: str,
    data: bytes,
    told: Callable[[str], None] | None = None,
    seconds: int | None = None,
    turn: BoundedSemaphore = SHORT,
) -> bytes:
    """What the module's program writes about ``data``. Raises PastLimits.

    ``seconds`` by the clock, WALL_SECONDS where nothing is said. ``told`` hears each line that the program
    writes to standard error, while it works. ``turn``: LONG for what may take minutes.
    """
    command = [sys.executable, "-m", "feedback.core.isolated", module, *arguments]
    with (
        turn,
        subprocess.Popen(  # noqa: S603 - our own module, the file comes by standard input
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            env={"PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1", "PATH": ""},
        ) as child,
    ):
        return _written(child, data, told, WALL_SECONDS if seconds is None else seconds)


def _written(
    child: subprocess.Popen[bytes], data: bytes, told: Callable[[str], None] | None, seconds: int
) -> bytes:
    listener = Thread(target=_listen, args=(child.stderr, told), daemon=True)
    listener.start()
    child.stderr = None  # the thread reads it to its end
    try:
        written = child.communicate(data, timeout=seconds)[0]
    except subprocess.TimeoutExpired as error:
        child.kill()
        raise PastLimits from error
    finally:
        listener.join(timeout=2)
    if not written:
        raise PastLimits
    return written


def _listen(lines: IO[bytes], told: Callable[[str], None] | None) -> None:
    with lines:
        for line in lines:
            if told is not None:
                told(line.decode("utf-8", "replace").strip())


def limit() -> None:
    """No more memory and time than these, no file written, no memory left behind on disk."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    limit()
    sys.argv = sys.argv[1:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
