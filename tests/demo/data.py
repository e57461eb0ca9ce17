"""The shipped tables and the sample, read as a loader reads them."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

from feedback.agencies.rules.succession import Body, Step, today_of
from feedback.core.text import fold

ROOT = Path(__file__).parents[2]
REGISTRY = ROOT / "feedback" / "agencies" / "data"
SAMPLE = ROOT / "feedback" / "demo" / "data"
PLANS = ROOT.parent / "shared" / "plans"  # real documents, where this project was made
SAMPLE_PLAN = SAMPLE / "plan-sample.txt"
TODAY = date(2026, 11, 24)
# who leads today where one body follows (5.1 and 5.2 share the lines of 5.3)
LEADS = {
    **dict.fromkeys(["III.2.2.a", "III.2.2.b", "III.2.2.i", "III.2.2.k"], "so-noi-vu"),
    **dict.fromkeys(["III.3.3", "III.4.2", "III.5.1", "III.5.2", "III.5.3"], "so-noi-vu"),
    "III.1.2": "so-khoa-hoc-cong-nghe",
    "III.2.2.c": "so-tai-chinh",
    "III.2.2.h": "so-ngoai-vu",
}


def table(name: str) -> list[dict[str, str]]:
    with (REGISTRY / f"{name}.csv").open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def sample(name: str) -> Any:
    return json.loads((SAMPLE / f"{name}.json").read_text(encoding="utf-8"))


def day(value: str) -> date | None:
    return date.fromisoformat(value) if value else None


AGENCIES = {row["code"]: row for row in table("agencies")}
IDS = {code: number for number, code in enumerate(AGENCIES, start=1)}
CODES = {number: code for code, number in IDS.items()}
BODIES = {
    IDS[code]: Body(IDS[code], day(row["valid_from"]), day(row["valid_to"]))
    for code, row in AGENCIES.items()
}
ACTS = {row["code"]: row for row in table("reorganisations")}
STEPS = [
    Step(
        predecessor_id=IDS[row["predecessor"]],
        successor_id=IDS[row["successor"]],
        effective_on=date.fromisoformat(ACTS[row["act"]]["effective_on"]),
        function=row["function"],
        keywords=tuple(k for k in row["keywords"].split("|") if k),
        mark=row["mark"],
        is_main=row["is_main"] == "1",
    )
    for row in table("successions")
]


def named(wording: str) -> str:
    """The code of the one body with this name or alias."""
    folded = fold(wording)
    found = [
        code
        for code, row in AGENCIES.items()
        if folded in {fold(n) for n in [row["name"], row["short_name"], *row["aliases"].split("|")]}
    ]
    (code,) = found
    return code


def follow(code: str, text: str, on: date) -> tuple[str | None, bool]:
    """Today's body for a text, and whether a person must decide."""
    outcome = today_of(IDS[code], on, fold(text), STEPS, BODIES)
    return (CODES[outcome.main_id] if outcome.main_id else None), outcome.unclear


def led_items_of_the_real_plan() -> list[dict[str, Any]]:
    """Led items of plan 2705 with their texts, cut out by the hand-made answers."""
    gold = json.loads((PLANS / "2705-kh-ubnd.gold.json").read_text(encoding="utf-8"))
    whole = " ".join((PLANS / "2705-kh-ubnd.txt").read_text(encoding="utf-8").split())
    found, at = [], 0
    for item in gold["items"]:
        start = whole.index(item["text_start"], at)
        at = whole.index(item["text_end"], start) + len(item["text_end"])
        if item["lead"]:
            found.append({"path": item["path"], "lead": item["lead"], "text": whole[start:at]})
    return found


def led_items_of_our_plan() -> list[dict[str, Any]]:
    """The same of the project's own plan document, read by the importer."""
    from feedback.importer.parse import parse

    read = parse(SAMPLE_PLAN.read_bytes(), SAMPLE_PLAN.name).as_dict()
    return [item for item in read["items"] if item["lead"]]
