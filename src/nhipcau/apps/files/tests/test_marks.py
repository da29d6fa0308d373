"""Marks of secrecy in spreadsheets and scans that go with something else."""

from __future__ import annotations

import io
import shutil
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.http import Http404
from PIL import Image, ImageDraw, ImageFont
from tests.cast import Cast

from nhipcau.apps.access.actors import System
from nhipcau.apps.audit.models import Event
from nhipcau.apps.files import store
from nhipcau.apps.files.actions import AttachmentRefused, attach_file, lock_away
from nhipcau.apps.files.jobs import look_for_mark
from nhipcau.apps.files.models import Upload
from nhipcau.apps.files.removed import times
from nhipcau.apps.files.sending import send

pytestmark = pytest.mark.django_db
FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf")
LETTERHEAD = ("SỞ NGOẠI VỤ", "Số: 12/BC-SNgV", "BÁO CÁO", "Kết quả thực hiện nhiệm vụ quý III năm 2026")
needs_reading = pytest.mark.skipif(
    shutil.which("tesseract") is None or not FONT.exists(), reason="no tesseract or no font on this machine"
)


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.DATA = tmp_path


def sheet(*rows: tuple[str, ...]) -> io.BytesIO:
    memory = io.BytesIO()
    book = xlsxwriter.Workbook(memory, {"in_memory": True})
    page = book.add_worksheet("Số liệu")
    for at, row in enumerate(rows):
        page.write_row(at, 0, row)
    book.close()
    memory.seek(0)
    return memory


def scan(*lines: str, form: str = "PNG") -> io.BytesIO:
    """A page as a scanner makes it, with room around each line."""
    made, out = Image.new("L", (1654, 1169), 255), io.BytesIO()
    pen, font = ImageDraw.Draw(made), ImageFont.truetype(str(FONT), 44)
    for number, line in enumerate(lines):
        pen.text((160, 120 + 110 * number), line, fill=0, font=font)
    made.save(out, form)
    out.seek(0)
    return out


@pytest.mark.parametrize(
    "rows",
    [
        [("UBND TỈNH", "", "MẬT"), ("Số: 5/BC",), ("STT", "Nội dung")],
        [("TUYỆT MẬT",), ("STT", "Nội dung")],
        [("", "Độ mật: Tối mật"), ("STT", "Nội dung")],
    ],
)
def test_a_spreadsheet_with_a_mark_is_refused_at_once(cast: Cast, rows: list[tuple[str, ...]]) -> None:
    with pytest.raises(AttachmentRefused) as refused:
        attach_file(sheet(*rows), "so-lieu.xlsx", actor=cast.officer)
    assert refused.value.reason.code == "secret"
    assert Upload.objects.get().state == Upload.State.REFUSED


def test_a_register_with_a_column_of_marks_is_kept(cast: Cast) -> None:
    rows = [("STT", "Tên văn bản", "Độ mật"), ("1", "Kế hoạch", "Mật"), ("2", "Báo cáo", "Thường")]
    assert attach_file(sheet(*rows), "so.xlsx", actor=cast.officer).state == Upload.State.KEPT


@needs_reading
@pytest.mark.parametrize("form", ["PNG", "TIFF", "PDF"])
def test_a_scan_with_a_mark_is_locked_away_by_the_job(cast: Cast, form: str) -> None:
    paper = scan("MẬT", *LETTERHEAD, form=form).getvalue()
    kept = attach_file(io.BytesIO(paper), f"scan.{form.lower()}", actor=cast.officer)
    assert kept.state == Upload.State.KEPT
    look_for_mark(str(kept.pk))
    kept.refresh_from_db()
    assert (kept.state, kept.refusal, kept.name) == (Upload.State.REFUSED, "secret", "")
    with pytest.raises(Http404):
        send(kept)
    assert Event.objects.filter(verb="files.lock_away", subject_id=str(kept.pk)).exists()
    with pytest.raises(AttachmentRefused):
        attach_file(io.BytesIO(paper), "lan-nua", actor=cast.commune_officer)


@needs_reading
def test_a_scan_without_a_mark_is_kept(cast: Cast) -> None:
    kept = attach_file(scan(*LETTERHEAD), "scan.png", actor=cast.officer)
    look_for_mark(str(kept.pk))
    kept.refresh_from_db()
    assert kept.state == Upload.State.KEPT


def test_without_text_recognition_nobody_looks_and_the_file_stays(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nhipcau.core.planreader.child.shutil.which", lambda _name: None)
    kept = attach_file(scan(form="PNG"), "scan.png", actor=cast.officer)
    look_for_mark(str(kept.pk))
    kept.refresh_from_db()
    assert kept.state == Upload.State.KEPT


@pytest.mark.django_db(transaction=True)
def test_what_is_locked_away_is_gone_from_disk_and_stays_away(cast: Cast) -> None:
    kept = attach_file(io.BytesIO("Bản quét".encode()), "a.txt", actor=cast.officer)
    assert store.path_of(kept.sha256).exists()
    for _twice in range(2):
        lock_away(kept, "MẬT", actor=System("secrecy"))
    assert not store.path_of(kept.sha256).exists()
    assert kept.sha256 in times()
    assert Event.objects.filter(verb="files.lock_away").count() >= 1
