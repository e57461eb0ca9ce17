"""Text made to take long: twice as much of it takes about twice the time, and nothing raises."""

from __future__ import annotations

import contextlib
import json
import re
import time
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedback.importer.errors import NotAPlan
from feedback.importer.isolated import parse_isolated
from feedback.importer.parse import parse

HEAD = "Số: 1/KH-UBND\nKẾ HOẠCH\nThử\nI. VIỆC\n1. Việc\n- Cơ quan chủ trì: Sở A.\n"
PATTERNS = {
    "one letter": "a",
    "keys": "chủ trì : ",
    "brackets": "(",
    "labels": "1. a\n",
    "fields": "Cơ quan chủ trì: Sở A, Sở B và Sở C; các sở, ban, ngành\n",
    "fields in a line": "Chủ trì: Sở A. Phối hợp: Sở B. ",
    "names": "Sở A, ",
    "and": " và ",
    "rows": "TT\nNội dung\nCơ quan chủ trì\nThời gian\n1\na\nSở A\n2025\n",
    "headings": "TT\n",
    "times": "trước ngày 1/1/2025 đến ",
    "sentences": "Giao Sở A chủ trì, phối hợp với Sở B ",
    "foot-notes": "1 Nghị quyết số dài dài dài dài dài dài dài dài dài dài A1\n\n",
    "signatures": "Nơi nhận:\n",
    "bodies": "1. Sở Y tế\n- làm\n",
    "columns of spaces": " TT      Nội dung       Chủ trì\n 1       Đo kênh        Sở Y tế\n",
    "labels in a line": "- a) 1.1 chủ trì, phối hợp ",
    "shares": "Sở A chủ trì ; Sở B phối hợp với ",
    "brackets at the end": "1. Việc (Sở A chủ trì; Sở B phối hợp; trong 2026).\n",
    "bars": "|\na\n",
    "bars alone": "|\n",
    "tabs": "TT\tNội dung\tChủ trì\n",
    "grids": "+--+--+--+\n| a | b | c |\n",
    "HTML": "<table><tr><td rowspan=99 colspan=99>TT</td>",
    "cut rows": "| TT | Nội dung | Chủ trì |\n| a\nb\n",
    "keys without colon": "Cơ quan chủ trì là Sở A; cơ quan phối hợp – ",
    "numbers alone": "TT\n1\n\n2\n\n",
    "own keys": "1. Việc\nNgười làm: Sở Y tế\n",
    "bodies behind dashes": "1. Việc – Sở Y tế – trước 1/1/2026\n",
    "colons": "x: y: z: ",
    "unknown columns": "| Sở A | một việc dài hơn mười tám chữ | 1/1/2026 |\n",
    "Markdown": "| TT | Nội dung | Cơ quan chủ trì | Thời gian |\n",
}


def seconds(pattern: str, size: int) -> float:
    """The processor's time, so that a busy machine does not count."""
    text = (HEAD + pattern * (size // len(pattern.encode()) + 1)).encode()[:size]
    begun = time.process_time()
    with contextlib.suppress(NotAPlan):
        parse(text.decode("utf-8", "ignore").encode(), "a.txt")
    return time.process_time() - begun


@pytest.mark.parametrize("name", PATTERNS)
def test_twice_the_text_takes_about_twice_the_time(name: str) -> None:
    once = min(seconds(PATTERNS[name], 12_000) for _turn in range(2))
    four = min(seconds(PATTERNS[name], 48_000) for _turn in range(2))
    assert four < 9 * once + 0.25, f"{once:.3f} s, then {four:.3f} s for four times as much"


@given(st.text(max_size=3000), st.sampled_from(["a.txt", "a.md"]))
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_at_all_is_read_or_refused(text: str, name: str) -> None:
    try:
        parse((HEAD + text).encode("utf-8", "ignore"), name)
    except NotAPlan:
        return


def test_letters_that_a_pdf_names_wrongly_are_left_out() -> None:
    """Its table of letters may name any code: halves of characters, which no database and no JSON can hold,
    controls, codes that draw nothing. The words around stay."""
    pdf = pikepdf.open(Path(__file__).parent / "documents" / "foot-note-below.pdf")
    codes = iter((b"D800", b"0001", b"FDD0", b"202E", b"0000", b"DFFF") * 9)
    for one in pdf.objects:
        if isinstance(one, pikepdf.Stream) and b"beginbf" in (table := one.read_bytes()):
            for letter in (b"<0078>", b"<0076>"):  # x, v
                table = re.sub(letter, b"<" + next(codes) + b">", table, count=1)
            one.write(table)
    out = BytesIO()
    pdf.save(out)
    read = parse_isolated(out.getvalue(), "a.pdf")
    assert read["number"] == "318/KH-UBND" and len(read["items"]) == 5
    whole = json.dumps(read, ensure_ascii=False).encode().decode()
    assert not re.search("[\x00-\x1f\u202e\ufdd0]", whole)
    assert "tại các ã ùng đồng bào" in read["items"][0]["text"]
