"""What stands in the way of taking a text in; each refusal has its Vietnamese sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.core.messages import merged
from feedback.core.text import clean
from feedback.petitions.forms.errors import SENTENCES
from feedback.petitions.rules.admissibility import MAX_CHARS, check_text
from feedback.petitions.rules.codes import DECLINE_REASONS

GOOD = "Đèn đường trước chợ hỏng đã một tuần nay"


def codes(title: str, text: str) -> list[str]:
    return [problem.code for problem in check_text(title, clean(text))]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        (" \n\t ", "empty"),
        ("\u200b\u200b\u200b", "empty"),
        ("Hỏng", "too_short"),
        ("!!! ??? ... --- ***", "too_short"),
        ("a b c d e", "too_short"),
        ("Nghiêngnghiêngnghiêngnghiêng", "too_short"),
        ("https://example.vn/mua-ngay", "only_links"),
        ("xem www.example.vn và www.example.vn/2", "only_links"),
        ("ầ" * 100_000, "too_long"),
        ("Đèn hỏng. " * 10_240, "too_long"),
    ],
)
def test_a_text_that_nobody_can_act_on_is_named(text: str, code: str) -> None:
    assert codes("Đèn đường", text) == [code]


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        GOOD.upper(),
        f"{GOOD}, ảnh ở https://example.vn/a.jpg",
        "Den duong truoc cho hong da mot tuan",
        "The street light at the market is broken",
    ],
)
def test_a_short_but_clear_text_is_taken(text: str) -> None:
    assert codes("Đèn đường", text) == []


def test_the_limit_itself_is_taken_and_one_more_is_not() -> None:
    whole = ("đèn đường hỏng rồi nhé " * 1000)[:MAX_CHARS]
    assert check_text("Đèn", whole) == []
    assert [p.code for p in check_text("Đèn", whole + "x")] == ["too_long"]


def test_both_fields_are_named_at_once() -> None:
    assert [(p.field, p.code) for p in check_text(" ", "")] == [
        ("title", "title_missing"),
        ("text", "empty"),
    ]


@given(st.text(max_size=400))
def test_any_text_gets_at_most_one_word_on_each_field(text: str) -> None:
    problems = check_text("Đèn", clean(text))
    assert len(problems) <= 1
    assert all(problem.code in SENTENCES for problem in problems)


def test_every_problem_has_a_sentence_in_vietnamese() -> None:
    words = merged("vi")
    with_words = {code: words.get(getattr(s, "_args", [s])[0]) for code, s in SENTENCES.items()}
    assert all(found is not None and found.string for found in with_words.values()), with_words


def test_every_reason_to_decline_names_where_it_stands() -> None:
    for code, reason in DECLINE_REASONS.items():
        assert reason.code == code
        assert reason.article
        assert reason.mark in {"found", "unverified"}
