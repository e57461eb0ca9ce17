"""What a file is by its first bytes; its name and what the browser says count for nothing."""

from __future__ import annotations

PDF_WITHIN = 1024  # some scanners write a few bytes before the mark
OFFICE_PART = b"[Content_Types].xml"  # stands in the list of every office document
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}


def kind_of(data: bytes) -> str:
    """``picture``, ``pdf``, ``word``, ``old_word``, ``heic``, or empty for whatever else it is."""
    jpeg, png = data[:3] == b"\xff\xd8\xff", data[:8] == b"\x89PNG\r\n\x1a\n"
    if jpeg or png or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        return "picture"
    if data[4:8] == b"ftyp" and data[8:12] in HEIC_BRANDS:
        return "heic"
    if data[:4] == b"PK\3\4" and OFFICE_PART in data:
        return "word"
    if data[:8] == OLD_OFFICE:  # a .doc of old, or a docx locked with a password
        return "old_word"
    return "pdf" if b"%PDF-" in data[:PDF_WITHIN] else ""
