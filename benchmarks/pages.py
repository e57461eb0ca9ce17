"""How fast the pages are, each as a ratio to a bare Flask view of the same bytes, measured in turn.

``make bench`` takes the quick sizes; ``make bench BENCH="--full --save bench.md"`` the large ones.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.parts import load, size, table
from benchmarks.parts.cases import go
from benchmarks.parts.places import place
from benchmarks.parts.run import FULL, QUICK, Run, Sizes
from benchmarks.parts.stage import Stage

# --- what is said -------------------------------------------------------------------------------


def report(runs: Sequence[Run], versions: Sequence[str], arguments: Sequence[str]) -> list[str]:
    said = [
        "# Pages, measured",
        "",
        f"{table.stamp()} · {table.machine()} · {', '.join(versions)}",
        "",
        "Server: gunicorn, 1 process, 8 threads, on one core; wrk with 4 connections on another. Ratio: the page's",
        "requests per second over those of a bare Flask view of the same bytes under the same server, in turn; median",
        "of the rounds, smallest and largest. CPU: this process's own time for one request without a server.",
        f'Repeat: `make bench BENCH="{" ".join(arguments)}"`.',
    ]
    for run in runs:
        said += [
            "",
            f"## {run.stage.engine}",
            "",
            *table.lines(table.HEAD, [r.cells() for r in run.rows]),
        ]
        said += ["", *growth(run), *process(run)]
    return said


def growth(run: Run) -> list[str]:
    """How much longer a page takes over many files than over few, by the ratios (and by CPU)."""
    said = []
    pairs = [
        (
            f"oversight over {run.sizes.files[0]:,} files",
            f"oversight over {run.sizes.files[-1]:,} files",
        ),
        (
            f"queue of {run.sizes.queue[0]:,}, first page",
            f"queue of {run.sizes.queue[1]:,}, first page",
        ),
        (
            f"queue of {run.sizes.queue[0]:,}, narrowed",
            f"queue of {run.sizes.queue[1]:,}, narrowed",
        ),
    ]
    for small, large in pairs:
        found = [
            next((row for row in run.rows if row.name == name), None) for name in (small, large)
        ]
        if found[0] and found[1] and found[0].spent and found[1].spent:
            times = found[0].ratio / found[1].ratio if found[1].ratio else float("inf")
            spent = found[1].spent.page_ms / found[0].spent.page_ms
            said.append(f"- {large}: {times:.2f} times {small} (by CPU {spent:.2f})")
    return said


def process(run: Run) -> list[str]:
    memory = ", ".join(f"{name} {mb:.0f} MB" for name, mb in run.memory.items())
    started = sorted(run.started)
    return [
        f"- memory of a web worker after its run (RSS): {memory}",
        f"- start until /healthz answers: {started[0]:.2f}..{started[-1]:.2f} s",
    ]


# --- running ------------------------------------------------------------------------------------


def read(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.pages", description=__doc__)
    parser.add_argument(
        "--full", action="store_true", help="up to a million files; an hour and more"
    )
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), action="append")
    parser.add_argument("--files", type=int, nargs="+", help="sizes step by step")
    parser.add_argument("--queue", type=int, nargs=2, help="open files of a small and a large desk")
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--seconds", type=int, help="length of a round")
    parser.add_argument("--only", nargs="+", default=(), help="rows whose name holds one of these")
    parser.add_argument(
        "--keep", type=Path, help="folder that keeps the databases for the next run"
    )
    parser.add_argument(
        "--no-size", action="store_true", help="do not install an environment to weigh"
    )
    parser.add_argument("--save", type=Path, help="write the report there as well")
    return parser.parse_args(arguments)


def sizes_of(asked: argparse.Namespace) -> Sizes:
    usual = FULL if asked.full else QUICK
    return Sizes(
        tuple(asked.files or usual.files),
        tuple(asked.queue or usual.queue),
        asked.rounds or usual.rounds,
        asked.seconds or usual.seconds,
    )


def main(arguments: Sequence[str]) -> int:
    asked = read(arguments)
    try:
        load.check()
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 2
    runs, versions = [], []
    with tempfile.TemporaryDirectory(prefix="feedback-bench-") as own:
        for engine in asked.engine or ("sqlite", "postgresql"):
            folder = (asked.keep or Path(own)).resolve() / engine
            with place(engine, folder, kept=bool(asked.keep)) as found:
                run = Run(Stage(found, "files"), sizes_of(asked), only=tuple(asked.only))
                go(run)
                runs.append(run)
                versions.append(run.stage.version())
    said = report(runs, versions, arguments)
    if not asked.no_size:
        said += ["", f"Installed environment (requirements.txt): {size.installed_mb():.0f} MB"]
    text = "\n".join(said) + "\n"
    print(text)
    if asked.save:
        asked.save.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
