"""Reading the project's own plan document, and refusing what is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedback.importer.commands import plans
from feedback.importer.errors import CODES, NotAPlan
from feedback.importer.isolated import parse_isolated
from feedback.importer.parse import parse

ROOT = Path(__file__).parents[2]
OWN = ROOT / "feedback" / "demo" / "data" / "plan-sample.txt"
GROUPS = ["Các sở, ban, ngành tỉnh", "UBND các huyện, thị xã, thành phố"]


def test_the_own_plan_gives_every_task_with_its_agencies() -> None:
    document = parse(OWN.read_bytes(), OWN.name)
    assert document.number == "2705/KH-UBND"
    assert document.issued_on == "2024-09-05"
    assert len(document.items) == 22
    items = {item.path: item for item in document.items}
    assert items["III.2.2.c"].lead == ["Sở Kế hoạch và Đầu tư"]
    assert items["III.2.2.c"].coordinating == GROUPS
    assert items["III.1.1"].implementing == GROUPS
    assert [items[p].shared_from for p in ("III.5.1", "III.5.2")] == ["III.5.3", "III.5.3"]
    assert sum(bool(i.lead or i.implementing) for i in document.items) == 20


def test_a_sentence_cut_by_a_page_end_is_whole_again() -> None:
    items = {item.path: item for item in parse(OWN.read_bytes(), OWN.name).items}
    assert "Dân biết, dân bàn, dân làm, dân kiểm tra, dân giám sát" in items["III.2.1"].text
    assert "vui - khỏe - có ích" in items["III.2.2.e"].text


def test_recipients_are_no_agency_lines() -> None:
    last = parse(OWN.read_bytes(), OWN.name).items[-1]
    assert last.path == "III.5.3"
    assert last.coordinating == GROUPS


def test_who_signed_is_found_beside_the_recipients() -> None:
    ending = """Nơi nhận:                          TM. ỦY BAN NHÂN DÂN
- CT, các PCT UBND tỉnh;                  KT. CHỦ TỊCH
- Các sở, ban, ngành tỉnh;                PHÓ CHỦ TỊCH
- Lưu: VT, KT.                           Lâm Quốc Thái
"""
    text = OWN.read_text(encoding="utf-8").split("Nơi nhận")[0] + ending
    assert parse(text.encode(), "a.txt").as_contract()["signer"] == "Lâm Quốc Thái"


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.txt", "empty"),
        (b"  \n\n", "a.txt", "empty"),
        (b"x", "a.exe", "ending"),
        (b"%PDF-1.7 \xff\xfe\x00", "a.txt", "wrong_ending"),
        (b"S\xe8 12", "a.txt", "encoding"),
        (b"a\x00b", "a.txt", "binary"),
        ("Hôm nay trời đẹp.".encode(), "a.txt", "no_number"),
        ("Số: 12/KH-UBND\n\nI. MỤC ĐÍCH\n\n1. Làm việc.".encode(), "a.txt", "no_items"),
    ],
)
def test_what_is_no_plan_is_refused_with_its_reason(data: bytes, name: str, code: str) -> None:
    with pytest.raises(NotAPlan) as refused:
        parse(data, name)
    assert refused.value.code == code


def test_the_command_says_in_one_line_that_a_file_is_no_plan(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Xin chào", encoding="utf-8")
    result = CliRunner().invoke(plans, ["parse", str(letter)])
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("letter.txt: Không thấy số, ký hiệu văn bản")
    assert result.stderr.count("\n") == 1


def test_the_page_says_of_each_refusal_what_the_command_says() -> None:
    from feedback.importer.forms import SENTENCES

    assert {code: SENTENCES[code]._args[0] for code in CODES} == CODES


def test_a_child_process_reads_the_same() -> None:
    data = OWN.read_bytes()
    assert parse_isolated(data, OWN.name) == parse(data, OWN.name).as_dict()
    with pytest.raises(NotAPlan, match="empty"):
        parse_isolated(b"", OWN.name)


LINES = st.sampled_from(
    [
        "I. MỤC",
        "1. Việc",
        "1.1. Việc",
        "a) Việc",
        "- Cơ quan chủ trì: Sở A; Sở B.",
        "Nơi nhận:",
        "12",
    ]
)


@given(st.lists(st.one_of(LINES, st.text(max_size=60)), max_size=80))
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_is_read_or_refused(lines: list[str]) -> None:
    try:
        document = parse("\n".join(["Số: 1/KH-UBND", *lines]).encode("utf-8", "ignore"), "a.txt")
    except NotAPlan:
        return
    assert all(item.path and item.text is not None for item in document.items)
