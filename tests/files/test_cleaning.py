"""What becomes of an upload: made anew, or refused by name. Hostile ones included."""

from __future__ import annotations

import re
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from feedback.core import isolated
from feedback.files import cleaning, pictures
from feedback.files.cleaning import MAX_BYTES, clean_upload
from feedback.files.errors import SENTENCES, FileRefused
from feedback.files.names import clean_name
from feedback.files.papers import without_notes
from tests.files import corpus
from tests.files.effort import effort

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(2)</script></svg>'
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 64
REFUSED = {
    "empty": ("empty", lambda: b""),
    "an exe named .jpg": ("unknown", lambda: b"MZ\x90\0" + b"\0" * 400),
    "an svg with a script": ("unknown", lambda: SVG),
    "html named .png": ("unknown", lambda: b"<!doctype html><script>alert(1)</script>"),
    "xml": ("unknown", lambda: b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
    "a zip": ("unknown", lambda: b"PK\3\4" + b"\0" * 60),
    "a gif": ("unknown", lambda: corpus.encoded(Image.new("P", (9, 9)), "GIF")),
    "an iphone's own format": ("heic", lambda: HEIC),
    "50 MB": ("too_large", lambda: b"\xff\xd8\xff" + b"0" * 50 * 1024 * 1024),
    "one byte too many": ("too_large", lambda: b"%PDF-1.7" + b"0" * (MAX_BYTES - 7)),
    "a bomb of 900 million points": ("pixels", corpus.bomb),
    "a jpeg cut off": ("broken", lambda: corpus.jpeg()[:40_000]),
    "a jpeg's first bytes only": ("broken", lambda: b"\xff\xd8\xff\xe0\0\x10JFIF\0"),
    "png with nonsense": ("broken", lambda: b"\x89PNG\r\n\x1a\n" + b"nonsense" * 9),
    "a pdf that is none": ("broken", lambda: b"%PDF-1.4\n<html>"),
    "a pdf without pages": ("broken", lambda: corpus.pdf(0)),
    "a locked pdf": ("locked", lambda: corpus.pdf(locked=True)),
    "a pdf of 500 pages": ("pages", lambda: corpus.pdf(500)),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_file_is_refused_by_name_and_soon(name: str) -> None:
    code, make = REFUSED[name]
    data = make()
    with effort() as photographs, pytest.raises(FileRefused) as caught:
        clean_upload(data)
    assert caught.value.code == code
    assert caught.value.message == SENTENCES[code]
    assert photographs() < 5


def shown(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


def bare(data: bytes) -> bool:
    """Nothing in a JPEG but what draws it: JFIF, tables, points."""
    at, marks = 2, set()
    while data[at + 1] != 0xDA:
        marks.add(data[at + 1])
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return not marks & ({0xFE} | set(range(0xE1, 0xF0)))


def test_a_phones_picture_loses_place_and_device_and_stands_upright() -> None:
    sent = corpus.with_gps()
    assert Image.open(BytesIO(sent)).getexif().get_ifd(0x8825)  # there was a place
    cleaned = clean_upload(sent)
    picture = shown(cleaned.data)
    assert (cleaned.media_type, cleaned.extension) == ("image/jpeg", ".jpg")
    assert picture.size == (cleaned.width, cleaned.height) == (600, 800)
    assert not picture.getexif() and not picture.info.keys() & {"exif", "comment", "icc_profile"}
    assert cleaned.thumb and not shown(cleaned.thumb.data).getexif()
    assert bare(cleaned.data) and bare(cleaned.thumb.data)
    assert corpus.PLACE.encode() not in cleaned.data + cleaned.thumb.data


def test_another_programs_eyes_find_no_place_either(tmp_path: Path) -> None:
    """exiftool where it is installed; strings everywhere."""
    kept = tmp_path / "cleaned.jpg"
    kept.write_bytes(clean_upload(corpus.with_gps()).data)
    assert not re.search(rb"Exif|GPS|http://ns.adobe|ICC_PROFILE", kept.read_bytes())
    if program := shutil.which("exiftool"):
        told = subprocess.run([program, "-G1", kept], capture_output=True, text=True, check=True)
        assert not re.search(r"^\[(GPS|IFD0|ExifIFD|XMP|ICC)", told.stdout, re.MULTILINE)


@pytest.mark.parametrize(
    ("name", "make", "size", "colour"),
    [
        ("large", lambda: corpus.encoded(Image.new("RGB", (6000, 3000), "red"), "JPEG"), (2048, 1024), (254, 0, 0)),
        ("cmyk", lambda: corpus.encoded(Image.new("CMYK", (90, 60), (0, 255, 255, 0)), "JPEG"), (90, 60), (254, 0, 0)),
        ("16 bits", lambda: corpus.encoded(Image.new("I;16", (90, 60), 65535), "PNG"), (90, 60), (255, 255, 255)),
        ("seen through", lambda: corpus.encoded(Image.new("RGBA", (90, 60), (0, 0, 0, 0)), "PNG"), (90, 60), (255, 255, 255)),
        ("palette", lambda: corpus.encoded(Image.new("P", (90, 60), 0), "PNG", transparency=0), (90, 60), (255, 255, 255)),
        ("black and white", lambda: corpus.encoded(Image.new("1", (90, 60), 1), "PNG"), (90, 60), (255, 255, 255)),
        ("animated", corpus.animated, (64, 64), (254, 0, 0)),
        ("a line", lambda: corpus.encoded(Image.new("RGB", (60000, 2), "white"), "PNG"), (2048, 1), (255, 255, 255)),
    ],
)  # fmt: skip
def test_every_usual_picture_becomes_a_plain_jpeg(
    name: str, make: object, size: tuple[int, int], colour: tuple[int, int, int]
) -> None:
    cleaned = clean_upload(make())  # type: ignore[operator]
    picture = shown(cleaned.data)
    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", size)
    assert getattr(picture, "n_frames", 1) == 1
    found = picture.getpixel((0, 0))
    assert isinstance(found, tuple)
    assert all(abs(a - b) <= 3 for a, b in zip(found, colour, strict=True)), found


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_second_file_behind_the_first_is_gone(kind: str) -> None:
    second = b"<html><script>alert('HIDDEN')</script></html>PK\3\4HIDDEN"
    cleaned = clean_upload(corpus.encoded(corpus.photo(90, 60), kind) + second)
    assert b"HIDDEN" not in cleaned.data and b"<script" not in cleaned.data
    assert cleaned.data.endswith(b"\xff\xd9")


def test_a_small_copy_costs_a_phone_little() -> None:
    grain = corpus.encoded(corpus.photo(360, 270).effect_spread(200), "PNG")  # hardly fits at all
    for sent in (corpus.jpeg(1), corpus.jpeg(2), grain):
        thumb = clean_upload(sent).thumb
        assert thumb and len(thumb.data) <= pictures.THUMB_BYTES
        small = shown(thumb.data)
        assert small.size == (thumb.width, thumb.height)
        assert max(small.size) in pictures.THUMB_LONGEST


def test_a_pdf_neither_acts_nor_hides_any_more() -> None:
    sent = corpus.acting_pdf()
    cleaned = clean_upload(sent)
    assert (cleaned.media_type, cleaned.pages, cleaned.thumb) == ("application/pdf", 1, None)
    words = corpus.plain_bytes(cleaned.data)
    assert len(set(re.findall(rb"SECRET[A-Z]+", corpus.plain_bytes(sent)))) > 8
    assert re.findall(rb"SECRET\w+", words) == []
    for key in (b"/JavaScript", b"/JS", b"/OpenAction", b"/EmbeddedFiles", b"/Launch", b"/Info"):
        assert key not in words, key
    assert b"KEPTTEXT" in words and b"KEPTLINK" in words and b"/Helvetica" in words
    assert b"Exif" not in words


def test_a_jpeg_within_a_pdf_keeps_its_points() -> None:
    sent = corpus.with_gps(turned=1)
    plain = without_notes(sent)
    assert shown(plain).tobytes() == shown(sent).tobytes()
    assert not shown(plain).getexif() and corpus.PLACE.encode() not in plain
    assert without_notes(b"no jpeg") == b"no jpeg"


def test_the_same_file_is_cleaned_to_the_same_bytes() -> None:
    for sent in (corpus.jpeg(), corpus.acting_pdf()):
        assert clean_upload(sent).sha256 == clean_upload(sent).sha256


def test_a_child_that_keeps_to_nothing_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(isolated.PastLimits):
        isolated.run("tests.files.greedy", "memory", data=b"")
    wanted = tmp_path / "written"
    with pytest.raises(isolated.PastLimits):
        isolated.run("tests.files.greedy", "disk", data=str(wanted).encode())
    assert not wanted.exists() or not wanted.read_bytes()
    monkeypatch.setattr(isolated, "WALL_SECONDS", 1)
    with pytest.raises(isolated.PastLimits):
        isolated.run("tests.files.greedy", "time", data=b"")


def test_a_picture_too_hard_for_the_limits_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolated, "WALL_SECONDS", 0.01)
    with pytest.raises(FileRefused) as caught:
        clean_upload(corpus.jpeg())
    assert caught.value.code == "limits"


@pytest.mark.parametrize(
    ("raw", "shown_as"),
    [
        ("IMG_0001.jpg", "IMG_0001.jpg"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Hoa\\ảnh.png", "ảnh.png"),
        ("hai\u202egpj.exe", "haigpj.exe"),
        ("a\x00b\u200bc\r\n.jpg", "abc .jpg"),
        ("", ""),
        (None, ""),
        ("///", ""),
    ],
)
def test_a_name_loses_its_path_and_what_nobody_sees(raw: str | None, shown_as: str) -> None:
    assert clean_name(raw) == shown_as


def test_a_long_name_in_loose_letters_is_joined_and_cut() -> None:
    import unicodedata

    name = unicodedata.normalize("NFD", "đường hỏng ở ấp Bình Phước " * 20)[:296] + ".jpg"
    cleaned = clean_name(name)
    assert len(name) == 300 and len(cleaned) <= 200
    assert unicodedata.is_normalized("NFC", cleaned) and cleaned.endswith(".jpg")


def test_the_chooser_of_the_browser_names_what_is_taken() -> None:
    assert "image/jpeg" in cleaning.ACCEPT and "image/*" not in cleaning.ACCEPT
