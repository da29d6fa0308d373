"""Work of the worker for reports."""

from __future__ import annotations

import structlog
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import QuerySet
from django.utils import timezone
from procrastinate.contrib.django import app

from nhipcau.apps.access.identity import acting
from nhipcau.apps.accounts.models import User
from nhipcau.apps.files.actions import AttachmentRefused
from nhipcau.apps.files.models import LongWork
from nhipcau.apps.reporting import (  # noqa: F401  # only the module `jobs` is looked for
    letter_jobs,
    period_jobs,
    workbook_jobs,
)
from nhipcau.apps.reporting.models import ReportFile, SignedReport
from nhipcau.apps.reporting.producing import PRODUCE, keep, makers
from nhipcau.core.planreader.refusal import Refusal

_log = structlog.get_logger("nhipcau.reporting")


@app.task(name=PRODUCE, queue="reporting")
def produce(report_id: int, user_id: int) -> None:
    """The files of a frozen report. Each is kept as soon as it is made; made twice it is one."""
    owner = User.objects.get(pk=user_id)
    report = SignedReport.objects.get(pk=report_id)
    failed: list[str] = []
    made = makers()
    for done, (kind, make) in enumerate(made.items(), start=1):
        if not ReportFile.objects.filter(report=report, kind=kind).exists():
            try:
                _keep(report, kind, make(report), owner)
            except (Refusal, AttachmentRefused) as refused:
                failed.append(kind)
                _log.warning("report file not made", report=report.pk, kind=str(kind), cause=str(refused))
        _at(report, done, len(made))
    state = LongWork.State.FAILED if failed else LongWork.State.DONE
    _work(report).update(
        state=state, finished_at=timezone.now(), outcome={"report": report.pk, "failed": failed}
    )


def _keep(report: SignedReport, kind: ReportFile.Kind, data: bytes, owner: User) -> None:
    """In a transaction of its own with the owner's identity; part of the running one where there is one."""
    if connections[DEFAULT_DB_ALIAS].in_atomic_block:
        with transaction.atomic():
            keep(report, kind, data, actor=owner)
    else:
        with acting(owner):
            keep(report, kind, data, actor=owner)


def _at(report: SignedReport, done: int, total: int) -> None:
    _work(report).update(state=LongWork.State.RUNNING, done=done, total=total)


def _work(report: SignedReport) -> QuerySet[LongWork]:
    return LongWork.objects.filter(pk__in=[report.work_id])
