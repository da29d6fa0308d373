"""The five provincial plans as Word files with automatic numbers, as PDF, as scans."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from nhipcau.core.planreader.child import read_in_child
from nhipcau.core.planreader.formats.tests.renderings import as_docx, has_fonts
from nhipcau.core.planreader.formats.tests.score import figures
from nhipcau.core.planreader.formats.tests.test_ocr import has_tesseract
from nhipcau.core.planreader.score import FIVE, shared_folder

SHARED = shared_folder()
needs_plans = pytest.mark.skipif(
    not (SHARED / "tools" / "score_plan.py").exists(), reason="the shared plans are not beside the checkout"
)
needs_fonts = pytest.mark.skipif(
    not has_fonts(), reason="no serif font with Vietnamese letters (fonts-dejavu)"
)
LEAST = {
    "header": 0.97, "recipients": 0.97, "citations": 0.98, "sections": 0.97, "tasks": 0.98, "spans": 0.99,
    "ids": 0.97, "scope": 0.97, "agencies": 0.97, "role": 0.97, "with": 0.97, "due": 0.9, "reporting": 0.97,
    "citation_dates": 0.97,
}  # fmt: skip


@needs_plans
@needs_fonts
@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_a_rendered_plan_scores_as_its_text_does(form: str, tmp_path: Path) -> None:
    texts, _ = figures("txt", FIVE, tmp_path, SHARED)
    found, misses = figures(form, FIVE, tmp_path, SHARED)
    short = {name: (found.get(name), figure) for name, figure in texts.items() if found[name] < figure - 0.01}
    assert not short, misses
    assert {name: found[name] for name, least in LEAST.items() if found[name] < least} == {}, misses


@needs_plans
@needs_fonts
@pytest.mark.heavy
@pytest.mark.skipif(not has_tesseract(), reason="no tesseract with Vietnamese data")
def test_scanned_plans_keep_their_tasks(tmp_path: Path) -> None:
    found, misses = figures("scan", FIVE, tmp_path, SHARED)
    assert found["tasks"] >= 0.9, misses


@needs_plans
def test_a_real_letter_is_read_sensibly() -> None:
    reading = read_in_child(SHARED / "plans" / "others" / "cv-laocai.docx")
    document = reading["document"]
    assert document["issuer"] == "Ủy ban nhân dân tỉnh Lào Cai"
    assert (document["number"], document["issued"], document["year"]) == (None, None, 2026)
    assert document["signatory"]["name"] == "Ngô Hạnh Phúc"
    assert "Như trên" in document["recipients"]
    assert len(reading["tasks"]) >= 4
    for task in reading["tasks"]:
        start, end = task["span"]
        assert task["text"].split()[0] in reading["text"][start:end]


def test_labels_are_really_automatic_in_the_rendering() -> None:
    text = "KẾ HOẠCH\nVề việc mẫu\n\nI. NHIỆM VỤ\n\n1. Sở Ngoại vụ\n\na) Việc một.\n\nđ) Việc hai.\n"
    data = as_docx(text)
    body = zipfile.ZipFile(BytesIO(data)).read("word/document.xml").decode()
    assert "NHIỆM VỤ" in body
    assert "I. NHIỆM VỤ" not in body
    assert "đ) " not in body
