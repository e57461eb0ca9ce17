"""What can be a comment: plain rules on plain text."""

from __future__ import annotations

import pytest

from feedback.comments.rules import MAX_CHARS, problem_of, signs_in

ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff"
FILLERS = "\u3164 \u115f \u2800"  # letters that draw nothing


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "empty"),
        (" \n\t ", "empty"),
        (ZERO_WIDTH, "empty"),
        (FILLERS, "empty"),
        (f"{ZERO_WIDTH} {FILLERS} Hay", "too_short"),
        ("Hay", "too_short"),
        ("Rất hay", "too_short"),
        ("!!! ??? ...", "too_short"),
        ("😀 😀 😀", "too_short"),
        ("Rất là hay", ""),
        ("a " * (MAX_CHARS // 2), ""),
        ("á" * (MAX_CHARS + 1), "too_long"),
        ("https://example.vn/a/b/c", "only_links"),
        ("Xem www.example.vn", "only_links"),
        ("Xem https://example.vn nhé bà con", ""),
    ],
)
def test_a_comment_is_a_few_words_that_people_can_see(text: str, problem: str) -> None:
    assert problem_of(text) == problem


def test_two_thousand_characters_fit_and_one_more_does_not() -> None:
    text = ("ba chữ này " * 200)[:MAX_CHARS].rstrip().ljust(MAX_CHARS, "a")
    assert len(text) == MAX_CHARS
    assert problem_of(text) == ""
    assert problem_of(text + "a") == "too_long"
    assert problem_of(text + ZERO_WIDTH) == ""


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("Lớp học nên mở buổi tối", ()),
        ("Gọi anh Ba 0912 345 678", ("phone",)),
        ("Gọi +84.912.345.678 nhé", ("phone",)),
        ("Số căn cước 072195001234", ("identity",)),
        ("Viết cho hoa@example.vn", ("mail",)),
        ("Xem https://example.vn", ("link",)),
        ("Năm 2026 có 3290000 người", ()),
    ],
)
def test_a_moderator_is_shown_what_to_look_at_twice(text: str, signs: tuple[str, ...]) -> None:
    assert signs_in(text) == signs
