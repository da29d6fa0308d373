"""Text recognition: labels mended in order; a picture of a page becomes its text."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from nhipcau.core.planreader.child import read_in_child
from nhipcau.core.planreader.formats.ocr_labels import mended
from nhipcau.core.planreader.formats.tests.renderings import FONT_FILES, has_fonts
from nhipcau.core.planreader.source import Line


def has_tesseract() -> bool:
    """Whether tesseract with Vietnamese data is there."""
    if shutil.which("tesseract") is None:
        return False
    listed = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=False)
    return "vie" in listed.stdout.split()


def after(*texts: str) -> list[str]:
    return [line.text for line in mended([Line(text) for text in texts])]


def test_roman_labels_of_headings_go_up_by_one() -> None:
    assert after("I. MỤC ĐÍCH", "Câu văn.", "IL. NHIỆM VỤ", "HI. GIẢI PHÁP", "IV. TỔ CHỨC THỰC HIỆN") == [
        "I. MỤC ĐÍCH", "Câu văn.", "II. NHIỆM VỤ", "III. GIẢI PHÁP", "IV. TỔ CHỨC THỰC HIỆN",
    ]  # fmt: skip


def test_a_lost_stroke_is_put_back_and_a_lost_heading_leaves_the_rest() -> None:
    assert after("II. NHIỆM VỤ", "II. GIẢI PHÁP", "V. TỔ CHỨC") == [
        "II. NHIỆM VỤ",
        "III. GIẢI PHÁP",
        "V. TỔ CHỨC",
    ]


def test_an_annex_begins_again() -> None:
    assert after("I. MỤC TIÊU", "II. NHIỆM VỤ", "I. DANH MỤC") == [
        "I. MỤC TIÊU",
        "II. NHIỆM VỤ",
        "I. DANH MỤC",
    ]


def test_what_is_no_number_stays() -> None:
    assert after("TM. ỦY BAN NHÂN DÂN", "1. Sở Ngoại vụ") == ["TM. ỦY BAN NHÂN DÂN", "1. Sở Ngoại vụ"]


def test_a_small_word_read_as_capitals_gets_its_case_back() -> None:
    assert after("Các SỞ, ban, ngành", "SỞ NGOẠI VỤ") == ["Các Sở, ban, ngành", "SỞ NGOẠI VỤ"]


def page() -> Image.Image:
    """A page of a plan at 200 dots an inch."""
    picture = Image.new("L", (1654, 1200), 255)
    draw = ImageDraw.Draw(picture)
    font = ImageFont.truetype(str(FONT_FILES[0]), 36)
    rows = ["KẾ HOẠCH", "Triển khai công tác đối ngoại", "1. Sở Ngoại vụ chủ trì thực hiện."]
    rows += ["Các sở, ban, ngành phối hợp với Sở Ngoại vụ thực hiện Kế hoạch này."] * 8
    for number, row in enumerate(rows):
        draw.text((200, 150 + 70 * number), row, font=font, fill=0)
    return picture


needs_tesseract = pytest.mark.skipif(
    not (has_tesseract() and has_fonts()), reason="no tesseract with vie, or no font"
)


@needs_tesseract
@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF"])
def test_a_picture_of_a_page_is_read(form: str, tmp_path: Path) -> None:
    path = tmp_path / "scan"
    page().save(path, form)
    assert "Sở Ngoại vụ chủ trì thực hiện" in read_in_child(path, "scan")["text"]


@needs_tesseract
@pytest.mark.heavy
@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_page_scanned_on_its_side_is_turned(degrees: int, tmp_path: Path) -> None:
    path = tmp_path / "scan.png"
    page().rotate(degrees, expand=True).save(path)
    assert "Sở Ngoại vụ chủ trì thực hiện" in read_in_child(path, "scan")["text"]
