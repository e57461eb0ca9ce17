"""The table at the end of a run: who looked at how many pages, in how many looks, and what was found."""

from __future__ import annotations

from typing import Any

NAMES = ("pages", "looks", "closed", "findings")
WALKED = "walked"  # the name under which a test hands its line over, from a worker too


def table(walks: list[dict[str, Any]]) -> list[str]:
    """One line a person; ``closed`` are addresses that the person may not open, and did not."""
    sums = {name: sum(walk.get(name, 0) for walk in walks) for name in NAMES}
    lines = [{"who": "", **{name: name for name in NAMES}}, *walks, {"who": "together", **sums}]
    return [
        f"{one['who']:14}" + "".join(f"{one.get(name, 0):>10}" for name in NAMES) for one in lines
    ]


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Printed once, by the process that the workers report to."""
    reports = [one for some in terminalreporter.stats.values() for one in some]
    told = [
        pair
        for one in reports
        if getattr(one, "when", "") == "teardown"
        for pair in one.user_properties
    ]
    walks = [walk for name, walk in told if name == WALKED]
    if walks:
        terminalreporter.section("looked at")
        terminalreporter.write("\n".join(table(walks)) + "\n")
