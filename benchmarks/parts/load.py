"""Requests as fast as a server takes them: wrk on the second core."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import NamedTemporaryFile

from benchmarks.parts.serving import pinned

CONNECTIONS = 4
_RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
_FAILED = re.compile(r"Non-2xx or 3xx responses: (\d+)")
INSTALL = "wrk is not installed: apt install wrk"
# each request gets a form key of its own, so that each is a petition of its own
UNIQUE = "UNIQUE"
_SCRIPT = """
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
local body = [==[%s]==]
local number, seed = 0, "%s"
request = function()
  number = number + 1
  return wrk.format(nil, nil, nil, (body:gsub("UNIQUE", seed .. "-" .. number)))
end
"""


@dataclass(frozen=True)
class Request:
    """What is asked again and again; a ``body`` makes it a POST, UNIQUE in it another key each time."""

    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = ""


def check() -> None:
    """Raises FileNotFoundError, with the command that helps, where there is no wrk."""
    if shutil.which("wrk") is None:
        raise FileNotFoundError(INSTALL)


def rate(port: int, request: Request, seconds: int, seed: str) -> float:
    """Answers a second. Raises RuntimeError when some were errors: they would be too fast."""
    command = [*pinned(1), "wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "120s"]
    for name, value in request.headers.items():
        command += ["-H", f"{name}: {value}"]
    address = f"http://127.0.0.1:{port}{request.path}"
    if not request.body:
        return _read(_run([*command, address]))
    with NamedTemporaryFile("w", suffix=".lua", encoding="utf-8") as script:
        script.write(_SCRIPT % (request.body, seed))
        script.flush()
        return _read(_run([*command, "-s", str(Path(script.name)), address]))


def _run(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout


def _read(said: str) -> float:
    failed, found = _FAILED.search(said), _RATE.search(said)
    if failed or not found:
        raise RuntimeError(said)
    return float(found[1])
