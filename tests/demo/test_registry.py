"""The registry of bodies: who existed when, what wordings mean, who followed whom."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from feedback.core.text import fold
from tests.demo import data
from tests.demo.data import ACTS, AGENCIES, LEADS, TODAY, table

ISSUED = date(2024, 9, 5)
UNCLEAR = {"III.2.2.d", "III.2.2.f", "III.2.2.g"}


def on(level: str, when: date) -> set[str]:
    return {
        code
        for code, row in AGENCIES.items()
        if row["level"] == level and data.BODIES[data.IDS[code]].exists_on(when)
    }


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
    ended = {c for c, row in AGENCIES.items() if row["level"] == "department" and row["valid_to"]}
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
    followed = {i["path"]: data.follow(data.named(i["lead"][0]), i["text"], TODAY) for i in items}
    assert len(items) == 13
    assert {path for path, (_, unclear) in followed.items() if unclear} == UNCLEAR
    clear = {path: code for path, (code, unclear) in followed.items() if not unclear}
    assert clear == {path: code for path, code in LEADS.items() if path in clear}
