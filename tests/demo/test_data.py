"""The registry of bodies and the sample province hold together, whatever day they are loaded."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from feedback.accounts.roles import ROLES
from feedback.core.text import clean, fold, word_count
from feedback.petitions.kinds import TAKEN
from feedback.petitions.rules.codes import DECLINE_REASONS
from tests.demo import data
from tests.demo.data import ACTS, AGENCIES, sample, table

ISSUED, TODAY = date(2024, 9, 5), date(2026, 11, 24)
TASKS = [
    *("III.1.1", "III.1.2", "III.2.1", *(f"III.2.2.{letter}" for letter in "abcdefghik")),
    *("III.3.1", "III.3.2", "III.3.3", "III.3.4", "III.4.1", "III.4.2"),
    *("III.5.1", "III.5.2", "III.5.3"),
]
# who leads today where one body follows (5.1 and 5.2 share the lines of 5.3)
LEADS = {
    **dict.fromkeys(["III.2.2.a", "III.2.2.b", "III.2.2.i", "III.2.2.k"], "so-noi-vu"),
    **dict.fromkeys(["III.3.3", "III.4.2", "III.5.1", "III.5.2", "III.5.3"], "so-noi-vu"),
    "III.1.2": "so-khoa-hoc-cong-nghe",
    "III.2.2.c": "so-tai-chinh",
    "III.2.2.h": "so-ngoai-vu",
}
UNCLEAR = {"III.2.2.d", "III.2.2.f", "III.2.2.g"}
PETITIONS, PEOPLE, COMMENTS = sample("petitions"), sample("people"), sample("comments")
SUMMARIES = sample("summaries")


def on(level: str, when: date) -> set[str]:
    return {
        code
        for code, row in AGENCIES.items()
        if row["level"] == level and data.BODIES[data.IDS[code]].exists_on(when)
    }


def working_days(petition: dict[str, Any]) -> tuple[int, int]:
    """The answer's distance from the submission in calendar days: at least, at most without Tết."""
    days = petition["answered_wd"]
    return days * 7 // 5, days * 7 // 5 + 5


# the registry


def test_the_province_has_its_bodies_of_2024_and_of_today() -> None:
    assert len(on("department", ISSUED)) + len(on("office", ISSUED)) == 18
    assert len(on("district", ISSUED)) == 9
    assert len(on("department", TODAY)) + len(on("office", TODAY)) == 14
    assert not on("district", TODAY)
    assert on("front", ISSUED) == on("front", TODAY) == {"mat-tran-tinh"}


def test_there_are_82_communes_and_14_wards_with_official_codes() -> None:
    places = [AGENCIES[code] for code in on("commune", TODAY)]
    assert Counter(row["place_name"].split()[0] for row in places) == {"xã": 82, "phường": 14}
    assert len({row["place_code"] for row in places}) == 96
    assert all(re.fullmatch(r"\d{5}", row["place_code"]) for row in places)
    assert {row["valid_from"] for row in places} == {"2025-07-01"}


def test_codes_are_plain_and_two_bodies_of_one_name_never_exist_at_once() -> None:
    assert len(AGENCIES) == len(table("agencies"))
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code) for code in AGENCIES)
    names = [r["name"] for r in AGENCIES.values() if r["level"] != "merged_district"]
    assert len(names) == len(set(names))
    for row in AGENCIES.values():
        start, end = data.day(row["valid_from"]), data.day(row["valid_to"])
        assert start is None or end is None or start <= end


@pytest.mark.parametrize(
    ("wording", "code"),
    [
        ("Sở KH&ĐT", "so-khdt-2024"),
        ("Sở KHĐT", "so-khdt-2024"),
        ("Sở LĐ-TB&XH", "so-ldtbxh-2024"),
        ("Sở Lao động – Thương binh và Xã hội", "so-ldtbxh-2024"),
        ("Văn phòng Ủy ban nhân dân tỉnh", "van-phong-ubnd-tinh"),
        ("Văn phòng UBND tỉnh", "van-phong-ubnd-tinh"),
        ("UBND thị xã Hoà Thành", "tx-hoa-thanh-2024"),
        ("UBND xã Tân Biên", "xa-tan-bien"),
    ],
)
def test_a_usual_spelling_finds_its_body(wording: str, code: str) -> None:
    assert data.named(wording) == code


def test_groups_mean_districts_until_they_ended_and_communes_since() -> None:
    groups = {row["code"] for row in table("groups")}
    terms = table("group_terms")
    assert {row["group"] for row in terms} == groups
    districts = [row for row in terms if row["group"] == "ubnd-huyen-thi-thanh"]
    assert [(r["level"], r["valid_from"], r["valid_to"]) for r in districts] == [
        ("district", "", "2025-06-30"),
        ("commune", "2025-07-01", ""),
    ]
    assert {row["level"] for row in terms} <= {row["level"] for row in AGENCIES.values()}


def test_successors_exist_on_the_day_and_whole_bodies_ended_the_day_before() -> None:
    marks = {"found", "unverified"}
    for row in table("successions"):
        act = ACTS[row["act"]]
        when = date.fromisoformat(act["effective_on"])
        successor = data.BODIES[data.IDS[row["successor"]]]
        predecessor = data.BODIES[data.IDS[row["predecessor"]]]
        assert successor.exists_on(when)
        assert predecessor.exists_on(when - timedelta(days=1))
        assert predecessor.exists_on(when) is (not row["is_main"] and predecessor.valid_to is None)
        assert bool(row["function"]) is bool(row["keywords"]) is not bool(row["is_main"])
        assert all(keyword == fold(keyword) for keyword in row["keywords"].split("|"))
        assert row["mark"] in marks
    for act in ACTS.values():
        assert act["kind"] in {"merge", "split", "rename", "dissolve"}
        assert act["mark"] in marks
        assert act["legal_basis"] or act["mark"] == "unverified"


def test_every_department_that_ended_has_exactly_one_main_successor() -> None:
    mains = Counter(r["predecessor"] for r in table("successions") if r["is_main"])
    ended = {
        c for c, row in AGENCIES.items() if row["level"] == "department" and row["valid_to"]
    }
    assert mains == dict.fromkeys(ended, 1)


def test_every_commune_lies_in_a_former_district() -> None:
    rows = table("former_districts")
    levels = Counter(AGENCIES[code]["level"] for code in {row["district"] for row in rows})
    assert levels == {"district": 9, "merged_district": 15}
    assert {row["commune"] for row in rows} == on("commune", TODAY)
    assert len({(row["district"], row["commune"]) for row in rows}) == len(rows)
    here = {row["commune"] for row in rows if row["district"] == "huyen-duong-minh-chau-2024"}
    assert {"xa-duong-minh-chau", "xa-cau-khoi", "xa-loc-ninh", "xa-truong-mit"} <= here


PLANS: list[Callable[[], list[dict[str, Any]]]] = []
if data.PLANS.exists():
    PLANS.append(data.led_items_of_the_real_plan)
if data.SAMPLE_PLAN.exists():
    PLANS.append(data.led_items_of_our_plan)


@pytest.mark.parametrize("led_items", PLANS)
def test_exactly_the_three_items_of_a_functional_split_wait_for_a_person(
    led_items: Callable[[], list[dict[str, Any]]],
) -> None:
    items = led_items()
    followed = {
        i["path"]: data.follow(data.named(i["lead"][0]), i["text"], TODAY) for i in items
    }
    assert len(items) == 13
    assert {path for path, (_, unclear) in followed.items() if unclear} == UNCLEAR
    clear = {path: code for path, (code, unclear) in followed.items() if not unclear}
    assert clear == {path: code for path, code in LEADS.items() if path in clear}


# the sample


def texts() -> list[str]:
    """Every word of the sample that a reader sees, but names."""
    found = [SUMMARIES["plan"]["short_title"], *SUMMARIES["groups"].values()]
    found += [value for entry in SUMMARIES["items"].values() for value in entry.values()]
    found += [row["text"] for row in COMMENTS]
    for row in PETITIONS:
        found += [row[key] for key in ("title", "text", "place")]
        found += [row[k] for k in ("answer", "question", "reply", "words", "dispute") if k in row]
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
