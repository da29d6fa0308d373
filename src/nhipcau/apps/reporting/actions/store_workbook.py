"""What a workbook says is kept, or why it could not be read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from nhipcau.apps.access.actors import System
from nhipcau.apps.files.models import LongWork
from nhipcau.apps.reporting.models import Workbook
from nhipcau.apps.reporting.workbooks.queue import STEPS
from nhipcau.apps.reporting.workbooks.reading import Came, packed

READER = System("workbook-reader")


def store_workbook(workbook_id: int, came: Came) -> Workbook | None:
    """The workbook with its lines; refused where its seal says that it is of another unit or form. None where
    it waits for no reading.
    """
    found = _waiting(workbook_id)
    if found is None:
        return None
    seal, row = came.seal, found.obligation
    if seal is None:
        return _refuse(found, "workbook-unsealed", {})
    if seal.obligation != row.pk:
        return _refuse(found, "workbook-other", {})
    if seal.form_version != row.period.form_version_id:
        return _refuse(found, "workbook-old-form", {})
    found.lines = packed(came.lines)
    found.counts = {"lines": len(came.lines), "revision": seal.revision, "strange": list(came.strange)[:20]}
    found.state = Workbook.State.READ
    found.save(update_fields=["lines", "counts", "state"])
    _finish(found, LongWork.State.DONE)
    return found


def refuse_workbook(workbook_id: int, code: str, values: Mapping[str, Any]) -> Workbook | None:
    """It could not be read: the code and its values are for the page to say."""
    found = _waiting(workbook_id)
    return None if found is None else _refuse(found, code, values)


def _waiting(workbook_id: int) -> Workbook | None:
    rows = Workbook.objects.select_for_update(of=("self",)).select_related("obligation__period", "work")
    return rows.filter(pk=workbook_id, state=Workbook.State.READING).first()


def _refuse(found: Workbook, code: str, values: Mapping[str, Any]) -> Workbook:
    found.state = Workbook.State.REFUSED
    found.refusal = {"code": code, "values": dict(values)}
    found.save(update_fields=["state", "refusal"])
    _finish(found, LongWork.State.FAILED)
    return found


def _finish(found: Workbook, state: str) -> None:
    if found.work is not None:
        found.work.state, found.work.done, found.work.finished_at = state, STEPS, timezone.now()
        found.work.save()
