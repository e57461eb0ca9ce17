"""A PDF written anew without what acts by itself or hides: scripts, actions, files within, notes about
its author. Text, pictures and plain links stay. Runs in the child process only."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

MAX_PAGES = 200
DEEPEST = 40
ACTIONS_KEPT = {"/GoTo", "/URI", "/Named"}
ACTIONS = {
    *("/JavaScript", "/Launch", "/GoToR", "/GoToE", "/SubmitForm", "/ResetForm", "/ImportData"),
    *("/Rendition", "/Movie", "/Sound", "/Hide", "/SetOCGState", "/Trans", "/GoTo3DView"),
    *("/RichMediaExecute", "/Thread", "/GoToDp"),
}
LINKS = ("http://", "https://", "mailto:", "tel:")
NOTES_DROPPED = {"/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen", "/3D"}
# within a JPEG: keep what is needed to draw it (JFIF, Adobe's colours, an ICC profile)
JPEG_KEPT = {0xE0, 0xE2, 0xEE}


class Locked(Exception):
    """It asks for a password."""


class TooManyPages(Exception):
    """Told before anything is written."""


def clean_pdf(data: bytes) -> tuple[bytes, int]:
    """The bytes of the new PDF and its number of pages. Raises Locked, TooManyPages, or whatever
    pikepdf raises on a damaged file."""
    try:
        pdf = pikepdf.open(BytesIO(data))
    except pikepdf.PasswordError as error:
        raise Locked from error
    with pdf:
        if pdf.is_encrypted:
            raise Locked
        pages = len(pdf.pages)
        if pages > MAX_PAGES:
            raise TooManyPages
        if not pages:
            raise ValueError("no page")
        _clean_root(pdf)
        for found in list(pdf.objects):
            _clean(found, 0)
        out = BytesIO()
        # only what a page still reaches is written: earlier versions and loose objects stay behind
        pdf.save(out, linearize=False, fix_metadata_version=False, deterministic_id=True)
    return out.getvalue(), pages


def _clean_root(pdf: pikepdf.Pdf) -> None:
    _drop(pdf.trailer, "/Info")
    _drop(pdf.Root, "/OpenAction", "/AA", "/Collection", "/URI", "/AF", "/Perms", "/Legal")
    if "/Names" in pdf.Root:
        _drop(
            pdf.Root.Names,
            "/JavaScript",
            "/EmbeddedFiles",
            "/Renditions",
            "/AlternatePresentations",
        )
    if "/AcroForm" in pdf.Root:
        _drop(pdf.Root.AcroForm, "/XFA")


def _clean(found: Any, depth: int) -> None:
    """One object and what lies directly in it; objects of their own come by themselves."""
    if isinstance(found, Array):
        values = list(found)  # type: ignore[call-overload]
    elif isinstance(found, Dictionary | Stream):
        _clean_dictionary(found)
        values = [value for _key, value in found.items()]
        if isinstance(found, Stream):
            _clean_stream(found)
    else:
        return
    if depth > DEEPEST:
        raise ValueError("nested too deep")
    for value in values:
        if isinstance(value, pikepdf.Object) and not value.is_indirect:
            _clean(value, depth + 1)


def _clean_dictionary(found: Any) -> None:
    if _does_harm(found):
        _drop(found, *list(found.keys()))
    if _acts(found):
        _drop(found, "/Next")
    more = found.get("/AA")
    if isinstance(more, Dictionary) and all(_acts(action) for _key, action in more.items()):
        _drop(found, "/AA")
    if isinstance(found.get("/PA"), Dictionary) and _acts(found["/PA"]):
        _drop(found, "/PA")
    if isinstance(found.get("/Metadata"), Stream):
        _drop(found, "/Metadata")
    if isinstance(found.get("/PieceInfo"), Dictionary):
        _drop(found, "/PieceInfo")
    if "/EF" in found and ("/F" in found or "/UF" in found):
        _drop(found, "/EF")
    notes = found.get("/Annots")
    if isinstance(notes, Array):
        found["/Annots"] = Array([note for note in notes if not _note_dropped(note)])  # type: ignore[attr-defined]


def _acts(found: Any) -> bool:
    """Is this dictionary an action?"""
    kind = found.get("/S") if isinstance(found, Dictionary) else None
    return isinstance(kind, Name) and str(kind) in ACTIONS | ACTIONS_KEPT


def _does_harm(found: Any) -> bool:
    """An action other than going to a page or to an ordinary link."""
    if not _acts(found):
        return False
    if str(found["/S"]) in ACTIONS:
        return True
    return str(found["/S"]) == "/URI" and not str(found.get("/URI", "")).lower().startswith(LINKS)


def _note_dropped(note: Any) -> bool:
    return isinstance(note, Dictionary) and str(note.get("/Subtype", "")) in NOTES_DROPPED


def _clean_stream(found: Stream) -> None:
    """A picture within may carry the place where it was taken."""
    filters: Any = found.get("/Filter")
    only = filters[0] if isinstance(filters, Array) and len(filters) == 1 else filters
    if only == Name.DCTDecode:
        raw = found.read_raw_bytes()
        plain = without_notes(raw)
        if plain != raw:
            parms: Any = found.get("/DecodeParms")
            found.write(plain, filter=filters, decode_parms=parms)


def without_notes(jpeg: bytes) -> bytes:
    """A JPEG without EXIF, XMP and comments, its points untouched; as it was if it cannot be read."""
    if jpeg[:2] != b"\xff\xd8":
        return jpeg
    out, at = [jpeg[:2]], 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF:
        mark = jpeg[at + 1]
        if mark == 0xDA:  # from here on points
            return b"".join([*out, jpeg[at:]])
        end = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if not (0xE0 <= mark <= 0xEF or mark == 0xFE) or mark in JPEG_KEPT:
            out.append(jpeg[at:end])
        at = end
    return jpeg


def _drop(found: Any, *names: str) -> None:
    for name in names:
        if name in found:
            del found[name]
