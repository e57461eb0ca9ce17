"""``make lighthouse``: home, a plan item, submitting, following and the figures, as a phone gets them.

Each page is measured ``--rounds`` times; the table has the median of each score. What Lighthouse finds
is listed below it.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.parts.places import Files
from benchmarks.parts.serving import server
from benchmarks.parts.stage import Stage
from benchmarks.parts.table import machine, stamp
from tests.servers.browser import program

HERE = Path(__file__).parent
FILES = 1000
SCORES = ("performance", "accessibility", "best-practices", "seo")
GOALS = {"performance": 95, "accessibility": 100}


def addresses(stage: Stage) -> dict[str, str]:
    item = stage.item_address()
    return {
        "home": "/",
        "item": item,
        "submit": f"/submit?item={item.rsplit('/', 1)[1]}",
        "follow": "/track",
        "transparency": "/transparency",
    }


def measured(base: str, paths: list[str]) -> list[dict[str, Any]]:
    """What Lighthouse says of each page, in order. Raises CalledProcessError where it cannot run."""
    command = ["node", str(HERE / "run.mjs"), program(), *(base + path for path in paths)]
    said = subprocess.run(command, cwd=HERE, check=True, stdout=subprocess.PIPE, text=True)
    return [json.loads(line) for line in said.stdout.splitlines()]


def report(pages: dict[str, list[dict[str, Any]]]) -> list[str]:
    head = "| page | performance | accessibility | best practices | SEO | first paint, ms | largest, ms | blocked, ms | shift |"
    lines = [f"{stamp()} · {machine()}", "", head, "|---|" + "---:|" * 8]
    for name, rounds in pages.items():
        scores = [f"{median(one['scores'][which] for one in rounds):.0f}" for which in SCORES]
        times = [f"{median(one[which] for one in rounds):,.0f}" for which in ("fcp", "lcp", "tbt")]
        shift = f"{median(one['cls'] for one in rounds):.3f}"
        lines.append(f"| {' | '.join([name, *scores, *times, shift])} |")
    found = sorted(
        {f"{name}: {what}" for name, all_ in pages.items() for one in all_ for what in one["found"]}
    )
    return [*lines, "", *found]


def short_of_goals(pages: dict[str, list[dict[str, Any]]]) -> list[str]:
    return [
        f"{name}: {which} under {goal}"
        for name, rounds in pages.items()
        for which, goal in GOALS.items()
        if median(one["scores"][which] for one in rounds) < goal
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=1)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as name:
        stage = Stage(Files(Path(name)), "lighthouse")
        stage.migrate()
        stage.grow(FILES, comments=25)
        places = addresses(stage)
        pages: dict[str, list[dict[str, Any]]] = {page: [] for page in places}
        with server("wsgi:app", stage.environ(cached=True)) as site:
            for _round in range(rounds):
                told = measured(f"http://127.0.0.1:{site.port}", list(places.values()))
                for page, one in zip(places, told, strict=True):
                    pages[page].append(one)
    print("\n".join(report(pages)))
    short = short_of_goals(pages)
    print("\n".join(short), file=sys.stderr)
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
