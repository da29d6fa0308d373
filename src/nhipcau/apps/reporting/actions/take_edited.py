"""The text as edited in Word is taken in again, as the version to sign, with what it changed."""

from __future__ import annotations

from django.db import transaction

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.policies import require
from nhipcau.apps.accounts.models import User
from nhipcau.apps.files.models import Upload
from nhipcau.apps.reporting.edited import edits_between, findings_of
from nhipcau.apps.reporting.models import SignedReport
from nhipcau.apps.reporting.refusals import Refused


def take_edited(report: SignedReport, upload: Upload, *, actor: User) -> SignedReport:
    """The report with the edited text, and where that departs from the form. A later one replaces an earlier
    one; what was frozen stays as it is.

    Raises Refused: "not-frozen", "not-word", "unreadable-word".
    """
    require(actor, "edit", report)
    if upload.format != "docx":
        raise Refused("not-word")
    edits, findings = edits_between(report, upload), findings_of(upload)
    with transaction.atomic():
        row = SignedReport.objects.select_for_update().get(pk=report.pk)
        if row.state != SignedReport.State.FROZEN:
            raise Refused("not-frozen")
        with act(actor, "reporting.take_edited", row, permission="edit") as entry:
            row.edited, row.edits, row.form_findings = upload, edits, findings
            row.save(update_fields=["edited", "edits", "form_findings"])
            note(entry, upload=str(upload.pk), changes=len(edits))
    return row
