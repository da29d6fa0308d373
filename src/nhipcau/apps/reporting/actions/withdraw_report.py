"""A frozen report is withdrawn before it was signed: it stays readable, and another can be frozen."""

from __future__ import annotations

from django.db import transaction

from nhipcau.apps.access.act import act
from nhipcau.apps.access.policies import require
from nhipcau.apps.accounts.models import User
from nhipcau.apps.reporting.models import SignedReport
from nhipcau.apps.reporting.refusals import Refused


def withdraw_report(report: SignedReport, *, reason: str, actor: User) -> SignedReport:
    """Raises Refused: "reason", "signed-already", "withdrawn-already"."""
    require(actor, "withdraw", report)
    if not reason.strip():
        raise Refused("reason")
    with transaction.atomic():
        row = SignedReport.objects.select_for_update().get(pk=report.pk)
        if row.state != SignedReport.State.FROZEN:
            signed = row.state == SignedReport.State.SIGNED
            raise Refused("signed-already" if signed else "withdrawn-already")
        with act(actor, "reporting.withdraw_report", row, permission="withdraw", reason=reason.strip()):
            row.state = SignedReport.State.WITHDRAWN
            row.save(update_fields=["state"])
    return row
