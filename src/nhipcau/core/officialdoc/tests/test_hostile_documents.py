"""Files made to hurt end in a refusal with a reason, or are checked, within seconds."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from nhipcau.core.officialdoc import check_docx, write_docx
from nhipcau.core.officialdoc.child import check_in_child
from nhipcau.core.officialdoc.tests.samples import document
from nhipcau.core.officialdoc.tests.spoiled import SPOILED
from nhipcau.core.planreader.refusal import REASONS, Refusal
from nhipcau.core.planreader.tests import hostile


def outcome(path: Path) -> str:
    """The code of the refusal; empty for a file that was checked."""
    began = time.monotonic()
    try:
        check_in_child(path)
    except Refusal as refusal:
        assert refusal.code in REASONS
        return refusal.code
    finally:
        assert time.monotonic() - began < 40
    return ""


def test_the_child_finds_what_the_checker_finds(tmp_path: Path) -> None:
    made = SPOILED["a signer with a title"][3](write_docx(document("BC")))
    path = tmp_path / "wrong.docx"
    path.write_bytes(made)
    assert check_in_child(path) == check_docx(made)


@pytest.mark.parametrize(
    ("made", "codes"),
    [
        (hostile.with_dtd('<!DOCTYPE x [<!ENTITY x "y">]>'), {"dtd"}),
        (hostile.macros(), {"macros"}),
        (hostile.encrypted(), {"encrypted"}),
        (hostile.forged_sizes(), {"zip-unsafe", "zip-bomb", "damaged"}),
        (hostile.overlapping(), {"zip-unsafe", "zip-bomb", "damaged"}),
        (hostile.remote_template("http://127.0.0.1:9/x.dotm"), {"external-link"}),
        (b"PK\x03\x04" + b"\0" * 100, {"damaged", "type"}),
        (b"", {"empty"}),
        (b"%PDF-1.7", {"type", "damaged"}),
    ],
)
def test_a_file_made_to_hurt_is_refused(made: bytes, codes: set[str], tmp_path: Path) -> None:
    path = tmp_path / "bad.docx"
    path.write_bytes(made)
    assert outcome(path) in codes


def package(content: bytes) -> bytes:
    """A DOCX with these blocks in its body."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    head = f'<w:document xmlns:w="{space}"><w:body>'.encode()
    return hostile.with_document(head + content + b"</w:body></w:document>")


def nested(tag: str, times: int) -> bytes:
    return package(f"<w:{tag}>".encode() * times + b"<w:p/>" + f"</w:{tag}>".encode() * times)


@pytest.mark.parametrize("times", [30, 200])
def test_deep_nesting_is_read_or_refused(times: int, tmp_path: Path) -> None:
    path = tmp_path / "deep.docx"
    path.write_bytes(nested("sdt", times))
    assert outcome(path) in {"", "damaged"}
    tables = b"<w:tbl><w:tr><w:tc>" * times + b"<w:p/>" + b"</w:tc></w:tr></w:tbl>" * times
    path.write_bytes(package(tables))
    assert outcome(path) in {"", "damaged"}


def test_very_many_paragraphs_are_checked_or_refused_in_time(tmp_path: Path) -> None:
    path = tmp_path / "long.docx"
    row = "<w:p><w:r><w:t>Căn cứ Luật, Số: 1/2, Phụ lục I, Nơi nhận: ngày tháng năm</w:t></w:r></w:p>"
    path.write_bytes(package(row.encode() * 30_000))
    assert outcome(path) in {"", "too-heavy"}
    path.write_bytes(package(row.encode() * 101_000))
    assert outcome(path) in {"too-long", "too-heavy"}
