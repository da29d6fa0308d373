"""Old Word files and RTF through LibreOffice, where it is there."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from nhipcau.core.planreader.child import read_in_child
from nhipcau.core.planreader.formats.tests.office_files import docx, level, numbered, numbering, paragraph
from nhipcau.core.planreader.refusal import Refusal

pytestmark = [
    pytest.mark.heavy,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice (libreoffice-writer-nogui)"),
]
LEVELS = level(0, "upperRoman", "%1.") + level(1, "decimal", "%2.") + level(2, "lowerLetter", "%3)")
PLAN = [
    paragraph("KẾ HOẠCH"),
    paragraph("Triển khai công tác đối ngoại năm 2027"),
    numbered("MỤC TIÊU", 1, 0),
    paragraph("Nâng cao hiệu quả công tác."),
    numbered("NHIỆM VỤ", 1, 0),
    numbered("Sở Ngoại vụ", 1, 1),
    numbered("Chủ trì, phối hợp với Sở Nội vụ xây dựng báo cáo, hoàn thành trước ngày 30/10/2027.", 1, 2),
    numbered("Rà soát danh sách các hội, đoàn trên địa bàn tỉnh.", 1, 2),
    paragraph("Nơi nhận:"),
    paragraph("- Lưu: VT."),
]


@pytest.mark.parametrize("form", ["doc", "rtf"])
def test_an_old_file_keeps_its_automatic_numbers(form: str, tmp_path: Path) -> None:
    made = tmp_path / "plan.docx"
    made.write_bytes(docx("".join(PLAN), {"word/numbering.xml": numbering({0: LEVELS}, {1: (0, "")})}))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", form, "--outdir", str(tmp_path), str(made)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    reading = read_in_child(tmp_path / f"plan.{form}", "kế hoạch cũ")
    assert [section["path"] for section in reading["sections"]][:3] == ["I", "II", "II.1"]
    assert [task["id"] for task in reading["tasks"]] == ["II.1.a", "II.1.b"]


def test_a_file_that_libreoffice_cannot_open_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bad.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le") * 90)
    with pytest.raises(Refusal) as caught:
        read_in_child(path)
    assert caught.value.code in {"office-failed", "not-a-plan", "damaged"}
