"""Backups in envelopes: encrypted with age to the public keys of those who may open them.

The server holds public keys alone, so it can make a backup and cannot open one. Nothing of a backup lies on a
disk in the clear, neither while it is written nor while it is read.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import pyrage
from pyrage.x25519 import Identity, Recipient

from nhipcau.cli.instance import CommandFailed, use_data_dir

MAGIC = b"age-encryption.org/v1\n"
VARIABLE = "NHIPCAU_BACKUP_RECIPIENTS"
NAME = "backup-recipients.txt"


def recipients_path() -> Path:
    """Where the public keys stand that backups are encrypted to."""
    named = os.environ.get(VARIABLE)
    return Path(named) if named else use_data_dir() / NAME


def public_keys(path: Path) -> list[str]:
    """The keys of a file of recipients: one a line, `#` begins a remark. Raises CommandFailed."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise CommandFailed(
            vi=f"Không đọc được {path}: {error}", en=f"Cannot read {path}: {error}"
        ) from error
    found = []
    for number, line in enumerate(lines, 1):
        key = line.partition("#")[0].strip()
        if key:
            recipient_of(key, f"{path}:{number}")
            found.append(key)
    return found


def recipient_of(key: str, place: str) -> Recipient:
    """A public key. Raises CommandFailed, with where it stands."""
    try:
        return Recipient.from_str(key)
    except pyrage.RecipientError as error:
        raise CommandFailed(
            vi=f"{place}: không phải khóa công khai age (age1…)",
            en=f"{place}: not a public key of age (age1…)",
        ) from error


def identities_of(path: Path) -> list[Identity]:
    """The secret keys of a file that `backup-keys new` or age-keygen wrote. Raises CommandFailed."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        found = [
            Identity.from_str(line.strip()) for line in lines if line.strip() and not line.startswith("#")
        ]
    except OSError as error:
        raise CommandFailed(
            vi=f"Không đọc được {path}: {error.strerror}", en=f"Cannot read {path}: {error.strerror}"
        ) from error
    except (pyrage.IdentityError, UnicodeDecodeError):
        found = []
    if not found:
        # Never the line itself: it may be half a key.
        raise CommandFailed(
            vi=f"{path} không phải tệp khóa riêng age (AGE-SECRET-KEY-1…)",
            en=f"{path} is not a file of secret keys of age (AGE-SECRET-KEY-1…)",
        )
    return found


class _Gone:
    """A writer that notes when nobody reads any more: what fails then is no failure of the writer's."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream = stream
        self.noted = False

    def write(self, content: bytes) -> int:
        try:
            return self.stream.write(content)
        except BrokenPipeError:
            self.noted = True
            raise

    def flush(self) -> None:
        self.stream.flush()


@contextmanager
def _piped(mode: str, work: Callable[[Any], None]) -> Iterator[IO[bytes]]:
    """Our end of a pipe ("rb" or "wb"), while `work` runs in a thread at the other end.

    A failure of the work comes before ours that it brought about.
    """
    reading, writing = os.pipe()
    own, theirs = (reading, os.fdopen(writing, "wb")) if mode == "rb" else (writing, os.fdopen(reading, "rb"))
    end = _Gone(theirs) if mode == "rb" else theirs
    failed: list[Exception] = []

    def run() -> None:
        try:
            with theirs:
                work(end)
        except Exception as error:  # raised below, in the thread that waits
            if not (isinstance(end, _Gone) and end.noted):
                failed.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        with os.fdopen(own, mode) as stream:
            yield stream
    except Exception as error:
        thread.join()
        if failed:
            raise failed[0] from error
        raise
    finally:
        thread.join()
    if failed:
        raise failed[0]


@contextmanager
def encrypting(target: IO[bytes], recipients: Sequence[Recipient]) -> Iterator[IO[bytes]]:
    """A stream to write to; what is written arrives in `target` encrypted. Raises OSError."""

    def work(plain: IO[bytes]) -> None:
        try:
            pyrage.encrypt_io(plain, target, recipients)
        except pyrage.EncryptError as error:
            raise OSError(str(error)) from error

    with _piped("wb", work) as stream:
        yield stream


@contextmanager
def opened(path: Path, identities: Sequence[Identity]) -> Iterator[IO[bytes]]:
    """A stream of what a backup holds, encrypted or not. Raises CommandFailed for want of a fitting key."""
    with path.open("rb") as file:
        if not is_encrypted(path):
            yield file
            return
        if not identities:
            raise CommandFailed(
                vi=f"{path} đã mã hóa; hãy chỉ tệp khóa riêng: --identity TỆP",
                en=f"{path} is encrypted; name the file of your secret key: --identity FILE",
            )

        def work(plain: IO[bytes]) -> None:
            try:
                pyrage.decrypt_io(file, plain, identities)
            except (pyrage.DecryptError, OSError) as error:
                raise CommandFailed(
                    vi=f"Không mở được {path}: khóa riêng không đúng, hoặc tệp đã hỏng",
                    en=f"{path} does not open: the secret key is another one, or this is not a whole backup",
                ) from error

        with _piped("rb", work) as stream:
            yield stream
            while stream.read(1 << 20):  # to the very end: only there is a cut file told
                pass


def is_encrypted(path: Path) -> bool:
    """Whether the file begins as age files do."""
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC
