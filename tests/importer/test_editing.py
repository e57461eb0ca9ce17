"""What a person may do to a reading: no word is lost, paths stay apart, every edit can be taken back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.importer.rules import editing, shaping
from feedback.importer.rules.editing import CannotEdit, Correction, Named
from feedback.importer.rules.paths import repath
from feedback.importer.rules.steps import difference, restore
from feedback.importer.rules.tree import HEAD, Line, Node, Tree, Value, places, tree_of

Edit = Callable[[Tree], Tree]
SHAPES = ("split", "merge", "move", "up", "down", "add", "accept")


def grown(spec: list[tuple[int, str, str]]) -> Tree:
    """A tree of (depth, label, text); two bodies for each node."""
    stack: list[str] = []
    nodes = []
    for number, (depth, label, text) in enumerate(spec, start=1):
        del stack[min(depth, len(stack)) :]
        bodies = (
            Line(f"b{number}a", "lead", f"Sở {label}", "so", "Sở", (number,)),
            Line(f"b{number}b", "coordinating", "Các sở", "", "", (number,)),
        )
        parent = stack[-1] if stack else ""
        nodes.append(
            Node(
                f"n{number}",
                parent,
                label,
                "",
                True,
                Value(text, (number,), number % 2 == 0),
                bodies=bodies,
            )
        )
        stack.append(f"n{number}")
    tree = Tree({name: Value() for name in HEAD}, tuple(nodes), len(nodes) + 1)
    return repath(tree, [node.key for node in nodes])


def words(tree: Tree) -> Counter[str]:
    return Counter(word for node in tree.nodes for word in node.text.text.split())


def wordings(tree: Tree) -> set[tuple[str, str]]:
    return {(line.role, line.wording) for node in tree.nodes for line in node.bodies}


def whole(tree: Tree) -> None:
    """What holds of every tree: one key and one path each, parents before their own, all below together."""
    keys = [node.key for node in tree.nodes]
    assert len(set(keys)) == len(keys)
    assert len({node.path for node in tree.nodes}) == len(keys)
    assert all(node.path and len(node.path) <= 60 for node in tree.nodes)
    lines = [line.key for node in tree.nodes for line in node.bodies]
    assert len(set(lines)) == len(lines)
    for at, node in enumerate(tree.nodes):
        assert node.parent == "" or node.parent in keys[:at]
        below = {node.key}
        for later in tree.nodes[at + 1 : at + 1 + tree.below(node.key)]:
            assert later.parent in below
            below.add(later.key)
        assert not any(later.parent in below for later in tree.nodes if later.key not in below)


TEXTS = st.text("abc đ.;\n-", min_size=1, max_size=30).filter(lambda text: text.strip())
TREES = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from(["1", "1.1", "2", "a)", "b)", "I"]), TEXTS),
    min_size=1,
    max_size=8,
).map(grown)


@given(TREES, st.lists(st.tuples(st.sampled_from(SHAPES), st.integers(0, 20), st.integers(0, 30))))
@settings(deadline=None, max_examples=150)
def test_no_edit_loses_a_word_and_each_can_be_taken_back(
    tree: Tree, edits: list[tuple[str, int, int]]
) -> None:
    for what, first, second in edits:
        node = tree.nodes[first % len(tree.nodes)]
        other = tree.nodes[second % len(tree.nodes)]
        shapes: dict[str, Edit] = {
            "split": partial(shaping.split, key=node.key, at=second, label="mới"),
            "merge": partial(shaping.merge, key=node.key),
            "move": partial(shaping.move, key=node.key, under=other.key),
            "up": partial(shaping.shift, key=node.key, steps=-1),
            "down": partial(shaping.shift, key=node.key, steps=1),
            "add": partial(shaping.add, after=node.key, label="mới", text="việc thêm"),
            "accept": partial(editing.accept, key=node.key),
        }
        try:
            after = shapes[what](tree)
        except CannotEdit:
            continue
        whole(after)
        more = Counter({"việc": 1, "thêm": 1}) if what == "add" else Counter()
        if what == "split":  # a word may be cut in two
            assert "".join(words_in_order(after)) == "".join(words_in_order(tree))
        else:
            assert words(after) == words(tree) + more
        assert wordings(after) == wordings(tree)
        back = restore(after.as_json(), difference(tree.as_json(), after.as_json()))
        assert back == tree.as_json()
        assert tree_of(after.as_json()) == after
        tree = after


def words_in_order(tree: Tree) -> list[str]:
    return [word for node in tree.nodes for word in node.text.text.split()]


def sample() -> Tree:
    return grown(
        [
            (0, "I", "Mục một"),
            (1, "1", "Việc đầu. Việc sau"),
            (2, "a)", "Phần nhỏ"),
            (1, "2", "Việc hai"),
            (0, "II", "Mục hai"),
        ]
    )


def test_places_to_look_at_go_when_they_are_accepted_but_nobody_is_never_accepted() -> None:
    tree = sample()
    assert [p.part for p in places(tree) if p.key == "n2"] == ["b2b"]
    assert [(p.part, p.why) for p in places(tree) if p.key == "n1"] == [
        ("text", ""),
        ("b1b", "unknown"),
    ]
    with pytest.raises(CannotEdit, match="unknown"):
        editing.accept(tree, "n1", "b1b")
    after = editing.choose(editing.accept(tree, "n1"), "n1", "b1b", "group:so", "Các sở")
    assert [p for p in places(after) if p.key == "n1"] == []


def test_a_split_item_keeps_its_bodies_twice_and_what_stood_below_follows_the_second_half() -> None:
    after = shaping.split(sample(), "n2", shaping.breaks("Việc đầu. Việc sau")[0], "1b")
    assert [n.text.text for n in after.nodes[1:4]] == ["Việc đầu.", "Việc sau", "Phần nhỏ"]
    assert [n.path for n in after.nodes[1:4]] == ["I.1", "I.1b", "I.1b.a"]
    assert [line.wording for line in after.nodes[2].bodies] == ["Sở 1", "Các sở"]


def test_an_item_that_shared_its_neighbours_bodies_keeps_them_when_the_neighbour_goes() -> None:
    tree = sample()
    sharing = tree.put(replace(tree["n4"], bodies=(), shared="n3"))
    after = shaping.delete(sharing, "n3")
    assert [line.wording for line in after["n4"].bodies] == ["Sở a)", "Các sở"]
    merged = shaping.merge(tree.put(replace(tree["n2"], bodies=(), shared="n3")), "n2")
    assert [line.wording for line in merged["n2"].bodies] == ["Sở a)", "Các sở"]
    assert merged["n2"].shared == ""


def test_a_moved_item_takes_what_is_below_it_along_and_gets_the_path_of_its_new_place() -> None:
    after = shaping.move(sample(), "n2", "n5")
    assert [(n.key, n.path) for n in after.nodes] == [
        ("n1", "I"),
        ("n4", "I.2"),
        ("n5", "II"),
        ("n2", "II.1"),
        ("n3", "II.1.a"),
    ]
    for under, code in (("n3", "below_itself"), ("n1", "there_already")):
        with pytest.raises(CannotEdit, match=code):
            shaping.move(sample(), "n2", under)
    with pytest.raises(CannotEdit, match="has_children"):
        shaping.delete(sample(), "n2")


def test_only_what_a_person_changed_becomes_sure_by_it() -> None:
    tree = sample()
    node = tree["n1"]
    bodies = [
        Named(line.key, line.role, line.wording, line.body, line.name) for line in node.bodies
    ]
    wanted = Correction(
        "I",
        node.text.text,
        True,
        "Quý III",
        "",
        [*bodies, Named("", "lead", "Sở mới", "so-moi", "Sở mới")],
    )
    after = editing.correct(tree, "n1", wanted)["n1"]
    assert (after.text.sure, after.deadline.text, after.deadline.sure) == (False, "Quý III", True)
    assert [(line.wording, line.sure) for line in after.bodies][2:] == [("Sở mới", True)]
