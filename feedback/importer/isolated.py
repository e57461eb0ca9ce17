"""Reading an untrusted file in a child process with limits of memory and time."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from typing import Any

from feedback.core.config import ROOT
from feedback.importer.errors import NotAPlan

MEMORY_BYTES = 512 * 1024 * 1024
SECONDS = 10


def parse_isolated(data: bytes, name: str) -> dict[str, Any]:
    """The read document as a dict (PlanDocument.as_dict). Raises NotAPlan, also past the limits."""
    try:
        child = subprocess.run(  # noqa: S603 - our own module, the file comes by standard input
            [sys.executable, "-m", "feedback.importer.parse", name],
            input=data,
            capture_output=True,
            timeout=SECONDS,
            cwd=ROOT,
            preexec_fn=_limit,  # noqa: PLW1509 - one call in the child, before anything runs
            check=False,
            env={"PYTHONIOENCODING": "utf-8", "PATH": ""},
        )
    except subprocess.TimeoutExpired as error:
        raise NotAPlan("limits") from error
    try:
        found: dict[str, Any] = json.loads(child.stdout)
    except ValueError as error:
        raise NotAPlan("limits") from error
    if "error" in found:
        raise NotAPlan(found["error"])
    return found


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
