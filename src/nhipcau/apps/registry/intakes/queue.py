"""The jobs of an intake by name, and how they are begun."""

from __future__ import annotations

from django.conf import settings
from procrastinate.contrib.django import app

from nhipcau.apps.registry.models import Intake

CHECK, BRING_IN, TAKE_BACK = "registry.check_intake", "registry.bring_in", "registry.take_back"
ALL = (CHECK, BRING_IN, TAKE_BACK)


def begin(job: str, intake: Intake) -> None:
    """By a job that is stored in the running transaction; at once where settings say so."""
    if getattr(settings, "JOBS_INLINE", False):
        app.tasks[job](intake.pk)
    else:
        app.configure_task(job).defer(intake_id=intake.pk)
