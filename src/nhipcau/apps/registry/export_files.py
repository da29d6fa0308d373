"""The files of exports: sealed, in a folder of their own beside the database, until they expire.

No backup takes the folder; the names have no meaning. Each file has a key of its own, itself a sealed
cell of its row (as files of lists: decision 23). A workbook is put together in memory: nothing of it lies on
a disk in the clear.
"""

from __future__ import annotations

import base64
import io
import os
import uuid
from collections.abc import Collection, Iterable
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from nhipcau.apps.access.keyring import key_ring, sealed_column
from nhipcau.apps.files.store import digest_of
from nhipcau.apps.registry.intakes.files import pieces_of
from nhipcau.apps.registry.models import Export
from nhipcau.core.sealing.files import file_key, sealed_pieces, unsealed_pieces

KEY = sealed_column(Export, "file_key")
WHAT = "export"


def folder() -> Path:
    """Only this process's user may look."""
    path = Path(settings.DATA) / "exports"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def path_of(name: str) -> Path:
    return folder() / name


def keep(export: Export, pieces: Iterable[bytes]) -> Export:
    """Sealed in the folder; name, key and digest stand in the export, which is not saved. Raises SealingError
    when the keys lack.
    """
    key = file_key()
    export.file_key = KEY.seal(key_ring(), export.pk, base64.b64encode(key).decode("ascii"))
    export.file = uuid.uuid4().hex
    path = path_of(export.file)
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(handle, "wb") as out:
            for piece in sealed_pieces(key, WHAT, pieces):
                out.write(piece)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    export.digest = digest_of(path)
    return export


def content(export: Export) -> bytes:
    """The workbook. Raises SealingError when the keys lack or the file was changed, OSError without one."""
    path = path_of(export.file)
    if export.file_key is None:
        # Written before files were sealed, and not yet sealed since.
        return path.read_bytes()
    key = base64.b64decode(KEY.unseal(key_ring(), export.pk, bytes(export.file_key)))
    with path.open("rb") as file:
        out = io.BytesIO()
        for piece in unsealed_pieces(key, WHAT, file):
            out.write(piece)
    return out.getvalue()


def seal_old() -> int:
    """Seal the files that an earlier version wrote in the clear; how many."""
    found = list(Export.objects.select_for_update(of=("self",)).exclude(file="").filter(file_key=None))
    for each in found:
        before = path_of(each.file)
        if not before.is_file():
            continue
        keep(each, pieces_of(before))
        each.save(update_fields=["file", "file_key", "digest"])
        transaction.on_commit(lambda path=before: path.unlink(missing_ok=True))  # type: ignore[misc]
    return len(found)


def end_files(exports: QuerySet[Export], why: str) -> int:
    """The files go when the transaction is through, and their keys with them; how many exports."""
    found = list(exports.select_for_update(of=("self",)).exclude(file=""))
    for each in found:
        name = each.file
        each.file, each.file_key, each.state = "", None, Export.State.ENDED
        each.ended_at, each.ended_why = timezone.now(), why
        each.save(update_fields=["file", "file_key", "state", "ended_at", "ended_why"])
        transaction.on_commit(lambda name=name: path_of(name).unlink(missing_ok=True))  # type: ignore[misc]
    return len(found)


def sweep(kept: Collection[str], before: float) -> int:
    """Remove files that no export knows and that are older than the moment: of jobs that were killed."""
    gone = 0
    for path in folder().iterdir():
        if path.name not in kept and path.stat().st_mtime < before:
            path.unlink(missing_ok=True)
            gone += 1
    return gone
