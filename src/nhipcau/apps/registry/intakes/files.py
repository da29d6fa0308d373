"""The files of a list: as it was sent, the numbers of its documents, its wrong rows. Sealed, not for long.

All three lie in the store as any upload does, by the digest of what is on the disk: sealed bytes. Their key
is the list's own and is itself sealed in its row, so that turning the ring's keys turns no file.
"""

from __future__ import annotations

import base64
import binascii
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from nhipcau.apps.access.keyring import key_ring, sealed_column
from nhipcau.apps.files import removed, store
from nhipcau.apps.files.models import Upload
from nhipcau.apps.registry.models import Intake
from nhipcau.core.sealing import SealingError
from nhipcau.core.sealing.files import file_key, in_memory, sealed_pieces, unsealed_pieces

KEY = sealed_column(Intake, "file_key")
FORMAT = "sealed"
ORIGINAL, NUMBERS, MARKED = "original", "numbers", "marked"
# How long the wrong rows can be downloaded after the others entered the register.
MARKED_DAYS = 90
Number = tuple[int, int, str, str]
"""(index of the sheet, number of the row, kind, number of a document)."""


class Gone(Exception):
    """The file was removed: it is not needed any more, or somebody in it was erased."""


def new_key(row: int) -> tuple[bytes, bytes]:
    """A key for the files of the intake with this id, and the same sealed. Raises SealingError."""
    key = file_key()
    return key, KEY.seal(key_ring(), row, base64.b64encode(key).decode("ascii"))


def key_of(intake: Intake) -> bytes:
    """Raises SealingError when the keys lack, Gone for a list that has no files."""
    if intake.file_key is None:
        raise Gone
    text = KEY.unseal(key_ring(), intake.pk, bytes(intake.file_key))
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise SealingError("the key of a list's files is none") from error


def keep(key: bytes, what: str, pieces: Iterable[bytes], *, size: int, user: int) -> Upload:
    """A sealed file in the store."""
    with store.received(_Pieces(sealed_pieces(key, what, pieces)), MOST) as path:
        digest = store.digest_of(path)
        made = Upload.objects.create(sha256=digest, size=size, format=FORMAT, created_by_id=user)
        store.keep(path, digest)
    return made


MOST = 2**30
"""Far above what any list or its wrong rows can be."""


class _Pieces:
    """Pieces as an open file."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces, self._left = iter(pieces), b""

    def read(self, size: int = -1, /) -> bytes:
        while len(self._left) < size and (piece := next(self._pieces, b"")):
            self._left += piece
        found, self._left = self._left[:size], self._left[size:]
        return found


def pieces_of(path: Path) -> Iterator[bytes]:
    """The bytes of a file."""
    with path.open("rb") as file:
        while piece := file.read(store.PIECE):
            yield piece


@contextmanager
def original(key: bytes, upload: Upload) -> Iterator[Path]:
    """The list as it was sent, in memory. Raises Gone, SealingError."""
    path = _there(upload)
    with in_memory(key, ORIGINAL, path) as plain:
        yield plain


def content(intake: Intake, upload: Upload | None, what: str) -> bytes:
    """A kept file, whole. Raises Gone, SealingError."""
    if upload is None:
        raise Gone
    with _there(upload).open("rb") as file:
        return b"".join(unsealed_pieces(key_of(intake), what, file))


def has_wrong_rows(intake: Intake) -> bool:
    """Whether they are there to download."""
    return intake.marked is not None and intake.marked.state == Upload.State.KEPT


def _there(upload: Upload) -> Path:
    path = store.path_of(upload.sha256)
    if upload.state != Upload.State.KEPT or not path.is_file():
        raise Gone
    return path


def keep_numbers(key: bytes, numbers: Sequence[Number], user: int) -> Upload | None:
    """The numbers of documents until the list is confirmed or dropped."""
    if not numbers:
        return None
    data = json.dumps(numbers, separators=(",", ":")).encode()
    return keep(key, NUMBERS, [data], size=len(data), user=user)


def numbers_of(intake: Intake) -> list[Number]:
    """The numbers of documents of a list that waits. Raises Gone, SealingError."""
    said = json.load(io.BytesIO(content(intake, intake.numbers, NUMBERS)))
    return [(int(sheet), int(row), str(kind), str(number)) for sheet, row, kind, number in said]


def forget(*uploads: Upload | None) -> None:
    """Remove these files for good."""
    for upload in uploads:
        if upload is not None and upload.state == Upload.State.KEPT:
            removed.blank(upload)


def forget_old() -> int:
    """Wrong rows that were there to download long enough; how many files went."""
    before = timezone.now() - timedelta(days=MARKED_DAYS)
    old = Intake.objects.filter(
        state=Intake.State.CONFIRMED, confirmed_at__lt=before, marked__state=Upload.State.KEPT
    )
    uploads = [intake.marked for intake in old.select_related("marked")]
    forget(*uploads)
    return len(uploads)
