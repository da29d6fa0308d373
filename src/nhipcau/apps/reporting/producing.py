"""The files of a frozen report are made by a job: Word, the workbook of annexes, PDF where LibreOffice is."""

from __future__ import annotations

import io
from collections.abc import Callable

from django.conf import settings
from procrastinate.contrib.django import app

from nhipcau.apps.accounts.models import User
from nhipcau.apps.files import store
from nhipcau.apps.files.actions import attach_file
from nhipcau.apps.files.models import LongWork
from nhipcau.apps.reporting.annex_workbook import annex_workbook
from nhipcau.apps.reporting.document import official_document
from nhipcau.apps.reporting.models import ReportFile, SignedReport
from nhipcau.core.officialdoc import write_docx
from nhipcau.core.officialdoc.pdf import can_make_pdf, to_pdf

PRODUCE = "reporting.produce"
Kind = ReportFile.Kind


def begin_producing(report: SignedReport, owner: User) -> None:
    """Store the job in the running transaction; run it at once where settings say so."""
    report.work = LongWork.objects.create(kind=PRODUCE, owner=owner, total=3, outcome={"report": report.pk})
    report.save(update_fields=["work"])
    if getattr(settings, "JOBS_INLINE", False):
        app.tasks[PRODUCE](report_id=report.pk, user_id=owner.pk)
    else:
        app.configure_task(PRODUCE).defer(report_id=report.pk, user_id=owner.pk)


def docx_of(report: SignedReport) -> bytes:
    """The same bytes for the same frozen content."""
    return write_docx(official_document(report.content))


def pdf_of(report: SignedReport) -> bytes:
    """Raises planreader's Refusal."""
    return to_pdf(docx_of(report), scratch=store.scratch())


def makers() -> dict[Kind, Callable[[SignedReport], bytes]]:
    """What can be made here, in order."""
    made: dict[Kind, Callable[[SignedReport], bytes]] = {
        Kind.DOCX: docx_of,
        Kind.XLSX: lambda report: annex_workbook(report.content),
    }
    return {**made, Kind.PDF: pdf_of} if can_make_pdf() else made


def file_name(report: SignedReport, kind: str) -> str:
    """As in "bao-cao-ky-12-ban-1.docx"."""
    return f"bao-cao-ky-{report.period_id}-ban-{report.version}.{kind}"


def keep(report: SignedReport, kind: Kind, data: bytes, *, actor: User) -> ReportFile:
    """One file, made once: a second time gives the first. Raises AttachmentRefused."""
    found = ReportFile.objects.filter(report=report, kind=kind).first()
    if found is not None:
        return found
    upload = attach_file(io.BytesIO(data), file_name(report, kind), actor=actor)
    return ReportFile.objects.create(report=report, kind=kind, upload=upload)
