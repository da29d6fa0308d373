"""Reports that the demo lacks: one signed off, one of another province, a workbook with faults."""

from __future__ import annotations

import io
import json
import tempfile
from pathlib import Path
from unittest import mock

from django.urls import reverse

from nhipcau.apps.access.identity import acting
from nhipcau.apps.accounts.models import User
from nhipcau.apps.reporting.actions import begin_consolidation, generate_draft
from nhipcau.apps.reporting.actions.create_form import begin_version
from nhipcau.apps.reporting.actions.freeze_report import freeze_report
from nhipcau.apps.reporting.actions.set_head import HeadGiven, head_mark, set_head
from nhipcau.apps.reporting.actions.take_report import take_report
from nhipcau.apps.reporting.actions.upload_workbook import upload_workbook
from nhipcau.apps.reporting.models import Obligation, Period, SectionIndicator, SignedReport, Workbook
from nhipcau.apps.reporting.tests.test_workbooks import put, saved
from nhipcau.apps.reporting.workbooks.outgoing import form_as_workbook
from nhipcau.core.tablereader import read_tables

HEAD = HeadGiven(
    subject="Kết quả công tác 6 tháng",
    letterhead={"agency": "Sở Ngoại vụ", "parent_body": "", "symbol": "SNgV", "place": "Lam Giang"},
)


def reports_of(coordinator: User) -> list[str]:
    """Their pages, and those of the period that lists link to only in part."""
    period = Period.objects.filter(state=Period.State.OPEN).earliest("pk")
    owed = period.obligations.filter(state=Obligation.State.WAITING).earliest("pk")
    came = period.obligations.filter(state=Obligation.State.SENT).earliest("pk")
    # LibreOffice has tests of its own.
    with acting(coordinator), mock.patch("nhipcau.apps.reporting.producing.can_make_pdf", return_value=False):
        report = _signed_off(period, coordinator)
        taken = take_report(json.dumps(report.content).encode(), actor=coordinator)
        book = _workbook(owed, coordinator)
        changed = begin_version(period.form_version.form, actor=coordinator)
    version, section = period.form_version, changed.sections.earliest("pk")
    return [
        reverse("reporting:period", args=[period.pk]),
        reverse("reporting:consolidation", args=[period.pk]),
        reverse("reporting:finish", args=[period.pk]),
        reverse("reporting:signed", args=[report.pk]),
        reverse("reporting:taken", args=[taken.pk]),
        reverse("reporting:report", args=[came.pk]),
        reverse("reporting:report", args=[owed.pk]),
        reverse("reporting:report_print", args=[came.pk]),
        reverse("reporting:approve_reports", args=[period.pk]),
        reverse("reporting:letter", args=[period.pk]),
        reverse("reporting:workbook_read", args=[book.pk]),
        reverse("reporting:form", args=[version.form_id]),
        reverse("reporting:form_version", args=[version.pk]),
        reverse("reporting:form_build", args=[changed.pk]),
        reverse("reporting:form_section", args=[section.pk]),
    ]


def own_reports(officer: User) -> list[str]:
    """What her unit owes, and asking for more time."""
    own = officer.appointments.values("organisation")
    owed = Obligation.objects.filter(organisation__in=own).earliest("pk")
    return [reverse("reporting:own"), reverse("reporting:report_time", args=[owed.pk])]


def _signed_off(period: Period, coordinator: User) -> SignedReport:
    draft = begin_consolidation(period, actor=coordinator)
    generate_draft(draft, actor=coordinator)
    draft.refresh_from_db()
    set_head(draft, HEAD, seen=head_mark(draft), actor=coordinator)
    draft.refresh_from_db()
    return freeze_report(draft, revision=draft.revision, actor=coordinator)


def _workbook(owed: Obligation, coordinator: User) -> Workbook:
    """Handed in for a unit, one of its cells no figure."""
    asked = SectionIndicator.objects.filter(section__version=owed.period.form_version_id).earliest("pk")
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        file.write(form_as_workbook(owed, "Đơn vị", draft=False, last=False))
        file.flush()
        sheets = read_tables(Path(file.name))
    put(sheets, "figures", f"f{asked.pk}", amount="tám")
    return upload_workbook(owed, io.BytesIO(saved(sheets)), "bieu.xlsx", actor=coordinator)
