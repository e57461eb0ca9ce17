"""What a file is by its first bytes; its name and what the browser says count for nothing."""

from __future__ import annotations

PDF_WITHIN = 1024  # some scanners write a few bytes before the mark
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}


def kind_of(data: bytes) -> str:
    """``picture``, ``pdf``, ``heic``, or empty for whatever else it is."""
    jpeg, png = data[:3] == b"\xff\xd8\xff", data[:8] == b"\x89PNG\r\n\x1a\n"
    if jpeg or png or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        return "picture"
    if data[4:8] == b"ftyp" and data[8:12] in HEIC_BRANDS:
        return "heic"
    return "pdf" if b"%PDF-" in data[:PDF_WITHIN] else ""
