"""What we write as LibreOffice lays it out: pages, numbers, lines that stay whole, bookmarks."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pypdfium2
import pytest

from nhipcau.core.officialdoc import Annex, Paragraph, write_docx
from nhipcau.core.officialdoc.pdf import can_make_pdf, to_pdf
from nhipcau.core.officialdoc.tests.samples import WORDS, document, figures, wide
from nhipcau.core.planreader.refusal import Refusal

NO_OFFICE = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="no LibreOffice (libreoffice-writer-nogui)"
)

# The widths of Times New Roman, which the form is made for: with others its lines break elsewhere.
NO_FONT = pytest.mark.skipif(
    not list(Path("/usr/share/fonts").rglob("LiberationSerif-Regular.ttf")),
    reason="no font of Times New Roman's widths (fonts-liberation2)",
)


def pages_of(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(data) as document_:
        return [page.get_textpage().get_text_range().replace("\r", "") for page in document_]


def test_without_libreoffice_the_refusal_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert not can_make_pdf()
    with pytest.raises(Refusal) as refused:
        to_pdf(b"")
    assert refused.value.code == "needs-office"


@pytest.mark.heavy
@NO_OFFICE
@NO_FONT
def test_pages_are_numbered_as_the_form_wants() -> None:
    annexes = (Annex("Kết quả theo cơ quan", [figures(60)]), Annex("Bảng rộng", [wide(30)], landscape=True))
    data = to_pdf(write_docx(document("BC", body=[Paragraph(WORDS)] * 12, annexes=annexes)))
    pages = pages_of(data)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in pages[0]
    assert not re.match(r"\s*1\s*\n", pages[0])
    assert re.match(r"\s*2\s*\n", pages[1])
    first = next(at for at, page in enumerate(pages) if page.lstrip().startswith("Phụ lục I\n"))
    second = next(at for at, page in enumerate(pages) if page.lstrip().startswith("Phụ lục II\n"))
    assert re.match(r"\s*2\s*\n", pages[first + 1])
    assert re.match(r"\s*2\s*\n", pages[second + 1])
    # The head of the table comes again.
    assert all("Cơ quan" in page for page in pages[first:second])
    with pypdfium2.PdfDocument(data) as made:
        widths = [page.get_width() for page in made]
        assert widths[second] > widths[first]
        assert list(made.get_toc()) != []


@pytest.mark.heavy
@NO_OFFICE
@pytest.mark.parametrize("lines", range(4, 40, 5))
def test_the_signature_is_never_alone_on_a_page(lines: int) -> None:
    body = [*[Paragraph("Một dòng.")] * lines, Paragraph("Dòng cuối cùng của văn bản./.")]
    pages = pages_of(to_pdf(write_docx(document("BC", body=body))))
    last = pages[-1]
    for words in ("Dòng cuối cùng", "Nơi nhận:", "PHÓ GIÁM ĐỐC", "Nguyễn Thị Minh Tâm", "Lưu: VT"):
        assert words in last
