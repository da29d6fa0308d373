"""The hook of the virus scanner: without a clear answer nothing passes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from nhipcau.apps.files.gate import gate
from nhipcau.core.filegate import Rejected, admit

# Any scanner knows this harmless string; put together here so that none takes this file for a virus.
EICAR = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
LOOKS_FOR_IT = "import sys; sys.exit('EICAR' in open(sys.argv[1]).read())"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text("Kế hoạch năm 2026\n" * 5, encoding="utf-8")
    return path


def test_without_a_scanner_files_pass(file: Path, settings: Any) -> None:
    settings.SCANNER = []
    assert admit(file, gate=gate()).kind == "txt"


def test_a_clean_file_passes(file: Path, settings: Any) -> None:
    settings.SCANNER = [sys.executable, "-c", LOOKS_FOR_IT]
    assert admit(file, gate=gate()).kind == "txt"


def test_a_finding_is_refused(file: Path, settings: Any) -> None:
    settings.SCANNER = [sys.executable, "-c", LOOKS_FOR_IT]
    file.write_text(EICAR)
    with pytest.raises(Rejected) as caught:
        admit(file, gate=gate())
    assert caught.value.code == "virus"


@pytest.mark.parametrize(
    "command",
    [["/no/such/scanner"], [sys.executable, "-c", "import sys; sys.exit(2)"]],
    ids=["missing", "broken"],
)
def test_a_scanner_that_does_not_answer_lets_nothing_pass(
    file: Path, settings: Any, command: list[str]
) -> None:
    settings.SCANNER = command
    with pytest.raises(Rejected) as caught:
        admit(file, gate=gate())
    assert caught.value.code == "scanner-down"
