"""Signing off freezes; the paper comes back edited and signed; a correction is another version."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import docx
import pypdfium2
import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.http import Http404
from django.utils import timezone, translation
from tests.cast import Cast, SignedIn

from nhipcau.apps.files.actions import attach_file
from nhipcau.apps.files.models import Upload
from nhipcau.apps.reporting.actions import Pick, begin_consolidation, take_passages, write_paragraph
from nhipcau.apps.reporting.actions.enter_signed import Signed, enter_signed
from nhipcau.apps.reporting.actions.freeze_report import freeze_report
from nhipcau.apps.reporting.actions.set_head import HeadGiven, head_mark, set_head
from nhipcau.apps.reporting.actions.take_edited import take_edited
from nhipcau.apps.reporting.actions.take_report import take_report
from nhipcau.apps.reporting.actions.withdraw_report import withdraw_report
from nhipcau.apps.reporting.draft_journal import Place
from nhipcau.apps.reporting.models import Consolidation, Passage, ReportFile, SignedReport, TakenReport
from nhipcau.apps.reporting.producing import docx_of
from nhipcau.apps.reporting.refusals import Refused, Stale
from nhipcau.apps.reporting.tests.provinces import Province, indicator, province
from nhipcau.apps.reporting.verifying import verify_all
from nhipcau.core.reportfile import check, sealed

pytestmark = pytest.mark.django_db

HEAD = HeadGiven(
    subject="Kết quả công tác về người Việt Nam ở nước ngoài",
    letterhead={"agency": "Sở Ngoại vụ", "parent_body": "", "symbol": "SNgV", "place": "Lam Giang"},
    recipients=["Ủy ban nhân dân tỉnh"],
    signature={"authority": [], "title": "GIÁM ĐỐC", "name": "Phạm Thị Lãnh"},
)


@pytest.fixture(autouse=True)
def no_office(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are made at once, but for the PDF: LibreOffice has tests of its own."""
    settings.JOBS_INLINE = True
    monkeypatch.setattr("nhipcau.apps.reporting.producing.can_make_pdf", lambda: False)


@pytest.fixture
def found(cast: Cast) -> Province:
    """Two of three communes have sent."""
    made = province(cast, [indicator("kieu-bao", name="Số kiều bào")])
    for name in ("Xã Bến Đò", "Xã Cầu Mới", "Xã Đông Nam"):
        made.unit(name)
    made.report("Xã Bến Đò", text="Đã mở 3 lớp tiếng Việt.", values={"kieu-bao": 12})
    made.report("Xã Cầu Mới", text="Tiếp tục phối hợp.", values={"kieu-bao": 5})
    return made


@pytest.fixture
def draft(found: Province, cast: Cast) -> Consolidation:
    """With a head and one paragraph."""
    made = begin_consolidation(found.period, actor=cast.coordinator)
    passage = Passage.objects.get(submission__obligation=found.units["Xã Bến Đò"])
    take_passages(made, Pick(passage.pk), actor=cast.coordinator)
    return set_head(made, HEAD, seen=head_mark(made), actor=cast.coordinator)


def frozen(draft: Consolidation, cast: Cast, **more: Any) -> SignedReport:
    draft.refresh_from_db()
    return freeze_report(draft, revision=draft.revision, actor=cast.coordinator, **more)


def sign(report: SignedReport, cast: Cast, **more: Any) -> SignedReport:
    given = {"number": "12/BC-SNgV", "issued_on": timezone.localdate(), "signer": "Phạm Thị Lãnh"} | more
    return enter_signed(report, Signed(**given), actor=cast.coordinator)


def kept(data: bytes, name: str, cast: Cast) -> Upload:
    return attach_file(io.BytesIO(data), name, actor=cast.coordinator)


def test_what_is_frozen_holds_figures_text_and_sources(draft: Consolidation, cast: Cast) -> None:
    report = frozen(draft, cast)
    assert check(report.content) == []
    total = report.content["indicators"][0]["total"]
    assert (total["amount"], total["answered"], total["of"], len(total["missing"])) == ("17", 2, 3, 1)
    (paragraph,) = report.content["sections"][0]["paragraphs"]
    assert paragraph["text"] == "Đã mở 3 lớp tiếng Việt."
    assert paragraph["sources"][0]["received_number"].startswith("TN-")
    assert [each["text"] for each in report.content["not_taken"]] == ["Tiếp tục phối hợp."]
    kinds = set(ReportFile.objects.filter(report=report).values_list("kind", flat=True))
    assert kinds == {"docx", "xlsx"}


def test_what_is_frozen_is_vietnamese_whatever_the_page_is_read_in(draft: Consolidation, cast: Cast) -> None:
    with translation.override("en"):
        report = frozen(draft, cast)
    assert {unit["group"] for unit in report.content["units"]} == {"Xã, phường"}


def test_changes_after_freezing_change_nothing_that_was_frozen(
    draft: Consolidation, found: Province, cast: Cast
) -> None:
    report = frozen(draft, cast)
    found.report("Xã Đông Nam", text="Gửi sau.", values={"kieu-bao": 100})
    report.refresh_from_db()
    assert report.content["indicators"][0]["total"]["amount"] == "17"
    assert [problems for _name, _digest, problems in verify_all()] == [[]]


def test_the_database_refuses_to_change_what_is_frozen(draft: Consolidation, cast: Cast) -> None:
    report = frozen(draft, cast)
    for change in ({"content": {}}, {"digest": "1" * 64}, {"version": 9}):
        with pytest.raises(DatabaseError), transaction.atomic():
            SignedReport.objects.filter(pk=report.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        report.delete()


def test_verifying_finds_content_and_digest_that_were_changed_together(
    draft: Consolidation, cast: Cast
) -> None:
    report = frozen(draft, cast)
    forged = dict(report.content)
    forged["period"] = {**forged["period"], "title": "Kỳ khác"}
    forged = sealed(forged)
    report.content, report.digest = forged, forged["digest"]
    # As if the row had been changed behind the application's back.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SignedReport.objects, "order_by", lambda *_: _Rows([report]))
        ((_name, _digest, problems),) = verify_all()
    assert [problem.code for problem in problems] == ["digest"]


class _Rows(list[SignedReport]):
    def iterator(self, chunk_size: int) -> Iterator[SignedReport]:
        return iter(self)


@pytest.mark.parametrize("name", ["outsider", "officer", "commune_officer", "reader", "leaver"])
def test_only_coordinators_sign_off(draft: Consolidation, cast: Cast, name: str) -> None:
    with pytest.raises((PermissionDenied, Http404)):
        freeze_report(draft, revision=draft.revision, actor=getattr(cast, name))
    assert frozen(draft, cast).version == 1


def test_a_draft_that_changed_since_it_was_seen_is_not_frozen(
    draft: Consolidation, found: Province, cast: Cast
) -> None:
    seen = draft.revision
    write_paragraph(draft, Place(found.sections["narrative"].pk), "Thêm.", actor=cast.second_coordinator)
    with pytest.raises(Stale):
        freeze_report(draft, revision=seen, actor=cast.coordinator)


def test_of_two_who_write_the_head_the_slower_is_told(draft: Consolidation, cast: Cast) -> None:
    seen = head_mark(draft)
    set_head(draft, HeadGiven(subject="Khác", letterhead={}), seen=seen, actor=cast.second_coordinator)
    with pytest.raises(Stale) as caught:
        set_head(draft, HEAD, seen=seen, actor=cast.coordinator)
    assert "Trần Văn Phối" in caught.value.message()


def test_without_a_head_and_with_unknown_figures_it_is_refused(
    draft: Consolidation, found: Province, cast: Cast
) -> None:
    write_paragraph(
        draft, Place(found.sections["narrative"].pk), "Có [[khong-co]] người.", actor=cast.coordinator
    )
    with pytest.raises(Refused, match="unresolved"):
        frozen(draft, cast)
    Consolidation.objects.filter(pk=draft.pk).update(letterhead={})
    with pytest.raises(Refused, match="no-head"):
        frozen(draft, cast)


def test_a_correction_is_another_version_with_a_reason_and_what_it_changed(
    draft: Consolidation, found: Province, cast: Cast, signed_in: SignedIn
) -> None:
    first = frozen(draft, cast)
    with pytest.raises(Refused, match="frozen-already"):
        frozen(draft, cast, reason="Vội")
    sign(first, cast)
    with pytest.raises(Refused, match="reason"):
        frozen(draft, cast, reason=" ")
    found.report("Xã Đông Nam", text="Gửi sau.", values={"kieu-bao": 100})
    second = frozen(draft, cast, reason="Xã Đông Nam gửi bổ sung")
    assert (second.version, second.previous_id) == (2, first.pk)
    assert second.content["report"]["previous"] == first.digest
    page = signed_in("leader").get(f"/reports/signed/{second.pk}/").content.decode()
    assert "17 (2/3)" in page
    assert "117 (3/3)" in page
    assert "Xã Đông Nam gửi bổ sung" in page


def test_a_withdrawn_version_stays_readable_and_gives_way(draft: Consolidation, cast: Cast) -> None:
    first = frozen(draft, cast)
    with pytest.raises(Refused, match="reason"):
        withdraw_report(first, reason="", actor=cast.coordinator)
    withdraw_report(first, reason="Sai trích yếu", actor=cast.coordinator)
    with pytest.raises(Refused, match="withdrawn-already"):
        withdraw_report(first, reason="Lại", actor=cast.coordinator)
    with pytest.raises(Refused, match="not-frozen"):
        sign(first, cast)
    second = frozen(draft, cast, reason="Sửa trích yếu")
    assert (second.version, second.previous) == (2, None)


def test_the_edited_text_shows_what_it_changed_and_which_figures(draft: Consolidation, cast: Cast) -> None:
    report = frozen(draft, cast)
    document = docx.Document(io.BytesIO(docx_of(report)))
    for paragraph in document.paragraphs:
        if "3 lớp" in paragraph.text:
            paragraph.runs[0].text = "Đã mở 4 lớp tiếng Việt."
    document.add_paragraph("Đoạn thêm trong Word.")
    out = io.BytesIO()
    document.save(out)
    report = take_edited(report, kept(out.getvalue(), "sửa.docx", cast), actor=cast.coordinator)
    assert [(each["old"], each["new"], each["figures"]) for each in report.edits] == [
        ("Đã mở 3 lớp tiếng Việt.", "Đã mở 4 lớp tiếng Việt.", True),
        ("", "Đoạn thêm trong Word.", False),
    ]
    assert report.content["sections"][0]["paragraphs"][0]["text"] == "Đã mở 3 lớp tiếng Việt."


def test_the_produced_text_taken_in_again_changes_nothing(draft: Consolidation, cast: Cast) -> None:
    report = frozen(draft, cast)
    taken = take_edited(report, kept(docx_of(report), "a.docx", cast), actor=cast.coordinator)
    assert (taken.edits, [each for each in taken.form_findings if each["severity"] == "error"]) == ([], [])


def test_where_the_edited_text_departs_from_the_form_is_said(
    draft: Consolidation, cast: Cast, signed_in: SignedIn
) -> None:
    report = frozen(draft, cast)
    document = docx.Document(io.BytesIO(docx_of(report)))
    document.sections[0].left_margin = document.sections[0].page_width // 10 - 200_000
    out = io.BytesIO()
    document.save(out)
    report = take_edited(report, kept(out.getvalue(), "lề.docx", cast), actor=cast.coordinator)
    assert [each["element"] for each in report.form_findings if each["severity"] == "error"] == ["page"]
    page = signed_in("coordinator").get(f"/reports/signed/{report.pk}/").content.decode()
    assert "thể thức văn bản hành chính" in page
    assert "lề" in page.lower()


def blank_pdf() -> bytes:
    made = pypdfium2.PdfDocument.new()
    made.new_page(595, 842)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_the_signed_paper_is_kept_with_number_day_signer_and_what_its_signature_says(
    draft: Consolidation, cast: Cast
) -> None:
    report = frozen(draft, cast)
    with pytest.raises(Refused, match="signed-day"):
        sign(report, cast, issued_on=timezone.localdate() + timedelta(days=1))
    with pytest.raises(Refused, match="no-number"):
        sign(report, cast, number=" ")
    with pytest.raises(Refused, match="not-pdf"):
        sign(report, cast, file=kept(docx_of(report), "b.docx", cast))
    report = sign(report, cast, file=kept(blank_pdf(), "ký.pdf", cast))
    assert (report.state, report.number, report.signatures) == ("signed", "12/BC-SNgV", [])
    with pytest.raises(DatabaseError), transaction.atomic():
        SignedReport.objects.filter(pk=report.pk).update(number="13/BC-SNgV")
    with pytest.raises(Refused, match="not-frozen"):
        sign(report, cast)


def test_what_one_instance_froze_another_takes_in_once(draft: Consolidation, cast: Cast) -> None:
    first = frozen(draft, cast)
    data = json.dumps(first.content).encode()
    taken = take_report(data, actor=cast.coordinator)
    assert (taken.digest, taken.title) == (first.digest, first.period.title)
    with pytest.raises(Refused, match="taken-already"):
        take_report(data, actor=cast.coordinator)
    with pytest.raises(Refused, match="bad-report"):
        take_report(data.replace(b"kieu-bao", b"kieu-bia"), actor=cast.coordinator)
    with pytest.raises(PermissionDenied):
        take_report(data, actor=cast.leader)
    sign(first, cast)
    second = frozen(draft, cast, reason="Bổ sung")
    again = take_report(json.dumps(second.content).encode(), actor=cast.coordinator)
    assert again.previous == taken
    assert TakenReport.objects.count() == 2


def test_the_pages_lead_from_the_draft_to_the_signed_paper(
    draft: Consolidation, found: Province, cast: Cast, signed_in: SignedIn
) -> None:
    client = signed_in("coordinator")
    page = client.get(f"/reports/periods/{found.period.pk}/finish/").content.decode()
    assert "Xã Đông Nam" in page
    address = f"/reports/periods/{found.period.pk}/freeze/"
    answer = client.post(address, {"revision": draft.revision + 5})
    assert answer.status_code == 422
    draft.refresh_from_db()
    answer = client.post(address, {"revision": draft.revision})
    report = SignedReport.objects.get()
    assert answer.headers["Location"] == f"/reports/signed/{report.pk}/"
    for kind in ("docx", "xlsx", "json"):
        answer = client.get(f"/reports/signed/{report.pk}/{kind}/")
        assert answer.status_code == 200
        assert b"".join(answer)
    for kind in ("pdf", "edited", "signed", "exe"):
        assert client.get(f"/reports/signed/{report.pk}/{kind}/").status_code == 404
    file = SimpleUploadedFile("ký.pdf", blank_pdf())
    given = {
        "number": "12/BC-SNgV",
        "issued_on": timezone.localdate().strftime("%d/%m/%Y"),
        "signer": "Lãnh",
        "file": file,
    }
    assert client.post(f"/reports/signed/{report.pk}/enter/", given).status_code == 302
    page = client.get(f"/reports/signed/{report.pk}/").content.decode()
    assert "12/BC-SNgV" in page
    assert "Tệp không có chữ ký số" in page
    officer = signed_in("officer")
    assert officer.get(f"/reports/signed/{report.pk}/").status_code == 200
    assert "12/BC-SNgV" in officer.get("/reports/signed/").content.decode()


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_pdf_is_made_where_libreoffice_is(
    draft: Consolidation, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nhipcau.apps.reporting.producing.can_make_pdf", lambda: True)
    report = frozen(draft, cast)
    assert ReportFile.objects.get(report=report, kind="pdf").upload.format == "pdf"


def test_the_lists_make_the_same_few_queries_however_long(
    draft: Consolidation, cast: Cast, signed_in: SignedIn, django_assert_max_num_queries: Any
) -> None:
    client = signed_in("coordinator")
    frozen(draft, cast)
    client.get("/reports/signed/")
    with django_assert_max_num_queries(14):
        client.get("/reports/signed/")
    with django_assert_max_num_queries(14):
        client.get("/reports/taken/")
