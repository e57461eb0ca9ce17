"""The registry as it was in 2024, made of the shipped tables, and the acts of 2025 as an administrator
enters them: the same data, but nothing has happened yet."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import sqlalchemy as sa

from feedback.agencies.actions import load_registry
from feedback.agencies.actions.drafting import Head, draft_act, put_body, put_line
from feedback.agencies.actions.loading import DATA
from feedback.agencies.models import ActBody, ActDraft, Agency
from feedback.agencies.queries import by_code
from feedback.agencies.rules.drafting import BEGINS, ENDS, STAYS
from feedback.core.db import db
from tests.people import person

MARCH, JULY = date(2025, 3, 1), date(2025, 7, 1)
FILES = ("agencies", "groups", "group_terms", "reorganisations", "successions", "former_districts")
BEFORE = "2025-02-28"


def rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as source:
        yield from csv.DictReader(source)


def load(folder: Path) -> None:
    """Bodies of 2024 alone, none of them with a last day; no act, no succession."""
    for name in FILES:
        found = list(rows(name))
        names = list(found[0])
        if name == "agencies":
            found = [r for r in found if r["level"] != "merged_district"]  # of the other province
            found = [{**row, "valid_to": ""} for row in found if row["valid_from"] <= BEFORE]
        if name == "group_terms":
            found = [
                r for r in found if r["group"] == "ubnd-xa-phuong" or r["valid_from"] <= BEFORE
            ]
            found = [{**row, "valid_from": "", "valid_to": ""} for row in found]
        if name in {"reorganisations", "successions", "former_districts"}:
            found = []
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as target:
            table = csv.DictWriter(target, names)
            table.writeheader()
            table.writerows(found)
    load_registry(folder)
    db.session.flush()


def enter(code: str) -> ActDraft:
    """One of the shipped acts as a draft, with the bodies that end and begin by it."""
    act = next(row for row in rows("reorganisations") if row["code"] == code)
    day = date.fromisoformat(act["effective_on"])
    head = Head(act["title"], act["kind"], day, act["legal_basis"], act["mark"])
    draft = draft_act(head, by=person("an"))
    bodies: dict[str, ActBody] = {}
    lines = [row for row in rows("successions") if row["act"] == code]
    for line in lines:
        for end in ("predecessor", "successor"):
            if line[end] not in bodies:
                bodies[line[end]] = _body(draft, line[end], day)
    for line in lines:
        put_line(
            draft,
            giver=bodies[line["predecessor"]],
            taker=bodies[line["successor"]],
            function=line["function"],
            keywords=line["keywords"].replace("|", ","),
            is_main=line["is_main"] == "1",
            seen=draft.lock,
            by=person("an"),
        )
    return draft


def _body(draft: ActDraft, code: str, day: date) -> ActBody:
    shipped = next(row for row in rows("agencies") if row["code"] == code)
    known = db.session.scalar(sa.select(Agency).where(Agency.name == shipped["name"]))
    if known is None:
        return put_body(
            draft,
            part=BEGINS,
            name=shipped["name"],
            short_name=shipped["short_name"],
            level=shipped["level"],
            place_name=shipped["place_name"],
            seen=draft.lock,
            by=person("an"),
        )
    ends = shipped["valid_to"] != "" and date.fromisoformat(shipped["valid_to"]) < day
    part = ENDS if ends and known.valid_to is None else STAYS
    return put_body(draft, part=part, agency=known, seen=draft.lock, by=person("an"))


def districts_into_communes() -> ActDraft:
    """The end of the districts and the beginning of the 96 communes, in one act: whose work goes where
    is asked of a person, file by file."""
    title = "Không còn cấp huyện; lập 96 xã, phường"
    head = Head(title, "dissolve", JULY, "Nghị quyết 203/2025/QH15", "unverified")
    draft = draft_act(head, by=person("an"))
    for row in rows("agencies"):
        if row["level"] == "district":
            agency = by_code(row["code"])
            put_body(draft, part=ENDS, agency=agency, seen=draft.lock, by=person("an"))
        if row["level"] == "commune":
            put_body(
                draft,
                part=BEGINS,
                name=row["name"],
                short_name=row["short_name"],
                level="commune",
                place_name=row["place_name"],
                seen=draft.lock,
                by=person("an"),
            )
    return draft
