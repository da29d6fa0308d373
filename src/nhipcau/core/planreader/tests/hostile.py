"""Hostile and broken files, built in memory from the project's catalogue of bad uploads; never stored."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator

from nhipcau.core.planreader.formats.tests.office_files import (
    CONTENT_TYPES,
    NAMESPACES,
    R_NS,
    docx,
    paragraph,
    relations,
    zipped,
)

PLAIN = docx(paragraph("KẾ HOẠCH") + paragraph("1. Sở Ngoại vụ chủ trì thực hiện."))
_MAIN = f"<w:document {NAMESPACES}><w:body>%s</w:body></w:document>"


def with_document(content: bytes) -> bytes:
    """A DOCX whose main part is `content`."""
    return zipped(
        {
            "[Content_Types].xml": CONTENT_TYPES,
            "_rels/.rels": relations({"rId1": ("officeDocument", "word/document.xml")}),
            "word/document.xml": content,
        }
    )


def with_dtd(dtd: str, use: str = "&x;", encoding: str = "utf-8") -> bytes:
    """A DOCX whose main part begins with a document type."""
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?>{dtd}'
        + _MAIN % f"<w:p><w:r><w:t>{use}</w:t></w:r></w:p>"
    )
    return with_document(text.encode(encoding))


def deflated(piece: bytes, times: int) -> bytes:
    """A zlib stream of `piece` again and again."""
    packer = zlib.compressobj(9)
    return b"".join([*(packer.compress(piece) for _ in range(times)), packer.flush()])


def packed_docx(pieces: Iterator[bytes]) -> bytes:
    """A DOCX with a main part written piece by piece."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", CONTENT_TYPES)
        package.writestr("_rels/.rels", relations({"rId1": ("officeDocument", "word/document.xml")}))
        with package.open("word/document.xml", "w", force_zip64=False) as part:
            for piece in pieces:
                part.write(piece)
    return memory.getvalue()


def swollen(unit: bytes, times: int, before: bytes = b"", after: bytes = b"") -> bytes:
    """A DOCX whose body repeats `unit`."""
    head, tail = (_MAIN % "\0").encode().split(b"\0")
    block = unit * (1 + 2**20 // len(unit))
    whole, rest = divmod(times * len(unit), len(block))
    return packed_docx(iter([head + before, *[block] * whole, block[:rest], after + tail]))


def patched(data: bytes, find: bytes, at: int, new: bytes) -> bytes:
    """`data` with `new` written `at` bytes after each place of `find`."""
    out = bytearray(data)
    place = out.find(find)
    while place >= 0:
        out[place + at : place + at + len(new)] = new
        place = out.find(find, place + 4)
    return bytes(out)


def forged_sizes(body: bytes = PLAIN) -> bytes:
    """Local and central headers promise 10 bytes for every part."""
    small = struct.pack("<L", 10)
    return patched(patched(body, b"PK\x03\x04", 22, small), b"PK\x01\x02", 24, small)


def overlapping(body: bytes = PLAIN) -> bytes:
    """Many central entries for one local part."""
    end = body.rfind(b"PK\x05\x06")
    count, size, start = struct.unpack_from("<HLL", body, end + 10)
    directory = body[start : start + size]
    first = directory[: 46 + struct.unpack_from("<H", directory, 28)[0]]
    name = 46
    extra = b"".join(first[:name] + b"x%03d" % i + first[name + 4 :] for i in range(200))
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count + 200, count + 200, size + len(extra), start, 0)
    return body[:start] + directory + extra + tail


def renamed(name: str) -> bytes:
    """A further part with a bad name."""
    return docx(paragraph("x"), {name: "x"})


def symlink(body: bytes = PLAIN) -> bytes:
    """A part that is a symbolic link."""
    memory = io.BytesIO(body)
    with zipfile.ZipFile(memory, "a") as package:
        entry = zipfile.ZipInfo("word/link.xml")
        entry.create_system, entry.external_attr = 3, 0o120777 << 16
        package.writestr(entry, "/etc/passwd")
    return memory.getvalue()


def duplicate() -> bytes:
    """Two main parts; readers disagree on which one counts."""
    return patched(
        docx(paragraph("x"), {"word/documenu.xml": "<x/>"}), b"word/documenu.xml", 0, b"word/document.xml"
    )


def encrypted(body: bytes = PLAIN) -> bytes:
    """The flag of encryption on every part."""
    return patched(patched(body, b"PK\x03\x04", 6, b"\x01\x00"), b"PK\x01\x02", 8, b"\x01\x00")


def ole(stream: str) -> bytes:
    """A compound file that has a stream of this name."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le") + bytes(1024)


def external(kind: str, target: str) -> bytes:
    """A DOCX with a relation to something outside."""
    row = f'<Relationship Id="rX" Type="{R_NS}/{kind}" Target="{target}" TargetMode="External"/>'
    return docx(paragraph("Nội dung"), external=row)


def remote_template(target: str) -> bytes:
    """A DOCX whose settings name a template."""
    row = f'<Relationship Id="rX" Type="{R_NS}/attachedTemplate" Target="{target}" TargetMode="External"/>'
    parts = {"word/settings.xml": "<x/>", "word/_rels/settings.xml.rels": relations({}, row)}
    return docx(paragraph("Nội dung"), parts)


def macros() -> bytes:
    """A .docm renamed to .docx."""
    types = CONTENT_TYPES.replace("wordprocessingml.document.main", "document.macroEnabled.main")
    return zipped({**dict(_members()), "[Content_Types].xml": types, "word/vbaProject.bin": b"x"})


def _members() -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as package:
        for name in package.namelist():
            yield name, package.read(name)


def pdf(objects: list[bytes], root: int = 1) -> bytes:
    """A PDF of numbered objects."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, root, start)
    return bytes(out)


def stream(data: bytes, more: bytes = b"") -> bytes:
    """A stream object's body."""
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(data), more, data)


def one_page(content: bytes, catalog: bytes = b"", page: bytes = b"") -> bytes:
    """A PDF of one page with this content stream object."""
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R%s"
            b"/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>" % page,
            content,
        ]
    )


TEXT_STREAM = stream(b"BT /F1 12 Tf 72 700 Td (Ke hoach) Tj ET")


def page_loop() -> bytes:
    """A page tree that leads back to itself."""
    return pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2/Parent 2 0 R>>"])


def many_pages(count: int = 200_000) -> bytes:
    """One page object listed again and again."""
    kids = b"3 0 R " * count
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count),
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        ]
    )


def png(width: int, height: int) -> bytes:
    """A grey PNG that promises a size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))

    head = struct.pack(">2L5B", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes(99)))
        + chunk(b"IEND", b"")
    )


LAUGHS = "<!DOCTYPE d [" + '<!ENTITY a0 "ha">' + "".join(
    f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10)
) + "]>"  # fmt: skip

MANY_ATTRIBUTES = "<w:p " + " ".join(f'a{i}="1"' for i in range(200_000)) + "><w:r><w:t>x</w:t></w:r></w:p>"
INCLUSION = (
    "<w:p><w:r><w:t>Nội dung</w:t></w:r></w:p>"
    '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>'
)

REFUSED: dict[str, Callable[[], bytes]] = {
    "01 one part of 300 MB": lambda: swollen(b"A", 300 * 2**20, b"<w:p><w:r><w:t>", b"</w:t></w:r></w:p>"),
    "03 60,000 members": lambda: zipped({**dict(_members()), **{f"x/{i}": b"" for i in range(60_000)}}),
    "04 forged sizes": forged_sizes,
    "05 overlapping members": overlapping,
    "06 nested archive": lambda: docx(paragraph("x"), {"word/media/image1.xml": PLAIN}),
    "07 climbing name": lambda: renamed("../../etc/x"),
    "07 drive name": lambda: renamed("C:\\x"),
    "07 absolute name": lambda: renamed("/abs"),
    "07 NUL in a name": lambda: patched(renamed("word/nul_x"), b"word/nul_x", 8, b"\0"),
    "08 symbolic link": symlink,
    "09 duplicate member": duplicate,
    "10 encrypted ZIP": encrypted,
    "10 encrypted OLE": lambda: ole("EncryptedPackage"),
    "11 ZIP behind 64 KB": lambda: bytes(65536) + PLAIN,
    "11 GIF and ZIP": lambda: b"GIF89a" + bytes(100) + PLAIN,
    "11 PDF and ZIP": lambda: one_page(TEXT_STREAM) + PLAIN,
    "11 text and ZIP": lambda: b"Ke hoach\n" * 20_000 + PLAIN,
    "14 billion laughs": lambda: with_dtd(LAUGHS, "&a9;"),
    "15 quadratic blow-up": lambda: with_dtd(f'<!DOCTYPE d [<!ENTITY x "{"A" * 100_000}">]>', "&x;" * 20_000),
    "16 external entity, file": lambda: with_dtd('<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
    "18 external DTD": lambda: with_dtd('<!DOCTYPE d SYSTEM "http://127.0.0.1:9/x.dtd">', "x"),
    "19 DTD in UTF-16": lambda: with_dtd(LAUGHS, "&a9;", "utf-16"),
    "20 1,000,000 deep": lambda: swollen(b"<w:x>", 1_000_000, b"", b"</w:x>" * 1_000_000),
    "23 image from a share": lambda: external("image", "\\\\host\\share\\a.png"),
    "23 object from a file": lambda: external("oleObject", "file:///etc/passwd"),
    "24 remote template": lambda: remote_template("http://127.0.0.1:9/t.dotm"),
    "24 template on a share": lambda: remote_template("\\\\host\\t.dotm"),
    "34 macros, renamed": macros,
    "36 ActiveX": lambda: docx(paragraph("x"), {"word/activeX/activeX1.bin": b"x"}),
    "36 OLE object": lambda: docx(paragraph("x"), {"word/embeddings/oleObject1.bin": b"x"}),
    "42 double Flate of 1 GB": lambda: one_page(
        stream(deflated(deflated(bytes(2**20), 1024), 1), b"/Filter[/FlateDecode/FlateDecode]")
    ),
    "43 page tree loop": page_loop,
    "44 200,000 pages": many_pages,
    "45 page of 999,999 points": lambda: one_page(TEXT_STREAM).replace(
        b"[0 0 595 842]", b"[0 0 999999 999999]"
    ),
    "46 JavaScript": lambda: one_page(TEXT_STREAM, b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>"),
    "46 JavaScript, escaped": lambda: one_page(TEXT_STREAM, b"/OpenAction<</S/J#61vaScript/JS(x)>>"),
    "46 Launch": lambda: one_page(TEXT_STREAM, b"/OpenAction<</S/Launch/F(cmd.exe)>>"),
    "46 XFA": lambda: one_page(TEXT_STREAM, b"/AcroForm<</XFA 4 0 R/Fields[]>>"),
    "48 5,000,000 empty paragraphs": lambda: swollen(b"<w:p/>", 5_000_000),
    "empty file": lambda: b"",
    "picture of 60,000 x 60,000": lambda: png(60_000, 60_000),
    "picture cut short": lambda: png(800, 600)[:60],
    "program": lambda: b"MZ" + bytes(2000),
    "web page": lambda: b"<!DOCTYPE html><html><script>alert(1)</script></html>",
    "random bytes": lambda: bytes(range(256)) * 40,
    "compound file of nothing": lambda: ole("Nothing"),
    "spreadsheet": lambda: ole("Workbook"),
}

READ: dict[str, Callable[[], bytes]] = {
    "21 200,000 attributes": lambda: with_document((_MAIN % MANY_ATTRIBUTES).encode()),
    "22 XInclude": lambda: with_document((_MAIN % INCLUSION).encode()),
    "23 hyperlink": lambda: external("hyperlink", "http://127.0.0.1:9/"),
    "24 template on somebody's disk": lambda: remote_template("file:///C:\\Users\\a\\Mau.dotx"),
    "47 200,000 deep array": lambda: one_page(TEXT_STREAM, b"/X " + b"[" * 200_000 + b"]" * 200_000),
    "46 attachment": lambda: one_page(
        TEXT_STREAM, b"/Names<</EmbeddedFiles<</Names[(a)<</Type/Filespec/F(a.exe)>>]>>>>"
    ),
    "controls and bidi in text": lambda: "Kế hoạch\u202e\0\x07 x\ud800\n".encode("utf-8", "surrogatepass"),
}
"""These may be read or refused; they must do no harm."""

BIG: dict[str, Callable[[], bytes]] = {
    "41 Flate of 450 MB": lambda: one_page(stream(deflated(b"q " * 2**19, 450), b"/Filter/FlateDecode")),
}
