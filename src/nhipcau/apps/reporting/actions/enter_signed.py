"""The signed paper comes back: number and day of the document-management system, signer, the signed file."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.policies import require
from nhipcau.apps.accounts.models import User
from nhipcau.apps.files import store
from nhipcau.apps.files.models import Upload
from nhipcau.apps.reporting.models import SignedReport
from nhipcau.apps.reporting.refusals import Refused
from nhipcau.core.pdfsignature import SignatureRefused, signatures_of


@dataclass(frozen=True, slots=True)
class Signed:
    """`file` is the signed PDF, or a scan of the paper."""

    number: str
    issued_on: date
    signer: str
    file: Upload | None = None


def enter_signed(report: SignedReport, signed: Signed, *, actor: User) -> SignedReport:
    """The report as signed. What the file's digital signatures say is kept beside it.

    Raises Refused: "not-frozen", "no-number", "signed-day", "not-pdf", "unreadable-pdf".
    """
    require(actor, "enter_signed", report)
    if not signed.number.strip() or not signed.signer.strip():
        raise Refused("no-number")
    if signed.issued_on > timezone.localdate():
        raise Refused("signed-day")
    found = _signatures(signed.file)
    with transaction.atomic():
        row = SignedReport.objects.select_for_update().get(pk=report.pk)
        if row.state != SignedReport.State.FROZEN:
            raise Refused("not-frozen")
        with act(actor, "reporting.enter_signed", row, permission="enter_signed") as entry:
            row.state = SignedReport.State.SIGNED
            row.number, row.issued_on = " ".join(signed.number.split()), signed.issued_on
            row.signer = " ".join(signed.signer.split())
            row.signed_file, row.signatures = signed.file, found
            row.signed_entered_by, row.signed_entered_at = actor, timezone.now()
            row.save()
            note(entry, number=row.number, issued_on=row.issued_on.isoformat(), signatures=len(found))
    return row


def _signatures(upload: Upload | None) -> list[dict[str, object]]:
    if upload is None:
        return []
    if upload.format != "pdf":
        raise Refused("not-pdf")
    try:
        found = signatures_of(store.path_of(upload.sha256), settings.TRUST_ROOTS)
    except SignatureRefused as refused:
        raise Refused("unreadable-pdf") from refused
    return [asdict(each) for each in found]
