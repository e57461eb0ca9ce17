"""The sample province holds together, whatever day it is loaded."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import Any

from feedback.accounts.roles import ROLES
from feedback.core.text import clean, fold, word_count
from feedback.petitions.kinds import TAKEN
from feedback.petitions.rules.codes import DECLINE_REASONS
from tests.demo import data
from tests.demo.data import AGENCIES, LEADS, TODAY, sample

TASKS = [
    *("III.1.1", "III.1.2", "III.2.1", *(f"III.2.2.{letter}" for letter in "abcdefghik")),
    *("III.3.1", "III.3.2", "III.3.3", "III.3.4", "III.4.1", "III.4.2"),
    *("III.5.1", "III.5.2", "III.5.3"),
]
PETITIONS, PEOPLE, COMMENTS = sample("petitions"), sample("people"), sample("comments")
SUMMARIES = sample("summaries")


def working_days(petition: dict[str, Any]) -> tuple[int, int]:
    """The answer's distance from the submission in calendar days: at least, at most without Tết."""
    days = petition["answered_wd"]
    return days * 7 // 5, days * 7 // 5 + 5


def texts() -> list[str]:
    """Every word of the sample that a reader sees, but names."""
    found = [SUMMARIES["plan"]["short_title"], *SUMMARIES["groups"].values()]
    found += [value for entry in SUMMARIES["items"].values() for value in entry.values()]
    found += [row["text"] for row in COMMENTS]
    found += [reply["text"] for row in COMMENTS for reply in row.get("replies", ())]
    for row in PETITIONS:
        found += [row[key] for key in ("title", "text", "place")]
        found += [row[k] for k in ("answer", "question", "reply", "words", "dispute") if k in row]
        found += [
            part[k] for part in row.get("parts", ()) for k in ("question", "text") if k in part
        ]
        found += [row["rating"]["words"]] if "rating" in row else []
    return found


def test_every_file_is_nfc_and_clean() -> None:
    for folder in (data.REGISTRY, data.SAMPLE):
        for path in [*folder.glob("*.csv"), *folder.glob("*.json")]:
            text = path.read_text(encoding="utf-8")
            assert unicodedata.is_normalized("NFC", text), path.name
            assert "\r" not in text
    assert all(text == clean(text) for text in texts())


def test_every_task_has_a_short_title_and_a_summary_in_our_own_words() -> None:
    assert list(SUMMARIES["items"]) == TASKS
    for entry in SUMMARIES["items"].values():
        assert 8 <= len(entry["title"]) <= 60
        assert 20 <= word_count(entry["summary"]) <= 90
        assert entry["summary"].endswith(".")
    groups = {path.rpartition(".")[0] for path in TASKS} - {"III"}
    assert set(SUMMARIES["groups"]) == {"I", "II", "III", "IV", *groups}
    if data.PLANS.exists():
        official = fold((data.PLANS / "2705-kh-ubnd.txt").read_text(encoding="utf-8"))
        for entry in SUMMARIES["items"].values():
            words = fold(entry["summary"]).split()
            runs = (" ".join(words[at : at + 9]) for at in range(len(words) - 8))
            assert not [run for run in runs if run in official]


def test_the_cast_has_every_role_and_every_working_agency_two_people() -> None:
    assert len({p["email"] for p in PEOPLE}) == len({p["name"] for p in PEOPLE}) == len(PEOPLE)
    assert {role for p in PEOPLE for role in p["roles"]} == set(ROLES)
    assert {role for p in PEOPLE if p["cast"] for role in p["roles"]} == set(ROLES)
    assert all(p["email"] == f"{p['key']}@demo.example" for p in PEOPLE)
    assert all(p["agency"] is None or p["agency"] in AGENCIES for p in PEOPLE)
    working = {p["agency"] for p in PETITIONS} - {"lead", "dispatch"} | set(LEADS.values())
    for agency in working:
        assert data.BODIES[data.IDS[agency]].exists_on(TODAY)
        staff = [p for p in PEOPLE if p["agency"] == agency]
        heads = [p["key"] for p in staff if "head" in p["roles"]]
        assert heads, agency
        assert [p for p in staff if "officer" in p["roles"] and p["key"] not in heads], agency


def test_sixty_petitions_cover_every_state_and_most_items() -> None:
    assert len({p["key"] for p in PETITIONS}) == len(PETITIONS) == 60
    states = Counter(p["state"] for p in PETITIONS)
    assert set(states) == {
        *("submitted", "received", "in_progress", "needs_info", "awaiting_approval"),
        *("answered", "closed", "declined", "guided", "merged", "withdrawn", "sealed"),
    }
    assert states["answered"] + states["closed"] >= 25
    assert sum(p["item"] is None for p in PETITIONS) == 12
    assert {p["item"] for p in PETITIONS} - {None} <= set(TASKS)
    assert {p["kind"] for p in PETITIONS} == set(TAKEN)
    assert sum("dispute" in p for p in PETITIONS) == 1
    assert sum(p.get("answered_wd", 0) > 15 for p in PETITIONS) >= 5
    waiting = {"submitted", "received", "in_progress", "awaiting_approval"}
    late = [
        p for p in PETITIONS if p["state"] in waiting and "dispute" not in p and p["days_ago"] > 32
    ]
    assert len(late) == 4


def test_a_petition_is_short_whole_and_knows_its_place() -> None:
    for p in PETITIONS:
        assert len(p["title"]) <= 80
        assert 30 <= word_count(p["text"]) <= 150
        assert p["commune"] is None or AGENCIES[p["commune"]]["level"] == "commune"
        assert p["channel"] in {"web", "desk", "phone"}
        assert not (p["name_public"] and not p["name"])
        assert 0 <= p["days_ago"] <= 200


def test_a_petition_carries_what_its_state_needs() -> None:
    known = {p["key"]: p for p in PETITIONS}
    for p in PETITIONS:
        state = p["state"]
        told = state in {"answered", "closed", "awaiting_approval"} or "dispute" in p
        assert told is ("answer" in p)
        assert ("answered_wd" in p) is (told and state != "awaiting_approval")
        assert ("reason_code" in p) is (state == "declined")
        assert p.get("reason_code", "not_clear") in DECLINE_REASONS
        assert ("words" in p) is (state in {"declined", "guided", "withdrawn"})
        assert ("question" in p) is (state == "needs_info" or "reply" in p)
        assert ("merge_into" in p) is (state == "merged")
        if "answer" in p:
            assert 60 <= word_count(p["answer"]) <= 150
        if "merge_into" in p:
            older = known[p["merge_into"]]
            assert older["days_ago"] > p["days_ago"]
            assert older["state"] == "answered"
        if "rating" in p:
            assert 1 <= p["rating"]["score"] <= 5
            assert "answered_wd" in p


def test_a_part_is_asked_of_another_body_with_people_inside_the_lead_s_days() -> None:
    asked = [(p, part) for p in PETITIONS for part in p.get("parts", ())]
    assert {("text" in part, part.get("shown", False)) for _p, part in asked} == {
        (False, False),
        (True, False),
        (True, True),
    }
    for p, part in asked:
        lead = LEADS[p["item"]] if p["agency"] == "lead" else p["agency"]
        assert part["agency"] != lead
        assert data.BODIES[data.IDS[part["agency"]]].exists_on(TODAY)
        assert [x for x in PEOPLE if x["agency"] == part["agency"] and "head" in x["roles"]]
        extension = p.get("extension", {"approved": False})
        assert (
            part["asked_wd"]
            < part["due_wd"]
            < (extension["to_wd"] if extension["approved"] else 15)
        )
        assert ("given_wd" in part) is ("text" in part)
        assert part.get("given_wd", 0) < p.get("answered_wd", 99) - 1


def test_nothing_in_the_sample_happens_after_today() -> None:
    for p in PETITIONS:
        if "answered_wd" not in p:
            continue
        soonest, latest = working_days(p)
        assert p["days_ago"] >= latest, p["key"]
        if p["state"] == "closed":  # thirty days without a dispute have passed
            assert p["days_ago"] - latest > 30, p["key"]
        elif "dispute" in p:
            assert 0 < p["days_ago"] - soonest - p["dispute_days_ago"] <= 30
        else:
            assert p["days_ago"] - soonest < 30, p["key"]


def test_a_petition_goes_where_the_rules_send_it() -> None:
    for p in PETITIONS:
        leads = p["item"] in LEADS
        if p["agency"] == "lead":
            assert leads, p["key"]
        elif p["agency"] == "dispatch":
            assert not leads, p["key"]
            assert p["state"] in {"submitted", "withdrawn"}
        elif leads or p["state"] not in {"declined", "guided", "sealed"}:
            assert p["dispatch_reason"], p["key"]


def test_forty_comments_stand_under_known_items() -> None:
    assert len(COMMENTS) == 40
    assert {c["item"] for c in COMMENTS} <= set(TASKS)
    assert {c["state"] for c in COMMENTS} == {"visible", "pending"}
    assert all(5 <= word_count(c["text"]) <= 60 and len(c["name"]) <= 80 for c in COMMENTS)
    assert all(0 <= c["days_ago"] <= 200 for c in COMMENTS)


def test_no_text_names_a_person_a_number_or_an_address() -> None:
    whole = "\n".join(texts())
    names = {p["name"] for p in PEOPLE} | {p["name"] for p in PETITIONS if p["name"]}
    assert not [name for name in names if name in whole]
    assert not re.search(r"\d{4,}|@|https?:", whole)
