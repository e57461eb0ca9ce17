"""What was measured, as a table that can be kept beside the code."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from statistics import median

from benchmarks.parts.cpu import Spent

HEAD = (
    "page",
    "bytes",
    "queries",
    "req/s",
    "bare req/s",
    "ratio",
    "min..max",
    "CPU ms",
    "CPU ratio",
)


@dataclass(frozen=True)
class Measured:
    """One row. The rates were taken in turn: page, bare, page, bare …"""

    name: str
    size: int
    pages: Sequence[float]
    bares: Sequence[float]
    spent: Spent | None = None

    @property
    def ratios(self) -> list[float]:
        return [page / bare for page, bare in zip(self.pages, self.bares, strict=True)]

    @property
    def ratio(self) -> float:
        return median(self.ratios)

    def cells(self) -> tuple[str, ...]:
        low, high = min(self.ratios), max(self.ratios)
        spent = self.spent
        return (
            self.name,
            f"{self.size:,}",
            str(spent.queries) if spent else "",
            f"{median(self.pages):,.0f}",
            f"{median(self.bares):,.0f}",
            f"{self.ratio:.3f}",
            f"{low:.3f}..{high:.3f}",
            f"{spent.page_ms:.2f}" if spent else "",
            f"{spent.ratio:.3f}" if spent else "",
        )


def lines(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """A table in Markdown; all columns but the first to the right."""
    rule = ["---"] + ["---:"] * (len(head) - 1)
    return ["| " + " | ".join(row) + " |" for row in (head, rule, *rows)]


def machine() -> str:
    """Processor, cores, system, Python."""
    info = Path("/proc/cpuinfo")
    names = [
        line.split(":", 1)[1].strip()
        for line in (info.read_text(encoding="utf-8").splitlines() if info.exists() else ())
        if line.startswith("model name")
    ]
    name = names[0] if names else platform.processor() or "unknown processor"
    cores = len(names) or 1
    return f"{name}, {cores} cores, {platform.system()} {platform.release()}, Python {platform.python_version()}"


def stamp() -> str:
    return datetime.now().astimezone().strftime("%Y-%m-%d %H:%M %z")
