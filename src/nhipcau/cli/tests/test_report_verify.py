"""`nhipcau report verify FILE`: no database, plain words, exit codes that a script can use."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nhipcau.cli.report import run
from nhipcau.core.reportfile import sealed
from nhipcau.core.reportfile.tests.sample import report


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "báo cáo.json"
    path.write_text(json.dumps(sealed(report()), ensure_ascii=False), encoding="utf-8")
    return path


def test_a_file_as_frozen_passes(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    digest = sealed(report())["digest"]
    assert run(["verify", str(file), "--digest", f"{digest[:8]} {digest[8:16]}"]) == 0
    assert f"mã kiểm tra {digest}" in capsys.readouterr().out


def test_a_changed_file_is_told_in_both_languages(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(file.read_text(encoding="utf-8").replace("07 chuyên gia.", "70 chuyên gia."))
    assert run(["verify", str(file)]) == 1
    assert "đã bị thay đổi" in capsys.readouterr().err
    assert run(["verify", str(file), "--language", "en"]) == 1
    assert "changed after it was frozen" in capsys.readouterr().err


def test_a_file_that_was_sealed_again_does_not_match_what_was_printed(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["verify", str(file), "--digest", "0123456789abcdef"]) == 1
    assert "in trên văn bản" in capsys.readouterr().err
    assert run(["verify", str(file), "--digest", sealed(report())["digest"][:4]]) == 1


def test_programs_read_one_object_a_report(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["verify", str(file), str(file.with_name("không có.json")), "--json"]) == 1
    first, second = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert first["problems"] == []
    assert second["problems"][0]["code"] == "unreadable"
