"""The parts that are kept, from the text outwards, and the new zip around them."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from xml.sax.saxutils import quoteattr

from lxml import etree
from PIL import Image

from feedback.files.word.marks import W, clean_part
from feedback.files.word.reading import MAIN, Package, Refusal, Relation

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
# kind of relation: the part's name among ours, its root, its type
KNOWN = {
    "officeDocument": ("word/document", W + "document", MAIN),
    "styles": ("word/styles", W + "styles", WORD + "styles+xml"),
    "numbering": ("word/numbering", W + "numbering", WORD + "numbering+xml"),
    "settings": ("word/settings", W + "settings", WORD + "settings+xml"),
    "fontTable": ("word/fontTable", W + "fonts", WORD + "fontTable+xml"),
    "footnotes": ("word/footnotes", W + "footnotes", WORD + "footnotes+xml"),
    "endnotes": ("word/endnotes", W + "endnotes", WORD + "endnotes+xml"),
    "header": ("word/header", W + "hdr", WORD + "header+xml"),
    "footer": ("word/footer", W + "ftr", WORD + "footer+xml"),
    "theme": (
        "word/theme",
        "{http://schemas.openxmlformats.org/drawingml/2006/main}theme",
        "application/vnd.openxmlformats-officedocument.theme+xml",
    ),
}
REFUSED = {
    *("oleObject", "package", "control", "aFChunk", "subDocument", "frame", "chart", "chartEx"),
    *("diagramData", "video", "audio", "media", "vbaProject", "wordVbaData", "attachedToolbars"),
}
LINKS = ("http://", "https://", "mailto:", "tel:")
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
DAY = (1980, 1, 1, 0, 0, 0)
DEEPEST = 6
MAX_POINTS = 50_000_000
LONGEST = 2048
QUALITY = 85
PICTURES = ("JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP")


@dataclass
class Part:
    name: str
    type: str
    data: bytes
    relations: Sequence[Relation] = ()


class Making:
    def __init__(self, package: Package) -> None:
        self.package = package
        self.parts: dict[str, Part] = {}  # by their old names

    def part(self, kind: str, old: str, depth: int = 0) -> Part:
        """One part and all that it needs."""
        if old in self.parts:
            return self.parts[old]
        stem, root_tag, content_type = KNOWN[kind]
        root = self.package.xml(old)
        if root.tag != root_tag or depth > DEEPEST:  # the "strict" kind, which Word rarely writes
            raise Refusal("office")
        number = len(self.parts)
        name = f"{stem}{number or ''}.xml"
        made = self.parts[old] = Part(name, content_type, b"")
        asked = [self._kept(relation, depth) for relation in self.package.relations(old)]
        made.relations = [relation for relation in asked if relation]
        clean_part(root, {relation.id for relation in made.relations})
        made.data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        return made

    def _kept(self, relation: Relation, depth: int) -> Relation | None:
        """The relation to its part's new name; nothing where it is left out."""
        kind, target = relation.kind, relation.target
        if kind in REFUSED:
            raise Refusal("embedded")
        if relation.outside:
            link = target.strip()
            fine = kind == "hyperlink" and link.lower().startswith(LINKS)
            return replace(relation, target=link) if fine else None
        if target not in self.package:
            return None
        if kind in KNOWN:
            return replace(relation, target=self.part(kind, target, depth + 1).name)
        picture = self._picture(target) if kind == "image" else None
        return replace(relation, target=picture.name) if picture else None

    def _picture(self, old: str) -> Part | None:
        """A picture made anew from its points. A drawing in SVG always has a picture at its side."""
        if old in self.parts:
            return self.parts[old]
        if old.lower().endswith(".svg"):
            return None
        data, kind = picture(self.package.raw(old))
        name = f"word/media/image{len(self.parts)}.{kind}"
        made = self.parts[old] = Part(name, f"image/{kind}", data)
        return made


def clean_docx(data: bytes) -> bytes:
    """The bytes of the new document. Raises Refusal, or whatever zipfile, lxml and Pillow raise on a
    damaged file."""
    making = Making(Package(data))
    main = making.part("officeDocument", making.package.main())
    return _zipped(main, list(making.parts.values()))


def picture(data: bytes) -> tuple[bytes, str]:
    """Its points as JPEG or PNG, and which of the two."""
    Image.MAX_IMAGE_PIXELS = None  # told below, without decoding
    try:
        image = Image.open(BytesIO(data), formats=PICTURES)
    except Image.UnidentifiedImageError as error:
        raise Refusal("embedded") from error  # a drawing of an old kind, which holds programs' data
    if image.width * image.height > MAX_POINTS:
        raise Refusal("pixels")
    scale = min(1.0, LONGEST / max(image.size))
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    photo = image.format == "JPEG"
    image.draft(None, size)
    clear = "A" in image.mode or "transparency" in image.info
    plain = image.convert("RGBA" if clear and not photo else "RGB")
    clean = plain if plain.size == size else plain.resize(size, Image.Resampling.LANCZOS)
    fresh = Image.new(clean.mode, clean.size)  # holds points and nothing else
    fresh.paste(clean)
    out = BytesIO()
    if photo:
        fresh.save(out, "JPEG", quality=QUALITY, optimize=True)
    else:
        fresh.save(out, "PNG")
    return out.getvalue(), "jpeg" if photo else "png"


def _zipped(main: Part, parts: Sequence[Part]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        _put(made, "[Content_Types].xml", _types(parts))
        _put(made, "_rels/.rels", _rels([Relation("rId1", "officeDocument", main.name, False)]))
        for part in parts:
            _put(made, part.name, part.data)
            if part.relations:
                folder, _slash, name = part.name.rpartition("/")
                _put(made, f"{folder}/_rels/{name}.rels", _rels(part.relations))
    return out.getvalue()


def _put(made: zipfile.ZipFile, name: str, data: bytes) -> None:
    # no clock of ours: the same file gives the same bytes
    entry = zipfile.ZipInfo(name, DAY)
    entry.compress_type = zipfile.ZIP_DEFLATED
    made.writestr(entry, data)


def _types(parts: Sequence[Part]) -> bytes:
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    rows = [
        f'<Default Extension="rels" ContentType="{rels}"/>',
        '<Default Extension="xml" ContentType="application/xml"/>',
        *(f'<Override PartName="/{part.name}" ContentType="{part.type}"/>' for part in parts),
    ]
    return _xml(f'<Types xmlns="{TYPES}">{"".join(rows)}</Types>')


def _rels(relations: Sequence[Relation]) -> bytes:
    rows = []
    for one in relations:
        target = one.target if one.outside else f"/{one.target}"
        mode = ' TargetMode="External"' if one.outside else ""
        rows.append(
            f"<Relationship Id={quoteattr(one.id)} Type={quoteattr(KINDS + one.kind)} "
            f"Target={quoteattr(target)}{mode}/>"
        )
    return _xml(f'<Relationships xmlns="{RELATIONS}">{"".join(rows)}</Relationships>')


def _xml(body: str) -> bytes:
    return ('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + body).encode()
