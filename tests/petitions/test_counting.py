"""Limits that several web processes count together: in a real store, and on when it is away."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from feedback.core import logs
from feedback.petitions.rules.floods import Looked
from feedback.petitions.views.counting import PREFIX, Counting, Memory, Shared
from tests.servers.patience import PATIENCE_S
from tests.servers.store import Store, store

LIMITS = {"network": 2, "address": 2, "alike": 3, "all": 6}
ANGRY = "Chúng tôi phản đối dự án này và yêu cầu tỉnh dừng ngay việc thu hồi đất ở khu vực chợ"


def patient(url: str, again_s: float = 0) -> Shared:
    """A web process that waits for a slow machine: only a store that is not there is away."""
    return Shared(url, LIMITS, again_s=again_s, patience_s=PATIENCE_S)


def text(number: int) -> str:
    return " ".join(f"{number}x{n}" for n in range(12))


def sends(process: Counting, said: str, **whence: str) -> str:
    """What a web process does with one petition; why it is held, if it is."""
    looked: Looked = process.look(whence, said)
    process.add(whence, looked.drawn)
    return looked.why(LIMITS)


@pytest.mark.parametrize("shared", [True, False])
def test_each_limit_closes_for_both_processes_at_once(tmp_path: Path, shared: bool) -> None:
    with store(tmp_path) as running:
        one, other = (patient(running.url) if shared else Memory(LIMITS) for _process in range(2))
        pair = (one, other) if shared else (one, one)
        assert [sends(pair[n % 2], text(n), network="hash of a net") for n in range(4)] == [
            *("", ""),
            *("network", "network"),
        ]
        same = [sends(pair[n % 2], f"{ANGRY}, lần {n}", network=f"net {n}") for n in range(5)]
        assert same == ["", "", "surge", "alike", "alike"]
        assert [sends(pair[n % 2], text(20 + n), address="an") for n in range(3)] == [
            *("surge", "surge", "address")
        ]
        named = {process.look({}, f"{ANGRY}, lần 9").drawn.name for process in pair}
        assert len(named) == 1  # both call the many by one name


def test_the_store_holds_no_words_no_addresses_and_forgets(tmp_path: Path) -> None:
    with store(tmp_path) as running:
        process = patient(running.url)
        sends(process, ANGRY, network="1234abcd", address="abcd1234")
        kept = process.store
        keys = [str(key) for key in kept.keys("*")]
        assert len(keys) == 3 + 12 and all(key.startswith(PREFIX) for key in keys)
        assert all(0 < kept.ttl(key) <= 3600 for key in keys)


def test_a_store_that_is_away_refuses_nobody_and_is_told_of_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = Store(tmp_path)
    logs.init("INFO")
    process = patient(place.url, again_s=0)
    assert [sends(process, text(n), network="a net") for n in range(3)] == ["", "", "network"]
    place.start()
    try:
        # what it counted alone the store does not know: it begins anew, and goes on by itself
        again = [sends(process, text(9 + n), network="a net") for n in range(3)]
    finally:
        place.stop()
    assert again == ["", "", "network"]
    assert sends(process, text(30), network="a net") == "network"  # counted alone beside it
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    with capsys.disabled():
        logs.init("ERROR")  # the stream of this test is closed at its end
    assert [line["event"] for line in lines] == [
        "limits.store_away",
        "limits.store_back",
        "limits.store_away",
    ]


def test_it_is_left_alone_for_a_while_after_it_failed(tmp_path: Path) -> None:
    place = Store(tmp_path)
    process = patient(place.url, again_s=86_400)
    assert sends(process, text(1), network="a net") == ""
    place.start()
    try:
        assert [sends(process, text(2), network="a net") for _time in range(2)] == ["", "network"]
        assert patient(place.url).store.dbsize() == 0
    finally:
        place.stop()
