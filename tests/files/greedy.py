"""A program for the child process that keeps to nothing: ``memory``, ``time`` or ``disk``."""

from __future__ import annotations

import sys
from pathlib import Path

if sys.argv[1] == "memory":
    sys.stdout.write(str(len(bytearray(1 << 30))))
elif sys.argv[1] == "time":
    while True:
        pass
else:
    Path(sys.stdin.read()).write_text("a word", encoding="utf-8")
    sys.stdout.write("written")
