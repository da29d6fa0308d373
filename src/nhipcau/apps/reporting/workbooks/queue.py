"""Deferring the reading of a workbook."""

from __future__ import annotations

from django.conf import settings
from procrastinate.contrib.django import app

from nhipcau.apps.reporting.models import Workbook

READ = "reporting.read_workbook"
# Waiting, being read in the child, being checked and taken over.
STEPS = 3


def begin_reading(workbook: Workbook) -> None:
    """By a job that is stored in the running transaction; at once where settings say so."""
    if getattr(settings, "JOBS_INLINE", False):
        app.tasks[READ](workbook.pk)
    else:
        app.configure_task(READ).defer(workbook_id=workbook.pk)
