"""What a document's wording means: exact, another name, a group, a near match, or a person must say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from feedback.agencies.actions import ask_about, decide_wording
from feedback.agencies.queries import by_code, look_up_now, open_wordings, resolve
from feedback.agencies.rules.resolving import Names, look_up, plain
from feedback.agencies.rules.succession import Body
from feedback.audit.queries import verify
from feedback.core.db import commit, db
from feedback.core.errors import Conflict, Refused
from feedback.core.text import fold
from feedback.importer import actions as readings
from feedback.importer.models import Reading
from feedback.importer.queries import name_of, tree
from feedback.importer.rules import editing
from feedback.importer.rules.tree import NOBODY
from feedback.plans.actions import Source
from tests import make
from tests.people import person

THEN, NOW = date(2024, 9, 5), date(2026, 11, 24)


@pytest.fixture
def registry(app: Flask) -> Iterator[None]:
    """Inside the application with its bodies."""
    with app.app_context():
        make.reference_data()
        yield


@pytest.mark.parametrize(
    ("wording", "how", "code"),
    [
        ("Sở Nội vụ", "exact", "so-noi-vu"),
        ("SỞ  NỘI VỤ", "exact", "so-noi-vu"),
        ("Sở LĐTBXH", "alias", "so-ldtbxh-2024"),
        ("UBND xã Tân Biên", "alias", "xa-tan-bien"),
        ("Chủ tịch Ủy ban nhân dân huyện Gò Dầu", "alias", "huyen-go-dau-2024"),
        ("Giám đốc Sở Y tế tỉnh Tây Ninh", "alias", "so-y-te"),
        ("Thanh tra tỉnh", "exact", "thanh-tra-tinh"),
        ("Các sở, ban, ngành có liên quan", "group", "so-ban-nganh"),
        ("UBND các huyện, thị xã, thành phố thuộc tỉnh", "group", "ubnd-huyen-thi-thanh"),
        ("Sở Thông tin và Truyền thôngg", "near", "so-tttt-2024"),
        ("Liên đoàn Lao động huyện", "unknown", ""),
        ("", "unknown", ""),
    ],
)
def test_a_wording_is_found_and_says_how(registry: None, wording: str, how: str, code: str) -> None:
    found = resolve(wording, THEN)
    body = found.agency or found.group
    assert (found.how, body.code if body else "") == (how, code)
    assert (found.score == 100) == (how in {"exact", "alias", "group"}) or found.score == 99


def test_of_two_bodies_of_one_name_it_is_the_one_of_the_day() -> None:
    names = Names({1: Body(1, None, date(2025, 6, 30)), 2: Body(2, date(2025, 7, 1))})
    names.body(1, "Ủy ban nhân dân xã Tân Lập")
    names.body(2, "Ủy ban nhân dân xã Tân Lập")
    assert look_up("UBND xã Tân Lập", THEN, names).meaning.body_id == 1
    assert look_up("UBND xã Tân Lập", NOW, names).meaning.body_id == 2


def test_two_names_that_differ_by_a_letter_are_never_guessed_between(registry: None) -> None:
    found = look_up_now("Sở Ngọi vụ", NOW)
    assert found.how == "unknown"
    assert len(found.candidates) > 1


@given(st.text(max_size=400))
def test_any_text_is_looked_up_without_an_error(text: str) -> None:
    names = Names({1: Body(1)})
    names.body(1, "Sở Y tế")
    found = look_up(text, THEN, names)
    assert found.how in {"exact", "alias", "near", "unknown"}
    assert plain(plain("uy ban nhan dan xa")) == "uy ban nhan dan xa"


READ = {
    "number": "9/KH-UBND",
    "kind": "Kế hoạch",
    "title": "Thử cách viết lạ",
    "issuer": "UBND tỉnh",
    "issued_on": "2024-09-05",
    "signer": "",
    "groups": [],
}


def _draft(*wordings: str) -> Reading:
    item = {"path": "I.1", "label": "1", "parent": None, "text": "Việc", "line": 1}
    lines = {"lead": list(wordings), "coordinating": [], "implementing": [], "deadline": None}
    source = Source(name="x.txt", sha256="0" * 64)
    return readings.make({**READ, "items": [{**item, **lines}]}, source=source, by=person("yen"))


def _meant(reading: Reading) -> list[tuple[str, str]]:
    return [(line.wording, line.body) for line in tree(reading).nodes[0].bodies]


def test_an_unknown_wording_waits_for_a_person_and_is_remembered(site: Flask) -> None:
    with site.app_context():
        make.reference_data()
        first = _draft("Liên đoàn Lao động huyện", "Sở Y tế", "người dân")
        commit()
        assert [one.words for one in open_wordings()] == ["Liên đoàn Lao động huyện", "người dân"]
        union, people = open_wordings()
        health = by_code("so-y-te")
        with pytest.raises(Refused):
            decide_wording(union, seen=1, state="alias", by=person("an"))
        decide_wording(union, seen=1, state="alias", agency=health, by=person("an"))
        decide_wording(people, seen=1, state="refused", by=person("an"))
        with pytest.raises(Conflict):
            decide_wording(people, seen=1, state="refused", by=person("an"))
        commit()
        # the draft that brought them knows them now, and an editor can take that back …
        db.session.expire_all()
        known = [("Liên đoàn Lao động huyện", "so-y-te"), ("Sở Y tế", "so-y-te")]
        assert _meant(first) == [*known, ("người dân", NOBODY)]
        assert first.open_places == 0
        readings.undo(first, by=person("yen"))
        commit()
        assert (_meant(first), first.open_places) == ([*known, ("người dân", "")], 1)
        # … and the next document never asks
        again = resolve("LIÊN ĐOÀN LAO ĐỘNG HUYỆN", NOW)
        assert (again.agency, again.how) == (health, "decided")
        assert resolve("Người dân", NOW).how == "refused"
        ask_about(["người dân"], source="10/KH-UBND")
        assert list(open_wordings()) == []
        assert verify().bad_seq is None


def test_what_an_editor_says_in_a_review_settles_the_queue_until_she_takes_it_back(
    site: Flask,
) -> None:
    with site.app_context():
        make.reference_data()
        words, yen = "Liên đoàn Lao động huyện", person("yen")
        first, other = _draft(words, words.upper(), "người dân"), _draft(words)
        commit()

        def choose(line: int, body: str) -> None:
            key = tree(first).nodes[0].bodies[line].key
            node = tree(first).nodes[0].key
            change = partial(editing.choose, key=node, line=key, body=body, name=name_of(body))
            readings.edit(first, change, what="choose", key=node, by=yen)
            commit()

        choose(0, "so-y-te")
        meant = [(words, "so-y-te"), (words.upper(), "so-y-te")]
        assert _meant(first) == [*meant, ("người dân", "")]  # both lines, in one step
        assert _meant(other) == meant[:1]
        assert [one.words for one in open_wordings()] == ["người dân"]
        assert resolve(words, NOW).how == "decided"
        choose(2, NOBODY)
        assert list(open_wordings()) == []
        readings.undo(first, by=yen)
        readings.undo(first, by=yen)
        commit()
        assert [body for _words, body in _meant(first)] == ["", "", ""]
        assert [one.folded for one in open_wordings()] == [fold(words), "nguoi dan"]
        assert resolve(words, NOW).how == "unknown"
        assert verify().bad_seq is None
