"""The piece of a text under a hit: where it begins, and when it says that something stands before it."""

from __future__ import annotations

from feedback.search.rules.showing import LookedFor, excerpt

TEXT = (
    "Xóm tôi có bốn mươi hộ, sống bằng nghề đan lát. Đường đất lầy vào mùa mưa, trẻ em đi học ngã xe.\n"
    "Dự án nước sạch đã hứa từ lâu mà bà con cứ chờ mãi, hết mùa khô này tới mùa khô khác, chưa thấy ống.\n"
    "Bà con hỏi bao giờ có nước sạch để dùng."
)


def shown(word: str, text: str = TEXT) -> str:
    return "".join(piece.text for piece in excerpt(text, LookedFor([word])))


def test_an_excerpt_begins_with_a_sentence_where_one_is_near_and_says_only_then_that_nothing_is_left_out() -> (
    None
):
    assert shown("lay").startswith("Đường đất lầy")
    assert shown("hua").startswith("Dự án nước sạch")  # a line's end ends a sentence as well
    assert shown("ong").startswith("… ") and shown("ong").endswith("để dùng.")
    assert shown("xom").startswith("Xóm tôi") and shown("xom").endswith(" …")
    assert "học" in shown("hoc", "x" * 90 + "-học")  # no space near: the word itself is shown
