"""Workbooks made to hurt, and damaged ones, sent as a report: refused with a reason, or read rightly."""

from __future__ import annotations

import re
import socket
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from tests.cast import Cast, SignedIn

from nhipcau.apps.reporting.answering import read_answers
from nhipcau.apps.reporting.models import Obligation, Submission, Workbook
from nhipcau.apps.reporting.tests.hostile_workbooks import (
    FIGURE,
    WORDS,
    cell,
    doctype,
    figures_sheet,
    inside,
    members,
    nested,
    outcome,
    swollen,
    with_parts,
    zipped,
)
from nhipcau.apps.reporting.tests.workbooks import asked, blank, make_report, put, saved, sections
from nhipcau.core.planreader.tests import hostile
from nhipcau.core.tablereader import REASONS

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_once(settings: Any) -> None:
    settings.JOBS_INLINE = True


@pytest.fixture
def report(cast: Cast) -> Obligation:
    return make_report(cast)


@pytest.fixture
def good(report: Obligation, tmp_path: Path) -> bytes:
    """Filled in rightly: a text, and FIGURE in a cell of its own."""
    sheets = blank(report, tmp_path)
    put(sheets, "texts", f"s{sections(report)[0].pk}", text=WORDS)
    put(sheets, "figures", f"f{asked(report, 'nguoi')}", amount=FIGURE)
    return saved(sheets)


Change = Callable[[bytes], bytes]
ARCHIVES: dict[str, tuple[Change, set[str]]] = {
    "01 one cell of 300 MB": (
        lambda body: swollen(
            inside(body, '<row r="900"><c r="A900" t="inlineStr"><is><t>'), b"A" * 2**20, 300
        ),
        {"zip-bomb"},
    ),
    "02 4,000,000 rows": (
        lambda body: swollen(body, b"<row><c><v>1</v></c></row>" * 40_000, 100),
        {"zip-bomb"},
    ),
    "03 60,000 members": (
        lambda body: with_parts(body, **{f"xl/x{n}.xml": b"" for n in range(60_000)}),
        {"zip-bomb"},
    ),
    "04 forged sizes": (hostile.forged_sizes, {"zip-unsafe", "zip-bomb", "damaged"}),
    "05 overlapping members": (hostile.overlapping, {"zip-unsafe"}),
    "07 climbing": (lambda body: with_parts(body, **{"../../etc/x": b"x"}), {"zip-unsafe"}),
    "07 drive": (lambda body: with_parts(body, **{"C:\\x": b"x"}), {"zip-unsafe"}),
    "07 absolute": (lambda body: with_parts(body, **{"/abs": b"x"}), {"zip-unsafe"}),
    "07 NUL": (
        lambda body: hostile.patched(with_parts(body, **{"xl/nul_x": b"x"}), b"xl/nul_x", 6, b"\0"),
        {"zip-unsafe"},
    ),
    "08 symbolic link": (hostile.symlink, {"zip-unsafe"}),
    "09 two of a name": (
        lambda body: hostile.patched(
            with_parts(body, **{"xl/worksheets/sheex1.xml": b"<x/>"}), b"sheex1", 0, b"sheet1"
        ),
        {"zip-unsafe"},
    ),
    "10 encrypted ZIP": (hostile.encrypted, {"encrypted"}),
    "10 encrypted OLE": (lambda _body: hostile.ole("EncryptedPackage"), {"encrypted"}),
    "11 behind 64 KB": (lambda body: bytes(65536) + body, {"type", "polyglot"}),
    "11 behind a GIF": (lambda body: b"GIF89a" + bytes(100) + body, {"type", "polyglot"}),
    "11 behind a PDF": (lambda body: hostile.one_page(hostile.TEXT_STREAM) + body, {"type", "polyglot"}),
    "34 macros, renamed": (lambda body: with_parts(body, **{"xl/vbaProject.bin": b"x"}), {"macros"}),
    "35 macro sheet": (lambda body: with_parts(body, **{"xl/macrosheets/sheet1.xml": b"<x/>"}), {"macros"}),
    "36 ActiveX": (
        lambda body: with_parts(body, **{"xl/activeX/activeX1.bin": b"x"}),
        {"embedded-object"},
    ),
    "36 OLE object": (
        lambda body: with_parts(body, **{"xl/embeddings/oleObject1.bin": b"x"}),
        {"embedded-object"},
    ),
    "37 data connection": (
        lambda body: with_parts(body, **{"xl/connections.xml": b"<x/>"}),
        {"external-link"},
    ),
    "37 link to a workbook": (
        lambda body: with_parts(body, **{"xl/externalLinks/externalLink1.xml": b"<x/>"}),
        {"external-link"},
    ),
    "39 old Excel": (lambda _body: hostile.ole("Workbook"), {"type"}),
    "39 separated values": (lambda _body: "Mã;Nội dung\r\ns1;x\r\n".encode(), {"type"}),
    "40 web page": (lambda _body: b"<html><table><tr><td><script>x</script></td></tr></table>", {"type"}),
    "empty": (lambda _body: b"", {"empty"}),
}


@pytest.mark.parametrize("name", ARCHIVES)
def test_an_archive_made_to_hurt_is_refused_with_its_reason(
    cast: Cast, report: Obligation, good: bytes, name: str
) -> None:
    change, codes = ARCHIVES[name]
    assert outcome(report, cast, change(good)) in codes


def test_an_archive_in_the_archive_is_not_opened(cast: Cast, report: Obligation, good: bytes) -> None:
    body = with_parts(good, **{"xl/embeddings/Workbook1.xlsx": good, "xl/media/image1.png": good})
    assert outcome(report, cast, body) in {"taken", "zip-unsafe", "embedded-object"}


XML: dict[str, tuple[Change, set[str]]] = {
    "14 billion laughs": (lambda body: doctype(body, hostile.LAUGHS), {"dtd"}),
    "15 quadratic": (lambda body: doctype(body, f'<!DOCTYPE d [<!ENTITY x "{"A" * 100_000}">]>'), {"dtd"}),
    "16 file": (
        lambda body: doctype(body, '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
        {"dtd"},
    ),
    "18 external DTD": (lambda body: doctype(body, '<!DOCTYPE d SYSTEM "http://127.0.0.1:9/x">'), {"dtd"}),
    "19 in UTF-16": (lambda body: doctype(body, hostile.LAUGHS, "utf-16"), {"dtd"}),
    "20 deep": (lambda body: inside(body, nested(1_000_000)), {"damaged", "too-heavy", "zip-bomb"}),
    "21 attributes": (
        lambda body: inside(body, "<row " + " ".join(f'a{n}="1"' for n in range(200_000)) + "></row>"),
        {"taken", "damaged", "too-heavy", "zip-bomb"},
    ),
    "22 XInclude": (
        lambda body: inside(
            body, '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>'
        ),
        {"taken", "damaged"},
    ),
}


@pytest.mark.parametrize("name", XML)
def test_xml_made_to_hurt_does_not(cast: Cast, report: Obligation, good: bytes, name: str) -> None:
    change, codes = XML[name]
    assert outcome(report, cast, change(good)) in codes


def test_nothing_is_fetched(cast: Cast, report: Obligation, good: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as canary:
        canary.settimeout(0.2)
        address = f"http://127.0.0.1:{canary.getsockname()[1]}/"
        entity = f'<!DOCTYPE d [<!ENTITY x SYSTEM "{address}">]>'
        assert outcome(report, cast, doctype(good, entity)) == "dtd"
        relation = (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r1" Type="x/image" Target="{address}" TargetMode="External"/></Relationships>'
        )
        name = figures_sheet(good).replace("worksheets/", "worksheets/_rels/") + ".rels"
        outcome(report, cast, with_parts(good, **{name: relation.encode()}))
        with pytest.raises(TimeoutError):
            canary.accept()


# The cell in the figure's place → the figure that is taken from it; None: it comes back marked, "" nothing.
CELLS: dict[str, tuple[str, Decimal | str | None]] = {
    "26 no such text": ('@ t="s"><v>999999999</v></c>', ""),
    "27 a million digits": (f"@><v>{'9' * 1_000_000}</v></c>", None),
    "28 a day, year 9999999": ('@ t="d"><v>9999999-01-01</v></c>', None),
    "28 a day that never was": ('@ t="d"><v>1900-02-29</v></c>', None),
    "28 a day": ('@ t="d"><v>2027-06-05</v></c>', None),
    "29 NaN": ("@><v>NaN</v></c>", None),
    "29 infinite": ("@><v>1e999</v></c>", None),
    "29 minus infinite": ("@><v>-1e999</v></c>", None),
    "33 formula with its last value": ("@><f>HYPERLINK(1)</f><v>12</v></c>", Decimal(12)),
    "33 formula with text": ('@ t="str"><f>WEBSERVICE("http://127.0.0.1:9")</f><v>mười</v></c>', None),
    "33 formula never worked out": ("@><f>cmd|'/c calc'!A0</f></c>", ""),
    # The reader gives errors as blank cells: no answer.
    "an error": ('@ t="e"><v>#REF!</v></c>', ""),
    "true": ('@ t="b"><v>1</v></c>', None),
    "38 full-width digits": ('@ t="inlineStr"><is><t>\uff11\uff12</t></is></c>', Decimal(12)),
    "38 Arabic digits": ('@ t="inlineStr"><is><t>\u0661\u0662</t></is></c>', Decimal(12)),
    "38 a figure turned round": ('@ t="inlineStr"><is><t>\u202e21\u202c</t></is></c>', Decimal(21)),
    "38 zero-width": ('@ t="inlineStr"><is><t>1\u200b2</t></is></c>', Decimal(12)),
    # The checks stop it where it is sent.
    "negative": ("@><v>-5</v></c>", Decimal(-5)),
    "too large for the database": ("@><v>1e17</v></c>", None),
}


@pytest.mark.parametrize("name", CELLS)
def test_a_strange_cell_is_read_rightly_or_comes_back(
    cast: Cast, report: Obligation, good: bytes, name: str
) -> None:
    new, expected = CELLS[name]
    found = outcome(report, cast, cell(good, new))
    place = f"f{asked(report, 'nguoi')}"
    if isinstance(expected, Decimal):
        assert found == "taken"
        assert read_answers(Submission.objects.get()).amounts() == {place: expected}
    elif found == "taken":
        assert expected == ""
        assert read_answers(Submission.objects.get()).amounts() == {}
    else:
        assert found in {"read", "damaged", "too-heavy", "zip-bomb"}
        assert not Submission.objects.exists()


def test_a_false_dimension_merged_cells_and_many_names_cost_nothing(
    cast: Cast, report: Obligation, good: bytes
) -> None:
    name, parts = figures_sheet(good), members(good)
    merged = b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    sheet = re.sub(rb"<dimension[^>]*/>", b'<dimension ref="A1:XFD1048576"/>', parts[name])
    parts[name] = sheet.replace(b"</sheetData>", b"</sheetData>" + merged)
    names = "".join(f'<definedName name="n{n}">1</definedName>' for n in range(100_000))
    book = parts["xl/workbook.xml"].replace(
        b"<calcPr", f"<definedNames>{names}</definedNames><calcPr".encode()
    )
    parts["xl/workbook.xml"] = book
    assert outcome(report, cast, zipped(parts)) in {"taken", "too-heavy"}


def test_a_cell_at_the_far_end_is_told(cast: Cast, report: Obligation, good: bytes) -> None:
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert outcome(report, cast, inside(good, far)) in {"too-many-columns", "too-heavy"}


def test_a_hundred_thousand_styles_cost_nothing(cast: Cast, report: Obligation, good: bytes) -> None:
    styles = members(good)["xl/styles.xml"]
    more = b'<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' * 100_000
    body = with_parts(good, **{"xl/styles.xml": styles.replace(b"</cellXfs>", more + b"</cellXfs>")})
    assert outcome(report, cast, body) in {"taken", "too-heavy", "zip-bomb"}


def test_a_hidden_sheet_is_not_read(cast: Cast, report: Obligation, good: bytes) -> None:
    """What its sender did not see she did not report."""
    book = members(good)["xl/workbook.xml"].decode()
    book = re.sub(r'(<sheet name="Số liệu")', r'\1 state="veryHidden"', book)
    assert outcome(report, cast, with_parts(good, **{"xl/workbook.xml": book.encode()})) == "taken"
    answers = read_answers(Submission.objects.get())
    assert answers.amounts() == {}
    assert [each.text for each in answers.texts if each.text] == [WORDS]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (unicodedata.normalize("NFD", "Đã gặp kiều bào"), "Đã gặp kiều bào"),
        ("Së Ngo¹i vô tØnh MÉu", "Sở Ngoại vụ tỉnh Mẫu"),
        ("Đã\u200b gặp\ufeff \u202ekiều\u202c bào", "Đã gặp kiều bào"),
        ("=cmd|'/c calc'!A0", "=cmd|'/c calc'!A0"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ],
)
def test_words_are_kept_as_plain_letters(
    cast: Cast, report: Obligation, tmp_path: Path, typed: str, expected: str
) -> None:
    sheets = blank(report, tmp_path)
    put(sheets, "texts", f"s{sections(report)[0].pk}", text=typed)
    assert outcome(report, cast, saved(sheets)) == "taken"
    (text,) = [each.text for each in read_answers(Submission.objects.get()).texts if each.text]
    assert text == expected


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("..\\..\\a.xlsx", "a.xlsx"),
        ("a.xlsx\0.exe", "a.xlsx.exe"),
        ("a\r\nSet-Cookie: x.xlsx", "aSet-Cookie_ x.xlsx"),
        ("=cmd.xlsx", "=cmd.xlsx"),
    ],
)
def test_a_files_name_does_no_harm(
    cast: Cast, report: Obligation, good: bytes, name: str, shown: str
) -> None:
    assert outcome(report, cast, good, name) == "taken"
    assert Workbook.objects.get().name == shown


def test_a_very_long_name_is_cut(cast: Cast, report: Obligation, good: bytes) -> None:
    assert outcome(report, cast, good, "a" * 5000 + ".xlsx") == "taken"
    name = Workbook.objects.get().name
    assert len(name) <= 255
    assert name.endswith(".xlsx")


def test_the_same_file_twice_makes_one_draft(cast: Cast, report: Obligation, good: bytes) -> None:
    assert [outcome(report, cast, good) for _time in range(2)] == ["taken", "taken"]
    assert Submission.objects.count() == 1
    assert read_answers(Submission.objects.get()).amounts() == {f"f{asked(report, 'nguoi')}": Decimal(FIGURE)}


def test_the_scanner_has_its_word(cast: Cast, report: Obligation, good: bytes, settings: Any) -> None:
    settings.SCANNER = ["/bin/false"]
    assert outcome(report, cast, good) == "virus"
    settings.SCANNER = ["/no/such/scanner"]
    assert outcome(report, cast, good) == "scanner-down"


def test_cut_anywhere_it_is_refused_or_read(cast: Cast, report: Obligation, good: bytes) -> None:
    for tenth in range(1, 10):
        assert outcome(report, cast, good[: len(good) * tenth // 10]) not in {"taken", "read"}


@pytest.mark.usefixtures("at_once")
@hypothesis_settings(
    max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
@given(place=st.floats(0, 0.999), bit=st.integers(0, 7))
def test_with_one_bit_turned_it_says_the_same_or_why_not(
    cast: Cast, report: Obligation, good: bytes, place: float, bit: int
) -> None:
    at = int(place * len(good))
    body = good[:at] + bytes([good[at] ^ 1 << bit]) + good[at + 1 :]
    Workbook.objects.all().delete()
    Submission.objects.all().delete()
    if outcome(report, cast, body) == "taken":
        found = read_answers(Submission.objects.get())
        assert found.amounts() in ({f"f{asked(report, 'nguoi')}": Decimal(FIGURE)}, {})


def test_the_page_says_why_and_what_to_do(
    cast: Cast, signed_in: SignedIn, report: Obligation, good: bytes
) -> None:
    client = signed_in("officer")
    address = reverse("reporting:workbook", args=[report.pk])
    for name in ("14 billion laughs", "34 macros, renamed", "empty"):
        change, (code,) = (XML | ARCHIVES)[name]
        file = SimpleUploadedFile("bao-cao.xlsx", change(good), content_type="text/html")
        answer = client.post(address, {"file": file})
        assert answer.status_code == 422
        assert REASONS[code].vi[:30] in answer.content.decode()
    assert not Workbook.objects.exists()
    many = {f"f{n}": "x" for n in range(10_000)}
    assert client.post(address, many).status_code == 400
