"""Files removed for good stay away: a backup from before the removal must not bring them back.

The hashes of removed files stand, a line each, in two files: one that goes into backups, and one beside it
that a restore does not touch. After a restore every upload with such a hash is removed again, by the app
it belongs to.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from nhipcau.apps.files import store
from nhipcau.apps.files.models import Upload

HASH_LENGTH = 64
_removers: list[Callable[[Upload], None]] = []


def on_return(remover: Callable[[Upload], None]) -> None:
    """Called at start by an app that makes something of uploads: how to remove it all once more."""
    if remover not in _removers:
        _removers.append(remover)


def paths() -> tuple[Path, Path]:
    """DATA/removed.log stays where it is, DATA/audit/removed.log is part of the backup."""
    data = Path(settings.DATA)
    return data / "removed.log", data / "audit" / "removed.log"


def remember(sha256: str, now: datetime | None = None) -> None:
    """Add time and hash to both, on disk when this returns. Nothing else is kept."""
    line = f"{(now or timezone.now()).isoformat(timespec='seconds')}\t{sha256}\n"
    for path in paths():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with path.open("a", encoding="ascii") as file:
            file.write(line)
            file.flush()
            os.fsync(file.fileno())


def hashes() -> set[str]:
    """All that were removed; lines cut short are passed over."""
    found = set()
    for path in paths():
        lines = path.read_text(encoding="ascii").splitlines() if path.exists() else []
        found |= {word for line in lines if len(word := line.rpartition("\t")[2]) == HASH_LENGTH}
    return found


def blank(upload: Upload) -> None:
    """What stays of an upload: time, user and hash; the bytes go when the transaction is through."""
    upload.state, upload.removed_at = Upload.State.REMOVED, upload.removed_at or timezone.now()
    upload.name, upload.format, upload.size = "", "", 0
    upload.save()
    sha256 = upload.sha256
    transaction.on_commit(lambda: forget(sha256))


def forget(sha256: str) -> None:
    """Delete the bytes, and see that no restore brings them back."""
    remember(sha256)
    store.forget(sha256)


def remove_again() -> int:
    """After a restore: remove what came back; how many uploads."""
    known = hashes()
    with transaction.atomic():
        back = list(Upload.objects.filter(sha256__in=known, state=Upload.State.KEPT))
        for upload in back:
            for remover in _removers:
                remover(upload)
            upload.refresh_from_db()
            if upload.state == Upload.State.KEPT:
                blank(upload)
    for sha256 in known:
        store.forget(sha256)
    return len(back)
