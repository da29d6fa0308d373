"""The job that links, by name, and how it is begun."""

from __future__ import annotations

from procrastinate.contrib.django import app

from nhipcau.apps.registry.models import Intake, SourceRecord, Unlinked

LINK = "registry.link_records"


def begin() -> None:
    """By a job that is stored in the running transaction. It reads what was committed, so it is never run at
    once; of several that wait the first does all the work.
    """
    app.configure_task(LINK).defer()


def still_compared(intake: Intake) -> int:
    """How many records of a list wait to be compared; who does not keep the register is told of none."""
    records = SourceRecord.objects.filter(intake=intake).order_by().values("pk")
    return Unlinked.objects.filter(record__in=records).count()
