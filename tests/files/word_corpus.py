"""Word documents as people send them and as attackers make them, put together part by part."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

from PIL import Image

from tests.files import corpus

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:r="{OFFICE}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
PLAIN = "<w:p><w:r><w:t>KEPTTEXT đường hỏng</w:t></w:r></w:p>"
Parts = Mapping[str, str | bytes]


def types(main: str = KIND) -> str:
    return (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="r"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
    )


def rels(*rows: tuple[str, str, bool]) -> str:
    """Relations rId1, rId2, …: kind, target, outside."""
    mode = ' TargetMode="External"'
    told = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/{kind}" Target="{target}"{mode * outside}/>'
        for n, (kind, target, outside) in enumerate(rows, start=1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{told}</Relationships>'


def docx(body: str = PLAIN, parts: Parts | None = None, *, packed: bool = True) -> bytes:
    all_parts: dict[str, str | bytes] = {
        "[Content_Types].xml": types(),
        "_rels/.rels": rels(("officeDocument", "word/document.xml", False)),
        "word/document.xml": f"<w:document {SPACES}><w:body>{body}</w:body></w:document>",
        **(parts or {}),
    }
    out = BytesIO()
    way = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    with zipfile.ZipFile(out, "w", way) as made:
        for name, content in all_parts.items():
            made.writestr(name, content)
    return out.getvalue()


def related(*rows: tuple[str, str, bool], body: str = PLAIN, **parts: str | bytes) -> bytes:
    more = {name.replace("__", "/").replace("_DOT_", "."): part for name, part in parts.items()}
    return docx(body, {"word/_rels/document.xml.rels": rels(*rows), **more})


def laughing() -> bytes:
    """An entity of entities: a gigabyte of laughter from a few lines."""
    lines = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {new} "{f"&{old};" * 10}">'
        for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    text = f"<!DOCTYPE w [{lines}]><w:document {SPACES}><w:body>&i;</w:body></w:document>"
    return docx(parts={"word/document.xml": text})


def reaching() -> bytes:
    """Relations that would read a file of the server's."""
    dtd = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    return docx(parts={"word/_rels/document.xml.rels": dtd + rels(("image", "&x;", False))})


def twice() -> bytes:
    """Two parts of one name: each reader would show another one."""
    out = BytesIO(docx())
    with zipfile.ZipFile(out, "a") as made:
        made.writestr("WORD/document.xml", "<other/>")
    return out.getvalue()


def locked() -> bytes:
    data = bytearray(docx())
    at = data.index(b"PK\1\2")
    data[at + 8] |= 1
    return bytes(data)


def field(*said: str, shown: str = "KEPTSHOWN", tag: str = "instrText") -> str:
    told = "".join(f"<w:r><w:{tag}>{word}</w:{tag}></w:r>" for word in said)
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    return f"<w:p>{mark('begin')}{told}{mark('separate')}<w:r><w:t>{shown}</w:t></w:r>{mark('end')}</w:p>"


def telling() -> bytes:
    """A document in which everything that tells, fetches or hides does; what may stay says KEPT."""
    by = 'w:author="SECRETAUTHOR" w:date="2026-01-02T03:04:05Z"'
    body = (
        f'<w:p w:rsidR="00SECRETRSID" w14:paraId="SECRETID"><w:r><w:t>KEPTTEXT</w:t></w:r>'
        f'<w:del w:id="1" {by}><w:r><w:delText>SECRETDELETED</w:delText></w:r></w:del>'
        f'<w:ins w:id="2" {by}><w:r><w:t>KEPTINSERTED</w:t></w:r></w:ins>'
        f'<w:commentRangeStart w:id="3"/><w:hyperlink r:id="rId1"><w:r><w:t>KEPTLINK</w:t></w:r>'
        f'</w:hyperlink><w:hyperlink r:id="rId2"><w:r><w:t>KEPTWORDS</w:t></w:r></w:hyperlink></w:p>'
        f'<w:tbl><w:tr><w:trPr><w:del w:id="4" {by}/></w:trPr><w:tc><w:p><w:r><w:t>SECRETROW</w:t>'
        f"</w:r></w:p></w:tc></w:tr></w:tbl>"
        + field("DDE", 'AUTO c:\\\\windows "SECRETCOMMAND"')
        + field('DDEAUTO "KEPTPLAIN"', tag="t", shown="")
        + field(" PAGE ", shown="1")
        + '<w:p><w:fldSimple w:instr="INCLUDEPICTURE SECRETFETCH"><w:r><w:t>KEPTSIMPLE</w:t></w:r>'
        '</w:fldSimple><w:r><w:pict><v:shape href="https://x.example/SECRETSHAPE"><v:imagedata '
        'src="https://x.example/SECRETSRC" r:id="rId4" o:title="SECRETTITLE"/></v:shape></w:pict></w:r>'
        '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="SECRETNAME" descr="C:\\Hoa\\SECRETPATH"/>'
        '<pic:blipFill><a:blip r:embed="rId3" r:link="rId4"/></pic:blipFill></wp:inline></w:drawing>'
        '</w:r></w:p><w:sectPr><w:headerReference r:id="rId6"/></w:sectPr>'
    )
    settings = (
        f'<w:settings {SPACES}><w:attachedTemplate r:id="rId1"/><w:rsids><w:rsid w:val="00SECRET"/>'
        f'</w:rsids><w:docVars/><w:defaultTabStop w:val="720"/></w:settings>'
    )
    rows = [
        ("hyperlink", "https://ydan.example/KEPTADDRESS", True),
        ("hyperlink", "file://SECRETSHARE/x", True),
        ("image", "media/Hoa.jpg", False),
        ("image", "https://x.example/SECRETBEACON.png", True),
        ("settings", "settings.xml", False),
        ("header", "header1.xml", False),
        ("comments", "comments.xml", False),
        ("customXml", "../customXml/item1.xml", False),
    ]
    return docx(
        body,
        {
            "word/_rels/document.xml.rels": rels(*rows),
            "word/settings.xml": settings,
            "word/_rels/settings.xml.rels": rels(
                ("attachedTemplate", "https://x.example/SECRETTEMPLATE.dotm", True)
            ),
            "word/header1.xml": f"<w:hdr {SPACES}><w:p><w:r><w:t>KEPTHEADER</w:t></w:r></w:p></w:hdr>",
            "word/comments.xml": f"<w:comments {SPACES}><w:comment>SECRETREMARK</w:comment></w:comments>",
            "customXml/item1.xml": "<SECRETDATA/>",
            "docProps/core.xml": "<SECRETCREATOR/>",
            "docProps/thumbnail.jpeg": corpus.encoded(Image.new("RGB", (9, 9)), "JPEG"),
            "word/media/Hoa.jpg": corpus.with_gps(turned=1),
            "evil.exe": b"MZ SECRETFILE",
        },
    )


def words(data: bytes) -> bytes:
    """All parts and their names, unpacked, one after the other."""
    with zipfile.ZipFile(BytesIO(data)) as made:
        return b"\n".join(name.encode() + b"\n" + made.read(name) for name in made.namelist())
