"""Which item of a newer version is which item of the one before."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.importer.rules.comparing import word_changes
from feedback.importer.rules.matching import Item, match

OLD = [
    Item("1", "I.1", "Mở lớp hướng dẫn người dân dùng dịch vụ công trực tuyến tại nhà văn hóa ấp."),
    Item(
        "2",
        "I.2",
        "Hỗ trợ hộ kinh doanh nhỏ vay vốn ưu đãi. Niêm yết danh sách hộ được vay tại trụ sở xã.",
    ),
    Item("3", "I.3", "Sửa chữa, nâng cấp các tuyến đường liên ấp bị hư hỏng trong mùa mưa."),
    Item("4", "I.4", "Tổ chức đối thoại giữa lãnh đạo huyện và nhân dân mỗi quý một lần."),
]


def test_items_go_on_by_text_and_number_and_the_unclear_is_a_persons_to_decide() -> None:
    new = [
        Item("a", "I.1", OLD[3].text),  # renumbered, word for word
        Item("b", "I.2", "Hỗ trợ hộ kinh doanh nhỏ vay vốn ưu đãi từ quỹ của tỉnh."),  # half of it
        Item("c", "I.3", OLD[2].text.replace("mùa mưa", "mùa mưa bão hằng năm")),
        Item("d", "I.4", "Niêm yết danh sách hộ được vay tại trụ sở xã."),  # the other half
        Item("e", "I.5", "Lập đường dây nóng về vệ sinh an toàn thực phẩm."),
    ]
    found = match(OLD, new)
    assert {n: (p.old, p.sure) for n, p in found.pairs.items()} == {
        "a": ("4", True),
        "b": ("2", False),
        "c": ("3", True),
    }
    assert (found.added, found.gone) == (("d", "e"), ("1",))
    assert found.parts == (("d", "2"),)
    said = match(OLD, new, {"b": "", "d": "2"})
    assert said.pairs["d"].old == "2"
    assert "b" in said.added
    assert said.open == ()


def test_an_item_whose_words_went_into_another_one_is_told() -> None:
    new = [
        Item("a", "I.1", f"{OLD[0].text} {OLD[3].text}"),
        *(Item(f"n{o.key}", o.path, o.text) for o in OLD[1:3]),
    ]
    found = match(OLD, new)
    gone = set(found.gone)
    assert gone & {"1", "4"}
    assert dict(found.swallowed) == dict.fromkeys(gone, "a")


@given(
    st.lists(st.text("ab đ", max_size=12), max_size=6),
    st.lists(st.text("ab đ", max_size=12), max_size=6),
)
@settings(deadline=None)
def test_nobody_is_paired_twice_and_nothing_is_forgotten(old: list[str], new: list[str]) -> None:
    left = [Item(str(n), f"I.{n}", text) for n, text in enumerate(old)]
    right = [Item(f"n{n}", f"I.{n}", text) for n, text in enumerate(new)]
    found = match(left, right)
    taken = [pair.old for pair in found.pairs.values()]
    assert len(set(taken)) == len(taken)
    assert {*found.pairs, *found.added} == {one.key for one in right}
    assert {*taken, *found.gone} == {one.key for one in left}
    assert not set(taken) & set(found.gone)


@given(st.text("ab \n", max_size=40), st.text("ab \n", max_size=40))
def test_both_texts_stand_whole_in_their_comparison(old: str, new: str) -> None:
    runs = word_changes(old, new)
    before = " ".join(words for kind, words in runs if kind != "new")
    after = " ".join(words for kind, words in runs if kind != "gone")
    assert (before, after) == (" ".join(old.split()), " ".join(new.split()))
