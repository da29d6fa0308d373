"""What the checker found of a list is kept: its columns to be told, its rows, or why it was refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import System
from nhipcau.apps.files.models import LongWork
from nhipcau.apps.registry.intakes.files import MARKED, forget, keep, keep_numbers
from nhipcau.apps.registry.intakes.reading import Reading
from nhipcau.apps.registry.intakes.storing import counts, store
from nhipcau.apps.registry.models import Intake

CHECKER = System("intake-checker")


def keep_intake(
    intake_id: int,
    reading: Reading,
    wrong: bytes,
    key: bytes,
    likely: Mapping[tuple[int, int], int] | None = None,
) -> None:
    """The findings of an intake that is being checked, its wrong rows as a workbook, sealed with its key, and
    whom rows are like (`storing.store`). A second time changes nothing.
    """
    intake = Intake.objects.select_for_update(of=("self",)).get(pk=intake_id)
    if intake.state != Intake.State.CHECKING:
        return
    with act(CHECKER, "registry.check_intake", intake, permission="confirm") as entry:
        forget(intake.marked, intake.numbers)
        user = intake.created_by_id
        intake.marked = keep(key, MARKED, [wrong], size=len(wrong), user=user) if wrong else None
        intake.numbers = keep_numbers(key, reading.numbers, user)
        intake.sheets = [plan.as_kept(samples=reading.to_map) for plan in reading.plans]
        if reading.to_map:
            intake.rows.all().delete()
            intake.state, intake.counts = Intake.State.TO_MAP, {}
        else:
            store(intake, reading.rows, likely)
            intake.state, intake.counts = Intake.State.CHECKED, counts(intake)
        intake.revision += 1
        intake.save(update_fields=["sheets", "state", "counts", "revision", "marked", "numbers"])
        finish(intake, LongWork.State.DONE)
        note(entry, **intake.counts)


def refuse_intake(intake_id: int, code: str, values: Mapping[str, Any]) -> None:
    """Close an intake whose file could not be read."""
    intake = Intake.objects.select_for_update(of=("self",)).get(pk=intake_id)
    if intake.state != Intake.State.CHECKING:
        return
    with act(CHECKER, "registry.refuse_intake", intake, permission="confirm", reason=code):
        intake.state = Intake.State.REFUSED
        intake.refusal = {"code": code, "values": dict(values)}
        intake.save(update_fields=["state", "refusal"])
        forget(intake.upload, intake.marked, intake.numbers)
        finish(intake, LongWork.State.FAILED)


def finish(intake: Intake, state: LongWork.State) -> None:
    """The work that its user follows has ended."""
    if intake.work is not None:
        work = LongWork.objects.get(pk=intake.work.pk)
        work.state, work.finished_at = state, timezone.now()
        work.done = work.total or work.done
        work.save(update_fields=["state", "finished_at", "done"])
