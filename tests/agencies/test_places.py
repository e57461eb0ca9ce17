"""A resident types the name of her commune as she says it; the list orders names as a Vietnamese does."""

from __future__ import annotations

import pytest

from feedback.agencies.rules.places import by_letter, matching, meant, proper_name

PLACES = [
    ("d", "xã Dương Minh Châu"),
    ("dd", "xã Đức Hòa"),
    ("e", "xã Em Út"),
    ("a", "phường An Tịnh"),
    ("aa", "xã Ấp Mới"),
    ("t1", "xã Tân Thạnh"),
    ("t2", "xã Tân Thành"),
    ("t3", "phường Tân An"),
]


def test_names_stand_under_their_own_letter_whatever_the_kind_of_place() -> None:
    assert [letter for letter, _places in by_letter(PLACES)] == ["A", "D", "Đ", "E", "T"]
    assert [code for code, _name in by_letter(PLACES)[-1][1]] == ["t3", "t2", "t1"]
    assert proper_name("thị xã Hòa Thành") == "Hòa Thành"


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("tan th", ["t1", "t2"]),
        ("Xã TÂN thành", ["t1", "t2"]),
        ("UBND phường an tịnh", ["a"]),
        ("ủy ban nhân dân xã đức hoà", ["dd"]),
        ("hoa", ["dd"]),
        ("oa", []),
        ("", []),
        ("ubnd", []),
        ("../%", []),
    ],
)
def test_each_typed_word_begins_a_word_of_the_name(typed: str, codes: list[str]) -> None:
    assert [code for code, _name in matching(typed, PLACES)] == codes


def test_a_district_is_meant_by_its_name_with_or_without_its_kind() -> None:
    names = ["huyện Châu Thành", "thị xã Hòa Thành"]
    assert meant("chau thanh", names) == ["huyện Châu Thành"]
    assert meant("UBND thị xã Hòa Thành", names) == ["thị xã Hòa Thành"]
    assert meant("thành", names) == []
