"""`nhipcau plan read`: every form, several files, files that cannot be read, formula-like cells."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import nhipcau
from nhipcau.cli.main import main

PLAN = """ỦY BAN NHÂN DÂN
TỈNH MẪU
Số: 12/KH-UBND
Mẫu, ngày 05 tháng 6 năm 2027

KẾ HOẠCH
Triển khai công tác đối ngoại năm 2027

I. NHIỆM VỤ

1. Sở Ngoại vụ

a) Chủ trì, phối hợp với Sở Nội vụ xây dựng báo cáo, hoàn thành trước ngày 30/10/2027.

b) Phối hợp với Công an tỉnh rà soát danh sách các hội, đoàn trên địa bàn tỉnh.
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.txt"
    path.write_text(PLAN, encoding="utf-8")
    return path


def out(capsysbinary: pytest.CaptureFixture[bytes], *arguments: object) -> tuple[int, bytes, str]:
    code = main(["plan", "read", *map(str, arguments)])
    caught = capsysbinary.readouterr()
    return code, caught.out, caught.err.decode()


def test_one_file_gives_one_reading(plan: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    code, data, said = out(capsysbinary, plan)
    reading = json.loads(data)
    assert (code, said) == (0, "")
    assert reading["schema"] == "plan/1"
    assert reading["document"]["number"] == "12/KH-UBND"
    assert len(reading["tasks"]) == 2


def test_several_files_give_a_list_with_their_names(
    plan: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    code, data, _ = out(capsysbinary, plan, plan)
    assert code == 0
    assert [reading["file"] for reading in json.loads(data)] == [str(plan)] * 2


def test_a_file_that_cannot_be_read_gives_one_line_and_the_others_come_out(
    plan: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    bad = tmp_path / "bad.docx"
    bad.write_bytes(b"PK\x03\x04 and no more")
    code, data, said = out(capsysbinary, bad, plan, tmp_path / "missing.pdf", "--language", "en")
    assert code == 1
    assert [reading["file"] for reading in json.loads(data)] == [str(plan)]
    lines = said.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith(f"nhipcau: {bad}: The file is damaged")
    assert lines[1].endswith("The file missing.pdf cannot be opened.")


def test_a_single_bad_file_gives_no_output_and_leaves_the_old_one(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    target = tmp_path / "out.json"
    target.write_text("old")
    code, data, said = out(capsysbinary, tmp_path / "missing.txt", "-o", target)
    assert (code, data) == (1, b"")
    assert said.count("\n") == 1
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["out.json"]


def test_an_output_that_cannot_be_written_is_said(
    plan: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    code, _, said = out(capsysbinary, plan, "-o", tmp_path / "no" / "out.json")
    assert code == 1
    assert said.startswith("nhipcau: ")
    assert said.count("\n") == 1


def test_the_table_shows_who_does_what_by_when(
    plan: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    text = out(capsysbinary, plan, "--format", "table")[1].decode()
    assert "12/KH-UBND" in text
    assert "I.1.a      Sở Ngoại vụ · chủ trì · hạn 30/10/2027" in text


def test_markdown_has_a_row_for_each_task(plan: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    text = out(capsysbinary, plan, "--format", "md")[1].decode()
    assert sum(row.startswith("| I.1.") for row in text.splitlines()) == 2


def test_csv_opens_in_a_spreadsheet_program(plan: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    assert main(["plan", "read", str(plan), "-o", str(target)]) == 0
    data = target.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows[0][2:5] == ["Mục", "Cơ quan", "Vai trò"]
    assert [row[2] for row in rows[1:]] == ["I.1.a", "I.1.b"]
    assert rows[1][6] == "30/10/2027"


FORMULAS = ["=1+1", "+84 chín số", "@SUM(A1)", "＝1+1"]


def test_cells_that_look_like_formulas_are_text(tmp_path: Path) -> None:
    path = tmp_path / "=cmd.txt"
    items = "".join(
        f"\n{letter}) {text} chủ trì rà soát.\n" for letter, text in zip("abcd", FORMULAS, strict=True)
    )
    path.write_text(PLAN.split("a)", maxsplit=1)[0] + items, encoding="utf-8")
    table, book = tmp_path / "out.csv", tmp_path / "out.xlsx"
    assert main(["plan", "read", str(path), "-o", str(table)]) == 0
    assert main(["plan", "read", str(path), "-o", str(book)]) == 0
    rows = list(csv.reader(io.StringIO(table.read_text("utf-8-sig"), newline="")))
    starts = [cell[:1] for row in rows[1:] for cell in row if cell]
    assert not set(starts) & set("=+-@＝\t\r")
    assert any(cell.startswith("'=1+1") for row in rows for cell in row)
    with zipfile.ZipFile(book) as parts:
        sheets = [parts.read(name).decode() for name in parts.namelist() if "sheets/sheet" in name]
        assert "=1+1" in parts.read("xl/sharedStrings.xml").decode()
    assert len(sheets) == 3
    assert not any("<f>" in sheet or "<hyperlink" in sheet for sheet in sheets)


def test_a_workbook_is_not_thrown_at_a_terminal(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    with pytest.raises(SystemExit) as stopped:
        main(["plan", "read", str(plan), "--format", "xlsx"])
    assert stopped.value.code == 2


def test_a_reader_that_stops_listening_is_no_crash(plan: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(Path(nhipcau.__file__).parents[1])}
    command = f"{sys.executable} -m nhipcau plan read {plan} {plan} {plan} | head -c 1"
    done = subprocess.run(
        ["bash", "-c", command], env=environment, capture_output=True, text=True, check=False
    )
    assert "Traceback" not in done.stderr
