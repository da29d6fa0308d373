"""The gate as the web application uses it: order, types, sizes, names, scanner, memory."""

from __future__ import annotations

import hashlib
import resource
from pathlib import Path

import pytest

from nhipcau.core.filegate import DOCUMENTS, Gate, Rejected, admit, safe_name
from nhipcau.core.filegate.rejection import GATE_REASONS
from nhipcau.core.planreader.formats.tests.office_files import docx, odt, paragraph
from nhipcau.core.planreader.tests import hostile

GOOD = {
    "docx": docx(paragraph("Kế hoạch")),
    "odt": odt("<text:p>Kế hoạch</text:p>"),
    "pdf": hostile.one_page(hostile.TEXT_STREAM),
    "txt": "Kế hoạch số 1\n".encode(),
    "doc": hostile.ole("WordDocument"),
    "rtf": rb"{\rtf1 x}",
    "png": hostile.png(20, 20),
    "jpg": b"\xff\xd8\xff\xe0" + bytes(64),
    "tiff": b"II*\x00" + bytes(64),
}


def put(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "upload"
    path.write_bytes(data)
    return path


def reason(tmp_path: Path, data: bytes, gate: Gate | None = None) -> str:
    with pytest.raises(Rejected) as caught:
        admit(put(tmp_path, data), gate=gate)
    assert caught.value.message("vi") != caught.value.message("en")
    return caught.value.code


@pytest.mark.parametrize("kind", GOOD)
def test_a_good_file_passes_with_its_type_size_and_digest(kind: str, tmp_path: Path) -> None:
    admitted = admit(put(tmp_path, GOOD[kind]), "Kế hoạch.bin")
    assert (admitted.kind, admitted.size) == (kind, len(GOOD[kind]))
    assert admitted.sha256 == hashlib.sha256(GOOD[kind]).hexdigest()
    assert admitted.name == "Kế hoạch.bin"


def test_every_document_type_is_tried_above() -> None:
    assert set(GOOD) == set(DOCUMENTS)


def test_the_size_is_looked_at_first(tmp_path: Path) -> None:
    assert reason(tmp_path, b"MZ" + bytes(2**20), Gate(most=2**20)) == "too-large"


def test_a_type_that_is_not_allowed_is_named_with_those_that_are(tmp_path: Path) -> None:
    assert reason(tmp_path, GOOD["pdf"], Gate(allowed=("docx",))) == "type"


def test_an_empty_file_is_said_to_be_empty(tmp_path: Path) -> None:
    assert reason(tmp_path, b"") == "empty"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("01 one part of 300 MB", "zip-bomb"),
        ("03 60,000 members", "zip-bomb"),
        ("05 overlapping members", "zip-unsafe"),
        ("07 climbing name", "zip-unsafe"),
        ("08 symbolic link", "zip-unsafe"),
        ("09 duplicate member", "zip-unsafe"),
        ("10 encrypted ZIP", "encrypted"),
        ("10 encrypted OLE", "encrypted"),
        ("11 PDF and ZIP", "polyglot"),
        ("14 billion laughs", "dtd"),
        ("19 DTD in UTF-16", "dtd"),
        ("24 remote template", "external-link"),
        ("34 macros, renamed", "macros"),
        ("36 OLE object", "embedded-object"),
        ("46 JavaScript, escaped", "active-content"),
        ("48 5,000,000 empty paragraphs", "zip-bomb"),
    ],
)
def test_the_reason_fits_the_file(name: str, code: str, tmp_path: Path) -> None:
    path = put(tmp_path, hostile.REFUSED[name]())
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(Rejected) as caught:
        admit(path)
    assert caught.value.code == code
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50 * 1024


def test_javascript_inside_an_object_stream_is_found(tmp_path: Path) -> None:
    packed = hostile.deflated(b"<</S/JavaScript/JS(app.alert(1))>>", 1)
    data = hostile.one_page(hostile.stream(packed, b"/Type/ObjStm/N 1/First 0/Filter/FlateDecode"))
    assert reason(tmp_path, data) == "active-content"


def test_a_large_pdf_is_searched_in_pieces(tmp_path: Path) -> None:
    path = put(tmp_path, b"")
    with path.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        for _ in range(45):
            file.write(b"x" * 2**20)
        file.write(b"%%EOF")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert admit(path).kind == "pdf"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20 * 1024


def test_a_clean_file_passes_the_scanner(tmp_path: Path) -> None:
    assert admit(put(tmp_path, GOOD["txt"]), gate=Gate(scanner=lambda _: True)).kind == "txt"


def test_a_file_that_the_scanner_condemns_is_refused(tmp_path: Path) -> None:
    assert reason(tmp_path, GOOD["txt"], Gate(scanner=lambda _: False)) == "virus"


def test_a_scanner_that_does_not_answer_lets_nothing_through(tmp_path: Path) -> None:
    def down(_: Path) -> bool:
        raise ConnectionRefusedError

    assert reason(tmp_path, GOOD["txt"], Gate(scanner=down)) == "scanner-down"


def test_the_scanner_is_not_asked_about_what_the_gate_refuses(tmp_path: Path) -> None:
    asked: list[Path] = []

    def note(path: Path) -> bool:
        asked.append(path)
        return True

    assert reason(tmp_path, b"MZ" + bytes(100), Gate(scanner=note)) == "type"
    assert asked == []


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("..\\..\\a.xlsx", "a.xlsx"),
        ("../../etc/passwd", "passwd"),
        ("a.xlsx\0.exe", "a.xlsx.exe"),
        ("kế hoạch\r\nSet-Cookie: x.docx", "kế hoạchSet-Cookie_ x.docx"),
        ("\u202exslx.exe", "xslx.exe"),
        ("", "tep"),
        (None, "tep"),
        ("...", "tep"),
        ("\udcff.docx", "_.docx"),
        ("ke\u0302\u0301 hoa\u0323ch.docx", "kế hoạch.docx"),
    ],
)
def test_a_name_is_made_safe_to_show(given: str | None, shown: str) -> None:
    assert safe_name(given) == shown


def test_a_long_name_keeps_its_ending() -> None:
    name = safe_name("a" * 5000 + ".docx")
    assert len(name) == 150
    assert name.endswith("a.docx")


def test_every_reason_is_one_line_in_both_languages() -> None:
    for code, message in GATE_REASONS.items():
        said = Rejected(code, limit=1, allowed=".docx", what="x")
        assert "\n" not in said.message("vi") + said.message("en")
        assert "{" not in said.message("vi") + said.message("en")
        assert message.vi != message.en
