"""The coordinator signs off: values, labels, text, template and sources are frozen with a digest."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone, translation

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.policies import require
from nhipcau.apps.accounts.models import User
from nhipcau.apps.reporting.consolidated import consolidated
from nhipcau.apps.reporting.content import Edition, Head, content_of
from nhipcau.apps.reporting.letterhead import letterhead_of
from nhipcau.apps.reporting.models import Consolidation, Period, SignedReport
from nhipcau.apps.reporting.producing import begin_producing
from nhipcau.apps.reporting.refusals import Refused, Stale

State = SignedReport.State


def freeze_report(draft: Consolidation, *, revision: int, actor: User, reason: str = "") -> SignedReport:
    """The frozen report of the draft's period, its documents under way.

    `revision` is the draft's that was seen. A second version needs a `reason` and a first one that was
    signed or withdrawn. Raises Stale, Refused: "no-head", "unresolved", "empty-report", "frozen-already",
    "reason".
    """
    require(actor, "freeze", draft)
    with transaction.atomic():
        period = Period.objects.select_for_update().get(pk=draft.period_id)
        row = Consolidation.objects.select_for_update().get(pk=draft.pk)
        if row.revision != revision:
            raise Stale("stale", row.changed_by, row.changed_at)
        last = SignedReport.objects.filter(period=period).order_by("-version").first()
        _check(row, last, reason)
        # What is frozen is the document's: its labels are Vietnamese, whatever language the page is in.
        with translation.override("vi"):
            found = consolidated(period)
        if found.unresolved:
            raise Refused("unresolved", tokens=", ".join(found.unresolved[:5]))
        if not any(section.paragraphs for section in found.sections) and not found.indicators:
            raise Refused("empty-report")
        signed = SignedReport.objects.filter(period=period, state=State.SIGNED).order_by("-version").first()
        edition = Edition(
            version=last.version + 1 if last else 1,
            previous=signed.digest if signed else None,
            reason=reason.strip(),
            at=timezone.now(),
            by=actor.full_name,
        )
        content = content_of(found, head_of(row, actor), edition)
        with act(actor, "reporting.freeze_report", SignedReport, permission="create") as entry:
            report = SignedReport.objects.create(
                period=period,
                version=edition.version,
                previous=signed,
                reason=edition.reason,
                content=content,
                digest=content["digest"],
                frozen_by=actor,
            )
            entry.subject = report
            note(entry, digest=report.digest, version=report.version, period=period.pk)
        begin_producing(report, actor)
    return report


def head_of(draft: Consolidation, actor: User) -> Head:
    """What stands around the text: as written down, else as the system knows it."""
    known, given = letterhead_of(actor), draft.letterhead
    return Head(
        agency=given.get("agency") or known.agency,
        parent_body=given.get("parent_body", known.parent_body),
        symbol=given.get("symbol") or known.symbol,
        place=given.get("place") or known.place,
        province=known.province or known.place or given.get("place", ""),
        subject=draft.subject,
        bases=tuple(draft.bases),
        addressed_to=tuple(draft.addressed_to),
        recipients=tuple(draft.recipients),
        signature=draft.signature,
    )


def _check(draft: Consolidation, last: SignedReport | None, reason: str) -> None:
    if not draft.subject or not draft.letterhead.get("agency"):
        raise Refused("no-head")
    if last is not None and last.state == State.FROZEN:
        raise Refused("frozen-already", version=last.version)
    if last is not None and not reason.strip():
        raise Refused("reason")
