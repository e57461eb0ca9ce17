"""What becomes of a Word document: made anew from harmless parts, or refused by name. Hostile ones included."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import pytest
from PIL import Image

from feedback.files.cleaning import WORD_TYPE, clean_upload
from feedback.files.errors import SENTENCES, FileRefused
from tests.files import corpus, word_corpus
from tests.files.effort import effort
from tests.files.word_corpus import docx, related

MACRO_KIND = "application/vnd.ms-word.document.macroEnabled.main+xml"
SHEET_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
WIDE = docx("<w:p/>" * 1_000_000)  # seven megabytes of nothing in a few kilobytes
REFUSED = {
    "a zip of something else": ("unknown", lambda: b"PK\3\4" + b"word/document.xml" * 9),
    "an old .doc": ("old_word", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
    "a spreadsheet": ("office", lambda: docx(parts={"[Content_Types].xml": word_corpus.types(SHEET_KIND)})),
    "macros": ("macros", lambda: related(("vbaProject", "vbaProject.bin", False), word__vbaProject_DOT_bin=b"MZ")),
    "macros that nothing names": ("macros", lambda: docx(parts={"x/VBAPROJECT.bin": b"MZ"})),
    "a docm named docx": ("macros", lambda: docx(parts={"[Content_Types].xml": word_corpus.types(MACRO_KIND)})),
    "a file within": ("embedded", lambda: related(("oleObject", "embeddings/a.bin", False))),
    "a page fetched from outside": ("embedded", lambda: related(("aFChunk", "https://x.example/a.html", True))),
    "a program's object": ("embedded", lambda: docx("<w:p><w:r><w:object><o:OLEObject/></w:object></w:r></w:p>")),
    "a drawing of an old kind": ("embedded", lambda: related(("image", "media/a.emf", False), word__media__a_DOT_emf=b"\1\0\0\0l")),
    "laughter": ("doctype", word_corpus.laughing),
    "a file of the server's": ("doctype", word_corpus.reaching),
    "a doctype in wide letters": ("doctype", lambda: docx(parts={"word/document.xml": "<!DOCTYPE w><w/>".encode("utf-16")})),
    "sixty megabytes of zeros": ("unpacked", lambda: docx(parts={"a.bin": b"\0" * 60_000_000})),
    "two thousand parts": ("unpacked", lambda: docx(parts={f"a{n}": b"" for n in range(2000)})),
    "two parts of one name": ("broken", word_corpus.twice),
    "locked": ("word_locked", word_corpus.locked),
    "cut off": ("broken", lambda: docx(packed=False)[:900]),
    "nested a thousand deep": ("broken", lambda: docx("<w:p>" * 1000 + "</w:p>" * 1000)),
    "no text part": ("broken", lambda: docx(parts={"word/document.xml": b"no xml"})),
    "a picture bomb": ("pixels", lambda: related(("image", "a.png", False), word__a_DOT_png=corpus.bomb())),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_document_is_refused_by_name_and_soon(name: str) -> None:
    code, make = REFUSED[name]
    data = make()
    with effort() as photographs, pytest.raises(FileRefused) as caught:
        clean_upload(data)
    assert (caught.value.code, caught.value.message) == (code, SENTENCES[code])
    assert photographs() < 5


def test_a_document_that_is_all_marks_stays_within_the_limits() -> None:
    """Taken or refused, but the child keeps to its memory and time."""
    try:
        assert clean_upload(WIDE).media_type == WORD_TYPE
    except FileRefused as refused:
        assert refused.code == "limits"


def test_a_document_tells_fetches_and_hides_nothing_any_more() -> None:
    sent = word_corpus.telling()
    cleaned = clean_upload(sent)
    before, after = word_corpus.words(sent), word_corpus.words(cleaned.data)
    assert (cleaned.media_type, cleaned.extension, cleaned.thumb) == (WORD_TYPE, ".docx", None)
    assert len(set(re.findall(rb"SECRET[A-Z]+", before))) >= 20
    assert re.findall(rb".{40}SECRET\w+", after) == []
    assert set(re.findall(rb"KEPT[A-Z]+", after)) == set(re.findall(rb"KEPT[A-Z]+", before))
    for word in (b"w:rsid", b"w:author", b"w:del", b"w:ins ", b"docProps", b"customXml"):
        assert word not in after, word
    assert after.count(b"<w:fldChar ") == 3  # of the one field that counts pages
    assert b"> PAGE <" in after and b"defaultTabStop" in after
    assert clean_upload(sent).data == cleaned.data
    assert clean_upload(cleaned.data).media_type == WORD_TYPE  # a document like any other


def test_a_picture_in_a_document_loses_its_place() -> None:
    with zipfile.ZipFile(BytesIO(clean_upload(word_corpus.telling()).data)) as made:
        [picture] = [name for name in made.namelist() if "media" in name]
        shown = Image.open(BytesIO(made.read(picture)))
        assert (shown.format, shown.size) == ("JPEG", (800, 600)) and not shown.getexif()
        assert all(entry.date_time[0] == 1980 for entry in made.infolist())
