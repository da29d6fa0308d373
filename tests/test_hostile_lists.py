"""Lists of people made to hurt, and damaged ones: refused with a reason, or read rightly; no worker dies."""

from __future__ import annotations

import io
import re
import resource
import socket
import time
import unicodedata
from pathlib import Path

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings
from tests.cast import Cast, SignedIn
from tests.permissions.world_of_registry import begin_registry, make_round

from nhipcau.apps.access.identity import set_identity
from nhipcau.apps.registry.actions import upload_intake
from nhipcau.apps.registry.models import Intake, Round
from nhipcau.apps.reporting.tests import hostile_workbooks as hostile
from nhipcau.apps.reporting.tests.test_hostile_workbooks import ARCHIVES, XML
from nhipcau.core.tablereader import REASONS, Refusal

HEAD = ("Mã số", "Họ và tên", "Năm sinh")
KILOBYTES = 60 * 1024
# What the child has, and more for a machine with other work.
SECONDS = 60


@pytest.fixture
def round(cast: Cast, tmp_path: Path, settings: Settings) -> Round:
    settings.MEDIA_ROOT, settings.JOBS_INLINE = tmp_path / "files", True
    begin_registry()
    made = make_round(cast)
    set_identity(cast.coordinator.pk)
    return made


@pytest.fixture(scope="module")
def good() -> bytes:
    """Two people; the first one's number is hostile_workbooks.FIGURE, in a cell of its own."""
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Danh sách")
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, [hostile.FIGURE, "Nguyễn Thị Hoa", "1970"])
        sheet.write_row(2, 0, ["KB-2", "Trần Văn Ba", "1980"])
        book.add_worksheet("Số liệu").write_row(0, 0, ["Họ và tên", "Năm sinh"])
    return memory.getvalue()


def outcome(cast: Cast, round: Round, body: bytes, name: str = "ds.xlsx") -> str:
    """The code of the refusal, or the state of what was read. Nothing is kept of a refused one."""
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    try:
        found = upload_intake(
            io.BytesIO(body), name, sender=cast.lead_agency, source=round, actor=cast.coordinator
        )
    except Refusal as refusal:
        code, said = refusal.code, refusal.message("vi")
    else:
        why = found.refusal or {"code": str(found.state), "values": {}}
        code = why["code"]
        said = Refusal(code, **why["values"]).message("vi") if code in REASONS else code
    assert time.monotonic() - began < SECONDS
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < KILOBYTES
    assert said
    if code in REASONS:
        assert not Intake.objects.exclude(state=Intake.State.REFUSED).exists()
        assert not any(intake.rows.exists() for intake in Intake.objects.all())
    return code


def read(cast: Cast, round: Round, body: bytes, name: str = "ds.xlsx") -> list[str]:
    """The names that were understood."""
    assert outcome(cast, round, body, name) == "checked"
    return [row.meaning.get("name", "") for row in Intake.objects.get().rows.order_by("number")]


# A list has more room than a report, and may be of separated values.
OTHERWISE = {
    "02 4,000,000 rows": {"zip-bomb", "too-many-rows", "too-heavy"},
    "39 separated values": {"type", "to_map", "checked"},
}


@pytest.mark.parametrize("name", [*ARCHIVES, *XML])
def test_what_is_made_to_hurt_is_refused_with_its_reason(
    cast: Cast, round: Round, good: bytes, name: str
) -> None:
    change, codes = (ARCHIVES | XML)[name]
    allowed = OTHERWISE.get(name, {"checked" if code == "taken" else code for code in codes})
    assert outcome(cast, round, change(good)) in allowed


def test_an_archive_in_the_archive_is_not_opened(cast: Cast, round: Round, good: bytes) -> None:
    body = hostile.with_parts(good, **{"xl/embeddings/Workbook1.xlsx": good, "xl/media/image1.png": good})
    assert outcome(cast, round, body) in {"checked", "zip-unsafe", "embedded-object"}


def test_nothing_is_fetched(cast: Cast, round: Round, good: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as canary:
        canary.settimeout(0.2)
        address = f"http://127.0.0.1:{canary.getsockname()[1]}/"
        entity = f'<!DOCTYPE d [<!ENTITY x SYSTEM "{address}">]>'
        assert outcome(cast, round, hostile.doctype(good, entity)) == "dtd"
        with pytest.raises(TimeoutError):
            canary.accept()


# The cell in the number's place → what the first row's number is read as; None: the file is refused.
CELLS: dict[str, tuple[str, str | None]] = {
    "26 no such text": ('@ t="s"><v>999999999</v></c>', ""),
    "27 a million digits": (f"@><v>{'9' * 1_000_000}</v></c>", None),
    "28 a day, year 9999999": ('@ t="d"><v>9999999-01-01</v></c>', "9999999-01-01"),
    "29 NaN": ("@><v>NaN</v></c>", "#NUM!"),
    "29 infinite": ("@><v>1e999</v></c>", "#NUM!"),
    "33 formula with its last value": ("@><f>HYPERLINK(1)</f><v>12</v></c>", "12"),
    "33 formula never worked out": ("@><f>cmd|'/c calc'!A0</f></c>", ""),
    "38 full-width digits": ('@ t="inlineStr"><is><t>\uff11\uff12</t></is></c>', "12"),
    "38 turned round, zero-width": ('@ t="inlineStr"><is><t>\u202e1\u200b2\u202c</t></is></c>', "12"),
}


def test_strange_cells_are_read_rightly_or_refused(cast: Cast, round: Round, good: bytes) -> None:
    for name, (new, expected) in CELLS.items():
        Intake.objects.all().delete()
        code = outcome(cast, round, hostile.cell(good, new))
        if expected is None or code != "checked":
            assert code in {"damaged", "too-heavy", "zip-bomb", "checked"}, name
            continue
        row = Intake.objects.get().rows.order_by("number")[0]
        assert row.meaning["name"] == "Nguyễn Thị Hoa", name
        assert row.meaning.get("outside_number", "") in {expected, ""}, name


def test_a_false_dimension_merged_cells_many_names_and_styles_cost_nothing(
    cast: Cast, round: Round, good: bytes
) -> None:
    name, parts = hostile.figures_sheet(good), hostile.members(good)
    merged = b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    sheet = re.sub(rb"<dimension[^>]*/>", b'<dimension ref="A1:XFD1048576"/>', parts[name])
    parts[name] = sheet.replace(b"</sheetData>", b"</sheetData>" + merged)
    names = "".join(f'<definedName name="n{n}">1</definedName>' for n in range(100_000))
    book = parts["xl/workbook.xml"]
    parts["xl/workbook.xml"] = book.replace(
        b"<calcPr", f"<definedNames>{names}</definedNames><calcPr".encode()
    )
    more = b'<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' * 100_000
    parts["xl/styles.xml"] = parts["xl/styles.xml"].replace(b"</cellXfs>", more + b"</cellXfs>")
    assert outcome(cast, round, hostile.zipped(parts)) in {"checked", "too-heavy", "zip-bomb"}


def test_a_cell_at_the_far_end_is_told(cast: Cast, round: Round, good: bytes) -> None:
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert outcome(cast, round, hostile.inside(good, far)) in {"too-many-columns", "too-heavy"}


def test_a_hidden_sheet_is_not_read(cast: Cast, round: Round, good: bytes) -> None:
    parts = hostile.members(good)
    book = parts["xl/workbook.xml"].decode()
    parts["xl/workbook.xml"] = re.sub(r'(<sheet name="Số liệu")', r'\1 state="veryHidden"', book).encode()
    assert read(cast, round, hostile.zipped(parts)) == ["Nguyễn Thị Hoa", "Trần Văn Ba"]


def separated(name: str) -> bytes:
    return f"{';'.join(HEAD)}\n1;{name};1970\n".encode("utf-8", "surrogatepass")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (unicodedata.normalize("NFD", "Nguyễn Thị Hòa"), "Nguyễn Thị Hòa"),
        ("Nguyễn\u200b Thị\ufeff \u202eHoa\u202c", "Nguyễn Thị Hoa"),
    ],
)
def test_names_are_kept_as_plain_letters(cast: Cast, round: Round, typed: str, expected: str) -> None:
    assert read(cast, round, separated(typed), "ds.csv") == [expected]


@pytest.mark.parametrize("typed", ["=cmd|'/c calc'!A0", "<script>alert(1)</script>", "\ud800Hoa", "Hoa\x00"])
def test_what_is_no_name_stays_out_of_the_register(cast: Cast, round: Round, typed: str) -> None:
    assert outcome(cast, round, separated(typed), "ds.csv") in {"checked", "to_map", "damaged", "type"}
    for intake in Intake.objects.all():
        assert "<script" not in str([row.meaning for row in intake.rows.all()])


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("..\\..\\a.xlsx", "a.xlsx"),
        ("a.xlsx\0.exe", "a.xlsx.exe"),
        ("a\r\nSet-Cookie: x.xlsx", "aSet-Cookie_ x.xlsx"),
        ("=cmd.xlsx", "=cmd.xlsx"),
    ],
)
def test_a_files_name_does_no_harm(cast: Cast, round: Round, good: bytes, name: str, shown: str) -> None:
    outcome(cast, round, good, name)
    assert Intake.objects.get().name == shown


def test_a_very_long_name_is_cut_and_the_same_bytes_are_one_list(
    cast: Cast, round: Round, good: bytes
) -> None:
    outcomes = {outcome(cast, round, good, "a" * 5000 + ".xlsx") for _time in range(2)}
    assert outcomes == {"checked"}
    name = Intake.objects.get().name
    assert len(name) <= 255
    assert name.endswith(".xlsx")


def test_the_scanner_has_its_word(cast: Cast, round: Round, good: bytes, settings: Settings) -> None:
    settings.SCANNER = ["/bin/false"]
    assert outcome(cast, round, good) == "virus"
    settings.SCANNER = ["/no/such/scanner"]
    assert outcome(cast, round, good) == "scanner-down"


def test_cut_anywhere_it_is_refused(cast: Cast, round: Round, good: bytes) -> None:
    for tenth in range(1, 10):
        assert outcome(cast, round, good[: len(good) * tenth // 10]) in REASONS


def test_with_bits_turned_it_says_the_same_or_why_not(cast: Cast, round: Round, good: bytes) -> None:
    for step in range(8):
        at = (step * 7919 + 131) % len(good)
        body = good[:at] + bytes([good[at] ^ 1 << step]) + good[at + 1 :]
        Intake.objects.all().delete()
        if outcome(cast, round, body) == "checked":
            names = [row.meaning.get("name") for row in Intake.objects.get().rows.order_by("number")]
            assert names == ["Nguyễn Thị Hoa", "Trần Văn Ba"]


def test_the_page_says_why_and_what_to_do(cast: Cast, signed_in: SignedIn, round: Round, good: bytes) -> None:
    client = signed_in("coordinator")
    data = {"source": f"round-{round.pk}", "sender": str(cast.lead_agency.pk)}
    for name in ("14 billion laughs", "34 macros, renamed", "empty"):
        change, (code,) = (XML | ARCHIVES)[name]
        file = SimpleUploadedFile("ds.xlsx", change(good), content_type="text/html")
        answer = client.post("/people-abroad/lists/", {**data, "file": file})
        assert answer.status_code == 422
        assert REASONS[code].vi[:30] in answer.content.decode()
    begin_registry()
    assert not Intake.objects.exists()
    many = {f"f{n}": "x" for n in range(10_000)}
    assert client.post("/people-abroad/lists/", many).status_code == 400
