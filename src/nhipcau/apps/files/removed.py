"""Files removed for good stay away: a backup from before the removal must not bring them back.

The hashes of removed files stand with the time, a line each, in two files: one that goes into backups, and
one beside it that a restore does not touch. After a restore every upload with such a hash that was made
before that time is removed again, by the app it belongs to. One made after it is a decision of its own:
somebody uploaded the same bytes knowing that they had been removed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from nhipcau.apps.files import store
from nhipcau.apps.files.models import Upload

# A line that was cut short has no end of this shape; the next one may follow it without a break.
LINE = re.compile(r"(\d{4}-\d\d-\d\dT[\d:.]+[+-]\d\d:\d\d)\t([0-9a-f]{64})$")
SECRET = "secret"  # noqa: S105  # the code of a refusal
_removers: list[Callable[[Upload], None]] = []
_tellers: list[Callable[[Upload, str], None]] = []


def on_return(remover: Callable[[Upload], None]) -> None:
    """Called at start by an app that makes something of uploads: how to remove it all once more."""
    if remover not in _removers:
        _removers.append(remover)


def on_locked_away(teller: Callable[[Upload, str], None]) -> None:
    """Called at start by an app whose things have files: whom to tell of one that bears a mark of secrecy."""
    if teller not in _tellers:
        _tellers.append(teller)


def locked_away(upload: Upload, mark: str) -> None:
    """Tell the apps, in the transaction that locks it away."""
    for teller in _tellers:
        teller(upload, mark)


def paths() -> tuple[Path, Path]:
    """DATA/removed.log stays where it is, DATA/audit/removed.log is part of the backup."""
    data = Path(settings.DATA)
    return data / "removed.log", data / "audit" / "removed.log"


def remember(sha256: str, when: datetime | None = None) -> None:
    """Add time of removal and hash to both, on disk when this returns. Nothing else is kept."""
    line = f"{(when or timezone.now()).isoformat()}\t{sha256}\n"
    for path in paths():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with path.open("a", encoding="ascii") as file:
            file.write(line)
            file.flush()
            os.fsync(file.fileno())


def times() -> dict[str, datetime]:
    """The hashes of all that were removed, each with its last removal; lines cut short are passed over."""
    found: dict[str, datetime] = {}
    for path in paths():
        lines = path.read_text(encoding="ascii").splitlines() if path.exists() else []
        for match in filter(None, map(LINE.search, lines)):
            when = datetime.fromisoformat(match[1])
            found[match[2]] = max(when, found.get(match[2], when))
    return found


def remember_missing() -> int:
    """Remember what the database says was removed and the list does not have, as after a process that was
    killed between the two; how many.
    """
    known = times()
    gone = Upload.objects.filter(Q(state=Upload.State.REMOVED) | Q(refusal=SECRET))
    count = 0
    for sha256, removed_at, made_at in gone.values_list("sha256", "removed_at", "created_at"):
        when = removed_at or made_at
        if sha256 not in known or known[sha256] < when:
            remember(sha256, when)
            known[sha256] = when
            count += 1
    return count


def blank(upload: Upload) -> None:
    """What stays of an upload: time, user and hash; the bytes go when the transaction is through."""
    upload.state, upload.removed_at = Upload.State.REMOVED, upload.removed_at or timezone.now()
    upload.name, upload.format, upload.size = "", "", 0
    upload.save()
    sha256, when = upload.sha256, upload.removed_at
    transaction.on_commit(lambda: forget(sha256, when))


def forget(sha256: str, when: datetime | None = None) -> None:
    """Delete the bytes, and see that no restore brings them back. `when` they were removed, else now."""
    remember(sha256, when)
    _delete_bytes(sha256)


def lock_hash(sha256: str) -> None:
    """Let one change of the same bytes wait for the other, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"upload {sha256}"])


def _delete_bytes(sha256: str) -> None:
    """Unless somebody has uploaded them again since."""
    with transaction.atomic():
        lock_hash(sha256)
        if not Upload.objects.filter(sha256=sha256, state=Upload.State.KEPT).exists():
            store.forget(sha256)


def remove_again() -> int:
    """After a restore: remove what came back; how many uploads. An amendment goes before its plan."""
    known = times()
    with transaction.atomic():
        kept = Upload.objects.filter(sha256__in=known, state=Upload.State.KEPT).order_by("-created_at", "pk")
        back = [upload for upload in kept if upload.created_at < known[upload.sha256]]
        for upload in back:
            for remover in _removers:
                remover(upload)
            upload.refresh_from_db()
            if upload.state == Upload.State.KEPT:
                blank(upload)
    for sha256 in known:
        _delete_bytes(sha256)
    return len(back)
