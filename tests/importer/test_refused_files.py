"""Files that are no plan, damaged or made to do harm: each has its own sentence, none takes the reader down."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedback.importer.errors import NotAPlan
from feedback.importer.isolated import parse_isolated
from feedback.importer.parse import parse
from feedback.importer.readers import ocr

FOLDER = Path(__file__).parent / "documents"
WORD = (FOLDER / "market-numbered.docx").read_bytes()
PDF = (FOLDER / "market-numbered.pdf").read_bytes()


def word_with(name: str, content: bytes) -> bytes:
    """The document with one part put in another's place."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WORD)) as source, zipfile.ZipFile(made, "w", 8) as target:
        for entry in source.infolist():
            target.writestr(
                entry.filename, content if entry.filename == name else source.read(entry)
            )
    return made.getvalue()


def locked_pdf() -> bytes:
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(PDF)) as document:
        document.save(made, encryption=pikepdf.Encryption(owner="a", user="b"))
    return made.getvalue()


def pdf_of_pictures() -> bytes:
    made = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(made)
    return made.getvalue()


DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaa">]><w:document/>'
BOMB = b"<w:document>" + b" " * (60 * 1024 * 1024)
REFUSED = {
    "locked Word": (
        b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"),
        "a.docx",
        "locked",
    ),
    "50,000 lines": (b"a\n" * 50_000, "a.txt", "too_long"),
    "old Word": (b"\xd0\xcf\x11\xe0 1997", "a.docx", "wrong_ending"),
    "PDF called Word": (PDF, "a.docx", "wrong_ending"),
    "Word called PDF": (WORD, "a.pdf", "wrong_ending"),
    "Word called text": (WORD, "a.txt", "wrong_ending"),
    "DOCTYPE": (word_with("word/document.xml", DOCTYPE), "a.docx", "doctype"),
    "bomb": (word_with("word/document.xml", BOMB), "a.docx", "unpacked"),
    "cut zip": (WORD[: len(WORD) // 2], "a.docx", "broken"),
    "cut PDF": (b"%PDF-1.7\n%nothing", "a.pdf", "broken"),
    "locked PDF": (locked_pdf(), "a.pdf", "locked"),
    "empty": (b"", "a.pdf", "empty"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_that_cannot_be_read_says_why(case: str) -> None:
    data, name, code = REFUSED[case]
    with pytest.raises(NotAPlan) as refused:
        parse(data, name)
    assert refused.value.code == code


def test_a_scan_is_refused_in_its_own_words_where_no_program_reads_pictures(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ocr, "PROGRAM", "no-such-program")
    with pytest.raises(NotAPlan) as refused:
        parse(pdf_of_pictures(), "quet.pdf")
    assert refused.value.code == "scanned"


def test_the_child_process_refuses_in_the_same_words() -> None:
    for case in ("bomb", "locked PDF"):
        data, name, code = REFUSED[case]
        with pytest.raises(NotAPlan) as refused:
            parse_isolated(data, name)
        assert refused.value.code == code


def test_word_and_pdf_are_read_in_the_child_process_as_well() -> None:
    for data, name in ((WORD, "a.docx"), (PDF, "a.pdf")):
        assert parse_isolated(data, name) == parse(data, name).as_dict()


@given(st.binary(max_size=400), st.sampled_from([".docx", ".pdf"]), st.integers(0, 2000))
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
def test_damage_anywhere_is_refused_or_read(damage: bytes, ending: str, at: int) -> None:
    whole = WORD if ending == ".docx" else PDF
    place = at * len(whole) // 2000
    try:
        parse(whole[:place] + damage + whole[place + len(damage) :], f"a{ending}")
    except NotAPlan:
        return
