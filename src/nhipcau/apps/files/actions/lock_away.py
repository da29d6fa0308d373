"""A kept file turned out to bear a mark of secrecy: its bytes go, time, user and hash stay."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import System
from nhipcau.apps.files.models import Upload
from nhipcau.apps.files.removed import SECRET, forget, lock_hash, locked_away


def lock_away(upload: Upload, mark: str, *, actor: System) -> Upload:
    """As if it had been refused at the door; nobody gets it any more, and no restore brings it back. Who sent
    it is told by the apps that the file went with. Doing it twice is doing it once.
    """
    with act(actor, "files.lock_away", upload, permission="lock_away") as entry:
        lock_hash(upload.sha256)
        fresh = Upload.objects.select_for_update().get(pk=upload.pk)
        if fresh.state != Upload.State.KEPT:
            return fresh
        now = timezone.now()
        fresh.state, fresh.refusal, fresh.removed_at = Upload.State.REFUSED, SECRET, now
        fresh.name, fresh.format, fresh.size = "", "", 0
        fresh.save()
        note(entry, refusal=SECRET)
        locked_away(fresh, mark)
        transaction.on_commit(lambda: forget(fresh.sha256, now))
    return fresh
