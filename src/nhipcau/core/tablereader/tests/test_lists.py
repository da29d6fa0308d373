"""Long lists, read in parts; sheets in the encodings from before Unicode."""

from __future__ import annotations

import csv
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from nhipcau.core.tablereader import MOST_LISTED, Refusal, Sheet, read_list
from nhipcau.core.tablereader.reading import read_in_parts
from nhipcau.core.text.legacy import TCVN3

TO_TCVN3 = {letter: printed for printed, letter in TCVN3.items()}


def workbook(path: Path, rows: list[list[object]], sheets: int = 1) -> Path:
    with xlsxwriter.Workbook(path) as book:
        for number in range(sheets):
            sheet = book.add_worksheet(f"Xã {number}")
            for index, row in enumerate(rows):
                sheet.write_row(index, 0, row)
    return path


def cells(parts: list[Sheet]) -> list[list[str]]:
    return [row["cells"] for part in parts for row in part["rows"]]


def test_a_list_comes_in_parts_that_make_the_whole(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx", [["Họ tên", "Năm sinh"], *([f"Người {n}", 1970] for n in range(25))], 2
    )
    parts = list(read_in_parts(path, MOST_LISTED, 10))
    assert [len(part["rows"]) for part in parts] == [10, 10, 6, 10, 10, 6]
    assert [part["name"] for part in parts] == ["Xã 0"] * 3 + ["Xã 1"] * 3
    through_child = list(read_list(path))
    assert cells(through_child) == cells(parts)
    assert through_child[0]["rows"][1] == {"number": 2, "cells": ["Người 0", "1970"], "numbers": [1]}


def test_more_rows_than_a_list_may_have_are_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [[f"Người {n}"] for n in range(100)], 2)
    with pytest.raises(Refusal) as refused:
        list(read_in_parts(path, 120))
    assert (refused.value.code, refused.value.values) == ("too-many-rows", {"limit": 120})


def test_a_file_without_rows_and_one_that_is_no_table_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        list(read_list(workbook(tmp_path / "a.xlsx", [])))
    assert refused.value.code == "no-rows"
    broken = tmp_path / "b.xlsx"
    broken.write_bytes(b"PK\x03\x04 broken")
    with pytest.raises(Refusal) as refused:
        list(read_list(broken))
    assert refused.value.code == "damaged"


def tcvn3(text: str) -> str:
    return "".join(TO_TCVN3.get(letter, letter) for letter in text)


def test_single_words_in_an_old_encoding_are_told_by_their_column(tmp_path: Path) -> None:
    names = ["Hồng", "Hương", "Tuấn", "Thắng", "Phượng", "Nguyệt", "Dũng", "Hải", "Thủy", "Bảo"] * 3
    path = tmp_path / "a.csv"
    with path.open("w", encoding="latin-1", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([tcvn3("Họ"), tcvn3("Tên")])
        writer.writerows([tcvn3("Nguyễn Văn"), tcvn3(name)] for name in names)
    assert cells(list(read_list(path)))[1:] == [["Nguyễn Văn", name] for name in names]


def test_headings_of_columns_without_words_are_told_by_their_neighbours(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    rows = [[f"KB-{n}", tcvn3("Nguyễn Thị Hồng"), str(1950 + n), tcvn3("Phường Mỹ Bình")] for n in range(30)]
    head = [tcvn3(each) for each in ("Mã số", "Họ và tên", "Năm sinh", "Xã, phường")]
    with path.open("w", encoding="latin-1", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    assert cells(list(read_list(path)))[0] == ["Mã số", "Họ và tên", "Năm sinh", "Xã, phường"]


def test_foreign_names_are_left_as_they_are(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Tên"], ["José"], ["Müller"], ["Zoë"], ["Nguyễn"]]
    assert cells(list(read_list(workbook(tmp_path / "a.xlsx", rows)))) == [[str(row[0])] for row in rows]


def merged(parts: list[Sheet]) -> dict[int, list[list[object]]]:
    return {
        row["number"]: [list(each) for each in row["merged"]]
        for part in parts
        for row in part["rows"]
        if "merged" in row
    }


def test_cells_merged_down_are_told_with_their_text(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.merge_range(2, 1, 2, 3, "Danh sách")
        for index, name in enumerate(["Họ tên", "An", "Bình", "Chi", "Dung", "Em"], start=3):
            sheet.write(index, 1, name)
        sheet.merge_range(4, 2, 6, 2, "Bình Mỹ")
        sheet.merge_range(6, 3, 7, 4, 1970)
        sheet.write(8, 3, "1980")
    parts = list(read_in_parts(path, MOST_LISTED, 2))
    assert merged(parts) == {6: [[2, "Bình Mỹ"]], 7: [[2, "Bình Mỹ"]], 8: [[3, "1970"]]}
    assert merged(list(read_list(path))) == merged(parts)


def opendocument(path: Path, rows: str) -> Path:
    office = "urn:oasis:names:tc:opendocument:xmlns"
    names = " ".join(f'xmlns:{each}="{office}:{each}:1.0"' for each in ("office", "table", "text"))
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names} office:version="1.2">'
        f'<office:body><office:spreadsheet><table:table table:name="A">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = f'<manifest:manifest xmlns:manifest="{office}:manifest:1.0"/>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        package.writestr("content.xml", content)
        package.writestr("META-INF/manifest.xml", manifest)
    return path


def test_cells_merged_down_in_an_opendocument_sheet(tmp_path: Path) -> None:
    def cell(text: str, more: str = "") -> str:
        return (
            f'<table:table-cell office:value-type="string" {more}><text:p>{text}</text:p></table:table-cell>'
        )

    covered = "<table:covered-table-cell/>"
    rows = [
        cell("Họ tên") + cell("Ghi chú") + cell("Xã"),
        cell("An")
        + '<table:table-cell table:number-columns-repeated="1"/>'
        + cell("Bình Mỹ", 'table:number-rows-spanned="3" table:number-columns-spanned="1"'),
        cell("Bình") + cell("về nước") + covered,
        cell("Chi") + "<table:table-cell/>" + covered,
        cell("Dung"),
    ]
    blank = '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
    body = blank + "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    parts = list(read_in_parts(opendocument(tmp_path / "a.ods", body), MOST_LISTED))
    assert [row["cells"][0] for row in parts[0]["rows"]] == ["Họ tên", "An", "Bình", "Chi", "Dung"]
    assert merged(parts) == {5: [[2, "Bình Mỹ"]], 6: [[2, "Bình Mỹ"]]}
