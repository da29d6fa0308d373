"""The job's part of an export: written for who asked, with what she may read now; or why it is not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import System
from nhipcau.apps.accounts.models import User
from nhipcau.apps.files.models import LongWork
from nhipcau.apps.notices.actions import tell
from nhipcau.apps.registry.models import Export

EXPORTER = System("exports")


def keep_export(export: Export, *, file: Export, holds: Sequence[int], actor: User) -> Export:
    """The file is there, and for how long. `file`: where `export_files.keep` put it."""
    with act(actor, "registry.write_export", export, permission="take") as entry:
        export.state, export.digest = Export.State.READY, file.digest
        export.file, export.file_key = file.file, file.file_key
        export.count, export.holds = len(holds), list(holds)
        export.ready_at = timezone.now()
        export.expires_at = export.ready_at + timedelta(days=settings.EXPORT_DAYS)
        export.save()
        _finish(export, LongWork.State.DONE)
        note(entry, count=export.count, digest=export.digest)
        tell(
            [export.asked_by],
            "registry.export_ready",
            key=f"export_ready:{export.pk}",
            actor=EXPORTER,
            about=export,
            people=export.count,
            until=timezone.localdate(export.expires_at),
        )
    return export


def send_back_export(export: Export, people: int) -> Export:
    """More people fit now than the second officer agreed to: asked again."""
    with act(EXPORTER, "registry.fail_export", export, permission="decide") as entry:
        export.state, export.people = Export.State.WAITING, people
        export.decided_by, export.decided_at = None, None
        export.save(update_fields=["state", "people", "decided_by", "decided_at"])
        _finish(export, LongWork.State.FAILED)
        note(entry, people=people)
    return export


def fail_export(export: Export) -> Export:
    """The log says why."""
    with act(EXPORTER, "registry.fail_export", export, permission="decide"):
        export.state = Export.State.FAILED
        export.save(update_fields=["state"])
        _finish(export, LongWork.State.FAILED)
    return export


def _finish(export: Export, state: LongWork.State) -> None:
    if export.work is not None:
        export.work.state, export.work.finished_at = state, timezone.now()
        export.work.save(update_fields=["state", "finished_at"])
