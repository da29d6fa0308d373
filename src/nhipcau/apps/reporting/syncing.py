"""Rows of one submission made to be those wanted: few statements, and what is the same is not touched."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

from django.db import models

from nhipcau.apps.reporting.models import Submission

Row = TypeVar("Row", bound=models.Model)


def make_rows(
    model: type[Row],
    submission: Submission,
    wanted: Sequence[Row],
    key: Callable[[Row], Hashable],
) -> None:
    """One query to look, and at most one each to delete, to change, to add. The first of two rows with the
    same key counts.
    """
    manager = model._default_manager
    there = {key(row): row for row in manager.filter(submission=submission)}
    new: dict[Hashable, Row] = {}
    for row in wanted:
        new.setdefault(key(row), row)
    gone = [row.pk for name, row in there.items() if name not in new]
    if gone:
        manager.filter(pk__in=gone).delete()
    columns = [
        field.attname for field in model._meta.concrete_fields if field.attname not in ("id", "submission_id")
    ]
    changed = []
    for name, row in new.items():
        old = there.get(name)
        if old is not None and any(getattr(old, column) != getattr(row, column) for column in columns):
            row.pk = old.pk
            changed.append(row)
    if changed:
        names = [field.name for field in model._meta.concrete_fields if field.attname in columns]
        manager.bulk_update(changed, names, batch_size=500)
    manager.bulk_create([row for name, row in new.items() if name not in there], batch_size=500)
