"""Tasks that are there already get the kind that their words make likely; nobody has said one yet."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from nhipcau.core.planreader.task_kinds import likely_kind

CHUNK = 1000


def propose(apps: Any, _schema: Any) -> None:
    Task = apps.get_model("plans", "Task")
    changed = []
    for task in Task.objects.only("pk", "text").iterator(chunk_size=CHUNK):
        task.likely_kind = likely_kind(task.text)
        if task.likely_kind:
            changed.append(task)
    Task.objects.bulk_update(changed, ["likely_kind"], batch_size=CHUNK)


class Migration(migrations.Migration):
    dependencies = [("plans", "0004_kinds_and_money")]
    operations = [migrations.RunPython(propose, migrations.RunPython.noop)]
