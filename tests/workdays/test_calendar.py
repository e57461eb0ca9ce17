"""The dated table: what it holds, how it is loaded, how an operator changes it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask

from feedback import audit
from feedback.audit.queries import events_of
from feedback.core.config import ROOT
from feedback.core.db import commit, db
from feedback.workdays import events  # noqa: F401 - declares what may be recorded
from feedback.workdays.actions import load_days
from feedback.workdays.commands import workdays
from feedback.workdays.models import CalendarDay
from feedback.workdays.queries import load_calendar, shipped_rows
from feedback.workdays.rules import CalendarRow
from tests.bare import bare_app, opened
from tests.workdays.test_counting import VECTORS

ROWS = list(shipped_rows())
SOURCES = [p for p in [ROOT.parent / "shared" / "domain" / "calendar.csv"] if p.is_file()]
TET = [r.day for r in ROWS if r.reason == "Tết Nguyên đán"]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Flask]:
    app = bare_app(f"sqlite:///{tmp_path / 'days.db'}", tmp_path)
    app.cli.add_command(workdays)
    audit.init(synthetic=True)
    yield from opened(app, ("calendar_day", "event", "event_field", "event_head"))


@pytest.mark.parametrize("source", SOURCES)
def test_the_days_are_those_that_were_gathered(source: Path) -> None:
    """Against the table of facts, where this project was made."""
    with source.open(encoding="utf-8", newline="") as lines:
        gathered = [(r["date"], r["kind"], r["status"]) for r in csv.DictReader(lines)]
    assert [(r.day.isoformat(), r.kind, r.status) for r in ROWS] == gathered


def test_each_row_changes_the_plain_week_and_says_why() -> None:
    assert [r.day for r in ROWS] == sorted({r.day for r in ROWS})
    for row in ROWS:
        assert row.reason
        assert (row.kind == "off") is (row.day.weekday() < 5), row
        assert row.reason.startswith("Làm bù") is (row.kind == "worked"), row


@pytest.mark.parametrize("year", [2024, 2025, 2026, 2027])
def test_every_year_has_the_holidays_of_the_labour_code(year: int) -> None:
    """Bộ luật Lao động Đ.112; a holiday on a weekend gives a day off in lieu."""
    reasons = [r.reason for r in ROWS if r.day.year == year and r.kind == "off"]
    assert sum(r == "Tết Nguyên đán" for r in reasons) == 5
    for start in ("Tết Dương lịch", "Giỗ Tổ Hùng Vương", "Quốc tế Lao động 1/5"):
        assert sum(r.startswith(start) for r in reasons) == 1, start
    assert sum(r == "Quốc khánh 2/9" for r in reasons) == 2
    assert ("Ngày Văn hóa Việt Nam" in reasons) is (year >= 2026)


def test_a_saturday_is_worked_for_each_day_that_was_moved() -> None:
    moved = [r for r in ROWS if r.reason.startswith("Nghỉ hoán đổi")]
    worked = [r for r in ROWS if r.kind == "worked"]
    assert len(moved) == len(worked)
    for row in worked:
        assert any(abs(row.day - other.day) <= timedelta(days=10) for other in moved), row


def test_what_is_only_guessed_says_so() -> None:
    guessed = {r.day for r in ROWS if r.status == "estimate"}
    assert {d.year for d in guessed} == {2027}
    assert {d for d in TET if d.year == 2027} <= guessed


def test_loading_twice_changes_nothing(office: Flask) -> None:
    assert load_days() == len(ROWS)
    commit()
    assert load_days() == 0
    commit()
    assert len(events_of("calendar:all")) == 1
    assert load_calendar().rows == {row.day: row for row in ROWS}


def test_an_operators_day_replaces_a_guess_and_stays(office: Flask) -> None:
    load_days()
    announced = CalendarRow(date(2027, 2, 4), "off", "Tết Nguyên đán", "announced")
    new = CalendarRow(date(2027, 8, 21), "worked", "Làm bù")
    assert load_days([announced, new], by="operator") == 2
    assert load_days([announced, new], by="operator") == 0
    assert load_days() == 0
    commit()
    calendar = load_calendar()
    assert calendar.rows[announced.day] == announced
    assert calendar.is_working(new.day)
    first, second = sorted(events_of("calendar:all"), key=lambda said: said.seq)
    assert second.fields["days"] == "2027-02-04 off, 2027-08-21 worked"


def test_the_calendar_of_a_page_is_read_once_but_never_stale(office: Flask) -> None:
    load_days()
    assert load_calendar() is load_calendar()
    before = load_calendar()
    load_days([CalendarRow(date(2026, 12, 1), "off", "Ngày thử")])
    db.session.flush()
    assert before.is_working(date(2026, 12, 1))
    assert not load_calendar().is_working(date(2026, 12, 1))


def run(app: Flask, *words: str) -> tuple[int, str, str]:
    done = app.test_cli_runner().invoke(args=["workdays", *words])
    return done.exit_code, done.stdout, done.stderr


def test_the_command_needs_no_database_and_makes_none(tmp_path: Path) -> None:
    app = bare_app(f"sqlite:///{tmp_path / 'none.db'}", tmp_path)
    app.cli.add_command(workdays)
    assert run(app, "due", "--from", "2026-11-23", "--term", "10wd") == (0, "2026-12-08\n", "")
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize(("start", "term", "end"), VECTORS)
def test_the_command_prints_what_the_rules_say(
    tmp_path: Path, start: str, term: str, end: str
) -> None:
    app = bare_app(f"sqlite:///{tmp_path / 'none.db'}", tmp_path)
    app.cli.add_command(workdays)
    assert run(app, "due", "--from", start, "--term", term)[:2] == (0, f"{end}\n")


def test_the_command_lists_the_days_that_it_skipped(office: Flask) -> None:
    code, out, _said = run(office, "due", "--from", "2026-11-23", "--term", "5wd", "--explain")
    assert code == 0
    assert out.splitlines() == [
        "2026-12-01",
        "2026-11-24 Ngày Văn hóa Việt Nam",
        "2026-11-28 weekend",
        "2026-11-29 weekend",
    ]


def test_the_command_counts_by_the_operators_calendar(office: Flask, tmp_path: Path) -> None:
    table = tmp_path / "days.csv"
    table.write_text("date,kind,status,reason\n2026-11-25,off,announced,Bão\n", encoding="utf-8")
    assert run(office, "load")[:2] == (0, f"{len(ROWS)} days new or changed\n")
    assert run(office, "load", str(table))[:2] == (0, "1 days new or changed\n")
    assert run(office, "due", "--from", "2026-11-23", "--term", "2wd")[1] == "2026-11-27\n"


@pytest.mark.parametrize(
    "words",
    [
        ("--from", "23/11/2026", "--term", "10wd"),
        ("--from", "2026-11-23", "--term", "mười ngày"),
        ("--from", "9999-12-30", "--term", "10wd"),
        ("--from", "9999-01-01", "--term", "9999m"),
    ],
)
def test_what_cannot_be_counted_gets_one_clear_line(office: Flask, words: tuple[str, ...]) -> None:
    code, out, said = run(office, "due", *words)
    assert (code, out) == (2, "")
    assert "Error:" in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    "text",
    [
        "",
        "day,kind\n",
        "date,kind\n2026-11-25,off\n",
        "date,kind,status,reason\n2026-11-25,nghỉ,announced,Bão\n",
        "date,kind,status,reason\n2026-11-25,off\n",
        "date,kind,status,reason\n25/11/2026,off,announced,Bão\n",
        "date,kind,status,reason\n2026-11-25,off,announced,\n",
    ],
)
def test_a_file_that_is_no_calendar_changes_nothing(
    office: Flask, tmp_path: Path, text: str
) -> None:
    table = tmp_path / "bad.csv"
    table.write_text(text, encoding="utf-8")
    code, _out, said = run(office, "load", str(table))
    assert code == 2
    assert "is no calendar" in said
    assert not db.session.query(CalendarDay).count()
