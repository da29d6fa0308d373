"""Files made to hurt end in a refusal with a reason, within seconds, or are read rightly."""

from __future__ import annotations

import socket
import time
import zipfile
from pathlib import Path

import pytest

from nhipcau.core.filegate import Gate, Rejected, admit
from nhipcau.core.tablereader import REASONS, Refusal, Sheet, read_tables
from nhipcau.core.tablereader.tests.workbooks import MAIN, parts, row, table, worksheet, write

TABLES = Gate(allowed=("xlsx", "ods", "txt"), most=10 * 2**20)
HEAD = ["Tên cơ quan", "Loại"]
GOOD = table([HEAD, ["Sở Ngoại vụ", "sở"]])


def outcome(path: Path) -> list[Sheet] | str:
    """What the file is read as, or the code of its refusal; ten seconds at most."""
    began = time.monotonic()
    try:
        admit(path, path.name, TABLES)
        return read_tables(path)
    except (Rejected, Refusal) as refusal:
        assert refusal.code in REASONS
        assert REASONS[refusal.code].vi
        return refusal.code
    finally:
        # The busiest machine gives a child its time again; processor time is what is bounded.
        assert time.monotonic() - began < 40


def sheet_of(path: Path, rows: str, **more: str) -> Path:
    return write(path, parts(rows, **more))


def test_a_workbook_is_read_as_its_sender_saw_it(tmp_path: Path) -> None:
    path = sheet_of(tmp_path / "a.xlsx", GOOD)
    assert outcome(path) == [
        {
            "name": "Cơ quan",
            "hidden": False,
            "rows": [{"number": 1, "cells": HEAD}, {"number": 2, "cells": ["Sở Ngoại vụ", "sở"]}],
        }
    ]


def test_a_cell_of_300_megabytes_is_a_bomb(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts("").items():
            if not name.endswith("sheet1.xml"):
                archive.writestr(name, body)
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            part.write(f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c t="inlineStr"><is><t>'.encode())
            for _ in range(300):
                part.write(b"A" * 2**20)
            part.write(b"</t></is></c></row></sheetData></worksheet>")
    assert outcome(path) == "zip-bomb"


def test_millions_of_rows_are_refused(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 400_001))
    assert outcome(sheet_of(tmp_path / "a.xlsx", rows)) in {"zip-bomb", "too-many-rows"}


@pytest.mark.parametrize("count", [60_000])
def test_many_empty_members_are_a_bomb(tmp_path: Path, count: int) -> None:
    path = write(tmp_path / "a.xlsx", parts(GOOD, **{f"xl/{n}.xml": "" for n in range(count)}))
    assert outcome(path) == "zip-bomb"


def test_a_false_dimension_and_a_far_cell_cost_nothing(tmp_path: Path) -> None:
    far = worksheet(
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        before='<dimension ref="A1:XFD1048576"/>',
    )
    assert (
        outcome(write(tmp_path / "a.xlsx", parts("") | {"xl/worksheets/sheet1.xml": far}))
        == "too-many-columns"
    )
    both = GOOD + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert outcome(sheet_of(tmp_path / "b.xlsx", both)) in {"too-heavy", "too-many-columns"}


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd">',
    ],
)
def test_a_part_with_a_dtd_is_refused(tmp_path: Path, doctype: str) -> None:
    part = worksheet(GOOD, doctype=doctype)
    assert outcome(write(tmp_path / "a.xlsx", parts("") | {"xl/worksheets/sheet1.xml": part})) == "dtd"


def test_nothing_is_fetched_from_the_network(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as canary:
        canary.settimeout(0.2)
        port = canary.getsockname()[1]
        entity = f'<!DOCTYPE x [<!ENTITY f SYSTEM "http://127.0.0.1:{port}/">]>'
        part = worksheet(GOOD, doctype=entity).encode("utf-16")
        found = outcome(write(tmp_path / "a.xlsx", parts("") | {"xl/worksheets/sheet1.xml": part}))
        assert isinstance(found, str)
        with pytest.raises(TimeoutError):
            canary.accept()


def test_deep_nesting_and_a_million_digits_do_no_harm(tmp_path: Path) -> None:
    deep = f'<row r="1">{"<a>" * 200_000}{"</a>" * 200_000}</row>'
    found = outcome(sheet_of(tmp_path / "a.xlsx", deep))
    assert found in {"damaged", "too-heavy", "no-rows", "zip-bomb"}
    digits = f'<row r="1"><c r="A1"><v>{"9" * 1_000_000}</v></c></row>'
    (sheet,) = outcome(sheet_of(tmp_path / "b.xlsx", digits))
    assert sheet["rows"][0]["cells"] == ["#NUM!"]


@pytest.mark.parametrize("value", ["NaN", "1e999", "-1e999", "9" * 30])
def test_numbers_that_are_none_do_not_break_the_reading(tmp_path: Path, value: str) -> None:
    cell = f'<row r="3"><c r="A3"><v>{value}</v></c></row>'
    (sheet,) = outcome(sheet_of(tmp_path / "a.xlsx", GOOD + cell))
    assert sheet["rows"][1]["cells"] == ["Sở Ngoại vụ", "sở"]
    # Said, not left out: a blank cell would be no answer.
    assert sheet["rows"][2]["cells"] == (["#NUM!"] if value in {"NaN", "1e999", "-1e999"} else ["1e+30"])


def test_a_shared_text_that_does_not_exist_is_damage(tmp_path: Path) -> None:
    cell = '<row r="3"><c r="A3" t="s"><v>999999999</v></c></row>'
    found = outcome(sheet_of(tmp_path / "a.xlsx", GOOD + cell))
    assert found == "damaged" or isinstance(found, list)


def test_a_hidden_sheet_is_named_and_not_read(tmp_path: Path) -> None:
    made = parts(GOOD)
    made["xl/workbook.xml"] = made["xl/workbook.xml"].replace('sheetId="1"', 'sheetId="1" state="veryHidden"')
    assert outcome(write(tmp_path / "a.xlsx", made)) == "no-rows"


@pytest.mark.parametrize(
    ("name", "body", "code"),
    [
        ("xl/vbaProject.bin", "x", "macros"),
        ("xl/externalLinks/externalLink1.xml", "<a/>", "external-link"),
        ("xl/connections.xml", "<a/>", "external-link"),
        ("xl/activeX/activeX1.bin", "x", "embedded-object"),
        ("../../etc/x", "x", "zip-unsafe"),
    ],
)
def test_what_acts_or_reaches_out_is_refused(tmp_path: Path, name: str, body: str, code: str) -> None:
    assert outcome(sheet_of(tmp_path / "a.xlsx", GOOD, **{name: body})) == code


def test_a_cut_workbook_is_damaged(tmp_path: Path) -> None:
    whole = sheet_of(tmp_path / "a.xlsx", GOOD).read_bytes()
    for tenth in range(1, 10):
        path = tmp_path / f"{tenth}.xlsx"
        path.write_bytes(whole[: len(whole) * tenth // 10])
        assert isinstance(outcome(path), str)


def test_another_file_named_as_a_workbook_is_told_by_its_content(tmp_path: Path) -> None:
    for name, data in {
        "html.xlsx": b"<html><table><tr><td>x</td></tr></table></html>",
        "exe.xlsx": b"MZ\x90\x00" + bytes(100),
        "empty.xlsx": b"",
        "pdf.xlsx": b"%PDF-1.7\n1 0 obj\nendobj\ntrailer\n%%EOF",
    }.items():
        path = tmp_path / name
        path.write_bytes(data)
        assert outcome(path) in {"type", "empty"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1258"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_separated_values_are_read_in_the_codes_that_offices_write(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    import unicodedata

    text = f'Tên cơ quan{delimiter}Loại\r\n"Sở Công{delimiter} Thương"{delimiter}sở\r\n'
    if encoding == "cp1258":
        text = "".join(c if c.encode("cp1258", "ignore") else unicodedata.normalize("NFD", c) for c in text)
        text = text.replace("o\u031b", "ơ").replace("u\u031b", "ư").replace("a\u0302", "â")
        text = text.replace("e\u0302", "ê").replace("o\u0302", "ô")
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode(encoding))
    (sheet,) = outcome(path)
    assert sheet["rows"][1]["cells"] == [f"Sở Công{delimiter} Thương".replace("\t", " "), "sở"] or (
        delimiter == "\t" and sheet["rows"][1]["cells"][0] == "Sở Công Thương"
    )


def test_old_letters_and_unseen_characters_become_plain_ones(tmp_path: Path) -> None:
    rows = table([["Sở Ngoa\u0323i vu\u0323", "S\u200bở\u202e", "Së Ngo¹i vô tØnh MÉu", "\uff11\uff12"]])
    (sheet,) = outcome(sheet_of(tmp_path / "a.xlsx", rows))
    assert sheet["rows"][0]["cells"] == ["Sở Ngoại vụ", "Sở", "Sở Ngoại vụ tỉnh Mẫu", "12"]


def test_row_numbers_are_those_of_the_senders_program(tmp_path: Path) -> None:
    rows = row(4, HEAD) + row(9, ["Sở Ngoại vụ", "sở"])
    (sheet,) = outcome(sheet_of(tmp_path / "a.xlsx", rows))
    assert [each["number"] for each in sheet["rows"]] == [4, 9]
