"""`nhipcau doc check`: findings for people and programs, exit codes, files that cannot be read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import nhipcau
from nhipcau.cli.main import main
from nhipcau.core.officialdoc import write_docx
from nhipcau.core.officialdoc.tests.samples import document
from nhipcau.core.officialdoc.tests.spoiled import SPOILED


@pytest.fixture
def right(tmp_path: Path) -> Path:
    path = tmp_path / "right.docx"
    path.write_bytes(write_docx(document("BC")))
    return path


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    path = tmp_path / "wrong.docx"
    path.write_bytes(SPOILED["a thin issuer"][3](write_docx(document("BC"))))
    return path


def test_a_right_document_ends_with_0(right: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doc", "check", str(right)]) == 0
    assert "đúng thể thức" in capsys.readouterr().out


def test_a_wrong_one_ends_with_1_and_says_where(wrong: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doc", "check", str(wrong)]) == 1
    out = capsys.readouterr().out
    assert "1 lỗi" in out
    assert "[issuer/bold] đoạn 2 “SỞ NGOẠI VỤ”: Tên cơ quan ban hành văn bản phải là chữ đậm." in out


def test_programs_get_one_object_a_file(right: Path, wrong: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doc", "check", "--json", "--language", "en", str(right), str(wrong)]) == 1
    first, second = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert first == {"file": str(right), "findings": []}
    (finding,) = second["findings"]
    assert finding["element"] == "issuer"
    assert finding["severity"] == "error"
    assert finding["message"] == "The issuer's name has to be bold."


def test_a_file_that_is_none_is_said_and_the_others_come_out(
    right: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = tmp_path / "text.docx"
    text.write_text("không phải Word", encoding="utf-8")
    assert main(["doc", "check", str(text), str(tmp_path / "none.docx"), str(right)]) == 1
    told = capsys.readouterr()
    assert "đúng thể thức" in told.out
    assert len(told.err.splitlines()) == 2


def test_it_loads_no_django(right: Path) -> None:
    code = (
        "import sys; from nhipcau.cli.main import main; "
        f"assert main(['doc', 'check', {str(right)!r}]) == 0; "
        "sys.exit(any(name.partition('.')[0] in {'django', 'matplotlib'} for name in sys.modules))"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(nhipcau.__file__).parents[1])}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr
