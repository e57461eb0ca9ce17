"""The benchmarks' pieces run; what they measure is nobody's test."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from benchmarks.pages import read, sizes_of
from benchmarks.parts import bare, cpu, table
from benchmarks.parts.load import Request
from benchmarks.parts.places import Files
from benchmarks.parts.stage import Stage
from feedback.core.db import db
from tests.servers.databases import SECRET


@pytest.mark.parametrize("number", [0, 1, 20_000])
def test_the_bare_view_returns_the_bytes_that_it_is_asked_for(number: int) -> None:
    client = bare.make().test_client()
    assert len(client.get(f"/bytes/{number}").data) == number
    assert len(client.post(f"/bytes/{number}", data={"x": "1"}).data) == number


def test_a_page_is_compared_with_the_bare_view(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cpu, "ROUNDS", 1)
    monkeypatch.setattr(cpu, "ROUND_S", 0.01)
    page = cpu.Caller(app, Request("/guide"), "seed")
    plain = cpu.Caller(bare.make(), Request(f"/bytes/{page()}"), "seed")
    assert page() == plain()
    spent = cpu.compare(page, plain)
    assert 0 < spent.bare_ms < spent.page_ms and spent.queries == 0
    row = table.Measured("guide", plain(), [50.0, 40.0], [100.0, 100.0], spent)
    assert row.ratio == 0.45 and row.cells()[5:7] == ("0.450", "0.400..0.500")
    with pytest.raises(RuntimeError):
        cpu.Caller(app, Request("/nowhere"), "seed")()


def test_a_stage_knows_what_its_database_holds(
    migrated_sqlite: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("benchmarks.parts.stage.SECRET", SECRET)
    (tmp_path / "stage.db").write_bytes(migrated_sqlite.read_bytes())
    stage = Stage(Files(tmp_path), "stage")
    assert stage.files() == 0 and stage.version().startswith("SQLite 3.")
    stage.grow(40, comments=5)
    stage.fill_queue("so-y-te", 12)
    assert stage.files() >= 50 and stage.item_address().startswith("/items/")
    skipped, cursor = stage.deep_cursor("so-y-te")
    assert skipped == 10 and cursor
    assert len(stage.code("dung@demo.example")) == 6
    larger = stage.another("larger")
    larger.grow(70)
    assert larger.files() >= 70 > stage.files() == stage.another("stage").files()
    with stage.within():
        assert db.engine.dialect.name == "sqlite"


def test_sizes_can_be_chosen() -> None:
    quick, full = sizes_of(read([])), sizes_of(read(["--full"]))
    assert full.files[-1] == 1_000_000 and full.queue == (1_000, 100_000)
    assert quick.files[-1] == 10_000
    assert sizes_of(read(["--files", "5", "7", "--rounds", "2"])).files == (5, 7)
