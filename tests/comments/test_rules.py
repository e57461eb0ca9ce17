"""What can be a comment: plain rules on plain text."""

from __future__ import annotations

from time import process_time

import pytest

from feedback.comments.rules import (
    MAX_CHARS,
    alike,
    has_phrase,
    many_links,
    problem_of,
    signs_in,
)

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


@pytest.mark.parametrize(
    ("text", "phrase", "found"),
    [
        ("Bán THUỐC LÁ, lậu đây", "thuoc la lau", True),
        ("Bán thuoc la lau day", "thuốc lá lậu", True),
        ("Xe chở thuốc lálậu", "thuoc la lau", False),
        ("Đi du lịch", "đụ", True),  # folded: too much is caught, and a person reads it
        ("Đi du lịch", "=đụ", False),
        ("Nói ĐỤ, thô tục", "=đụ", True),
        ("Không có gì", "", False),
        ("Không có gì", "=", False),
    ],
)
def test_a_phrase_of_the_list_is_found_as_whole_words(text: str, phrase: str, found: bool) -> None:
    assert has_phrase(text, phrase) is found


@pytest.mark.parametrize(
    ("text", "caught"),
    [
        ("Xem https://example.vn để biết thêm về cách làm hay này", False),
        ("Xem https://example.vn đi bà con", True),
        ("Một https://a.vn hai www.b.vn và thêm rất nhiều chữ khác nữa cho dài", True),
        ("Không có đường dẫn nào", False),
    ],
)
def test_two_links_or_hardly_a_word_beside_one_are_caught(text: str, caught: bool) -> None:
    assert many_links(text) is caught


LONG = "Lớp học nghề ở xã tôi nên mở vào buổi tối để chị em đi làm về còn kịp"


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (LONG.upper() + "!!!", True),
        ("lop hoc nghe o xa toi nen mo vao buoi toi de chi em di lam ve con kip", True),
        (LONG + " nhé bà con", True),
        ("Lớp học nghề ở xã tôi nên mở vào sáng chủ nhật cho thanh niên ra đồng xong rồi", False),
        ("Quầy một cửa cần bình nước và quạt, mùa nắng chờ cũng đỡ mệt", False),
        ("Tôi cũng nghĩ vậy", False),
    ],
)
def test_nearly_the_same_words_are_alike(other: str, same: bool) -> None:
    assert alike(LONG, other) is same
    assert alike(other, LONG) is same


def test_what_many_people_say_in_few_words_is_not_alike() -> None:
    assert not alike("Tôi đồng ý với ý kiến này", "Tôi đồng ý với ý kiến này")


@pytest.mark.parametrize("piece", ["@", "a@", ".@", "a.", "0 ", "http://", "www."])
def test_no_comment_keeps_the_desk_busy(piece: str) -> None:
    text = "một hai ba " + piece * (MAX_CHARS // len(piece))
    began = process_time()
    signs_in(text)
    many_links(text)
    problem_of(text)
    assert process_time() - began < 1  # it was nine seconds, for each look at each such comment
