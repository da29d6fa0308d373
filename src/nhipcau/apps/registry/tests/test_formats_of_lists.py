"""A list comes into the register whole, in whatever format and encoding it was saved."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
import xlsxwriter
from pytest_django import Settings
from tests.cast import Cast
from tests.permissions.world_of_registry import begin_registry, make_round

from nhipcau.apps.access.identity import set_identity
from nhipcau.apps.reference.models import Country
from nhipcau.apps.registry.actions import confirm_intake, create_source, upload_intake
from nhipcau.apps.registry.intakes import reading
from nhipcau.apps.registry.models import Intake, Person, RunningSource, SourceRecord
from nhipcau.core.tablereader import MOST_LISTED
from nhipcau.core.tablereader.reading import read_in_parts
from nhipcau.core.text.tests.damage import tcvn3, vni

ROWS = [
    ["Mã số", "Họ và tên", "Năm sinh", "Giới tính", "Nước định cư", "Diện"],
    ["KB-0001", "Nguyễn Thị Hương", "1970", "Nữ", "Mỹ", "Kết hôn"],
    ["KB-0002", "Trần Văn Thắng", "1982", "Nam", "Mỹ", "Lao động"],
    ["KB-0003", "Đặng Thị Bích Phượng", "1991", "Nữ", "Mỹ", "Học tập"],
    ["KB-0004", "Võ Hữu Nghĩa", "1965", "Nam", "Mỹ", "Việt kiều"],
]
ODS = "application/vnd.oasis.opendocument.spreadsheet"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns"


def xlsx() -> bytes:
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Danh sách")
        for at, row in enumerate(ROWS):
            sheet.write_row(at, 0, row)
    return memory.getvalue()


def ods() -> bytes:
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'
            for cell in row
        )
        + "</table:table-row>"
        for row in ROWS
    )
    names = " ".join(f'xmlns:{each}="{OFFICE}:{each}:1.0"' for each in ("office", "table", "text"))
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names} office:version="1.2">'
        f'<office:body><office:spreadsheet><table:table table:name="Danh sách">{cells}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        f'<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="{OFFICE}:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", ODS, zipfile.ZIP_STORED)
        package.writestr("content.xml", content)
        package.writestr("META-INF/manifest.xml", manifest)
    return memory.getvalue()


def merged_down() -> bytes:
    """One country over two people, one relative over two rows, a blank; the name of one person twice as
    high."""
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Danh sách")
        head = ["Mã số", "Họ và tên", "Năm sinh", "Nước định cư", "Họ tên thân nhân", "Ghi chú"]
        sheet.write_row(0, 0, head)
        for at, row in enumerate(ROWS[1:], start=1):
            sheet.write_row(at, 0, row[:3])
        sheet.merge_range(1, 3, 2, 3, "Mỹ")
        sheet.merge_range(2, 4, 3, 4, "Trần Văn Sáu")
        sheet.merge_range(4, 1, 5, 1, "Võ Hữu Nghĩa")
        sheet.merge_range(4, 3, 5, 3, "Mỹ")
        sheet.write(5, 5, "hai lần xuất cảnh")
    return memory.getvalue()


def text(delimiter: str = ";") -> str:
    memory = io.StringIO(newline="")
    csv.writer(memory, delimiter=delimiter).writerows(ROWS)
    return memory.getvalue()


MADE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "Excel": ("ds.xlsx", xlsx),
    "OpenDocument": ("ds.ods", ods),
    "UTF-8, semicolons": ("ds.csv", lambda: text().encode()),
    "UTF-8 with its mark, commas": ("ds.csv", lambda: text(",").encode("utf-8-sig")),
    "UTF-16, as Excel's text": ("ds.txt", lambda: text("\t").encode("utf-16")),
    "TCVN3": ("ds.csv", lambda: tcvn3(text()).encode("latin-1")),
    "VNI": ("ds.csv", lambda: vni(text()).encode("cp1252")),
}


@pytest.fixture
def _world(cast: Cast, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "read_list", lambda path: read_in_parts(path, MOST_LISTED))
    settings.MEDIA_ROOT, settings.JOBS_INLINE = tmp_path / "files", True
    begin_registry()
    Country.objects.create(
        code="US", name="Hoa Kỳ", name_en="United States", aliases="Mỹ", valid=(None, None), source="ISO"
    )
    make_round(cast)
    set_identity(cast.coordinator.pk)


def bring_in(cast: Cast, name: str, body: bytes, source: RunningSource) -> Intake:
    sent = upload_intake(
        io.BytesIO(body), name, sender=cast.lead_agency, source=source, actor=cast.coordinator
    )
    assert sent.state == Intake.State.CHECKED, (sent.state, sent.refusal, sent.sheets)
    return confirm_intake(sent, revision=sent.revision, actor=cast.coordinator)


@pytest.mark.usefixtures("_world")
@pytest.mark.parametrize("made", MADE)
def test_a_list_enters_the_register_in_any_format(cast: Cast, made: str) -> None:
    source = create_source(name="Sổ cũ", kind="earlier", actor=cast.coordinator)
    name, make = MADE[made]
    came = bring_in(cast, name, make(), source)
    assert came.counts == {"new": 4, "records": 4}
    records = SourceRecord.objects.order_by("outside_number")
    assert [[r.outside_number, r.name, r.birth] for r in records] == [row[:3] for row in ROWS[1:]]
    assert [r.sex for r in records] == ["F", "M", "F", "M"]
    assert {r.country for r in records} == {"US"}
    assert records[0].written["Họ và tên"] == "Nguyễn Thị Hương"


@pytest.mark.usefixtures("_world")
def test_an_earlier_register_keeps_its_numbers_and_its_people_are_known_by_them(cast: Cast) -> None:
    """However the second file is saved and whatever it says of them now."""
    source = create_source(name="Sổ cũ", kind="earlier", actor=cast.coordinator)
    bring_in(cast, "ds.csv", tcvn3(text()).encode("latin-1"), source)
    later = text(",").replace("Thắng", "Thắng (Tony)").encode("utf-16")
    sent = upload_intake(
        io.BytesIO(later), "sau.csv", sender=cast.lead_agency, source=source, actor=cast.coordinator
    )
    assert sent.counts == {"known": 3, "changed": 1}
    confirm_intake(sent, revision=sent.revision, actor=cast.coordinator)
    assert Person.objects.count() == 4
    assert Person.objects.get(foreign_name="Tony").records == 2


@pytest.mark.usefixtures("_world")
@pytest.mark.parametrize(
    ("births", "read"),
    [
        (["03/25/1970", "04/05/1982", "11/12/1991", "1965"], ["1970-03-25", "1982-04-05", "1991-11-12"]),
        (["25/03/1970", "04/05/1982", "11/12/1991", "1965"], ["1970-03-25", "1982-05-04", "1991-12-11"]),
        # The month first is proved only behind the first part.
        (["04/05/1970", "25/03/1982", "11/12/1991", "03/25/1965"], ["1970", "1982-03-25", "1991"]),
    ],
)
def test_the_days_of_a_column_prove_their_order(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, births: list[str], read: list[str]
) -> None:
    monkeypatch.setattr(reading, "read_list", lambda path: read_in_parts(path, MOST_LISTED, 3))
    head, *rows = ROWS
    lines = [head, *([*row[:2], birth, *row[3:]] for row, birth in zip(rows, births, strict=True))]
    body = "\n".join(";".join(line) for line in lines).encode()
    source = create_source(name="Sổ cũ", kind="earlier", actor=cast.coordinator)
    bring_in(cast, "ds.csv", body, source)
    found = SourceRecord.objects.order_by("outside_number").values_list("birth", flat=True)
    assert list(found)[:3] == read


@pytest.mark.usefixtures("_world")
def test_what_is_merged_over_several_people_is_said_of_each(cast: Cast) -> None:
    source = create_source(name="Sổ cũ", kind="earlier", actor=cast.coordinator)
    came = bring_in(cast, "ds.xlsx", merged_down(), source)
    assert came.counts["records"] == 4
    records = SourceRecord.objects.order_by("outside_number")
    assert [r.country for r in records] == ["US", "US", "", "US"]
    assert [r.relative_name for r in records] == ["", "Trần Văn Sáu", "Trần Văn Sáu", ""]
