"""A list that came to nothing, or whose time is over, loses rows, files and name; that it was sent stays."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.db.models import Exists, OuterRef, Q

from nhipcau.apps.files.models import Upload
from nhipcau.apps.registry.intakes.files import forget
from nhipcau.apps.registry.models import Intake, IntakeRow

TO_NOTHING = (Intake.State.REFUSED, Intake.State.DROPPED, Intake.State.UNDONE)
FILES = ("upload", "numbers", "marked")


def with_content(intakes: models.QuerySet[Intake]) -> models.QuerySet[Intake]:
    """Those of which something is still there, with their files."""
    there = Exists(IntakeRow.objects.filter(intake=OuterRef("pk"))) | ~Q(name="") | ~Q(sheets=[])
    for file in FILES:
        there |= Q(**{f"{file}__state": Upload.State.KEPT})
    return intakes.filter(there).select_related(*FILES)


def empty(intakes: Iterable[Intake]) -> int:
    """How many lists lost theirs."""
    count = 0
    for intake in intakes:
        IntakeRow.objects.filter(intake=intake).delete()
        code = (intake.refusal or {}).get("code")
        Intake.objects.filter(pk=intake.pk).update(
            sheets=[], name="", file_key=None, refusal={"code": code, "values": {}} if code else None
        )
        forget(*(getattr(intake, file) for file in FILES))
        count += 1
    return count
