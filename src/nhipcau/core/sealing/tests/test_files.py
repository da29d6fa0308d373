"""Sealed files: what was sealed comes back, whatever its length; what was touched does not."""

from __future__ import annotations

import io
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

from nhipcau.core.sealing import NotGenuine, UnknownForm
from nhipcau.core.sealing.files import PIECE, TAG_BYTES, file_key, in_memory, sealed_pieces, unsealed_pieces

HEAD = 15


def sealed(key: bytes, data: bytes, what: str = "original") -> bytes:
    return b"".join(sealed_pieces(key, what, [data[: len(data) // 3], data[len(data) // 3 :]]))


def opened(key: bytes, data: bytes, what: str = "original") -> bytes:
    return b"".join(unsealed_pieces(key, what, io.BytesIO(data)))


@pytest.mark.parametrize("length", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
def test_it_comes_back_whatever_its_length(length: int) -> None:
    key, data = file_key(), secrets.token_bytes(length)
    assert opened(key, sealed(key, data)) == data


def test_nothing_of_it_shows() -> None:
    assert b"089170001234" not in sealed(file_key(), b"089170001234" * 1000)


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data[:-1],
        lambda data: data[: HEAD + PIECE + TAG_BYTES],
        lambda data: data + b"x",
        lambda data: data[:20] + bytes([data[20] ^ 1]) + data[21:],
        lambda data: (
            data[:HEAD]
            + data[HEAD + PIECE + TAG_BYTES : HEAD + 2 * (PIECE + TAG_BYTES)]
            + data[HEAD : HEAD + PIECE + TAG_BYTES]
            + data[HEAD + 2 * (PIECE + TAG_BYTES) :]
        ),
        lambda data: data[:HEAD],
    ],
    ids=["cut", "without its end", "longer", "one bit", "in another order", "head alone"],
)
def test_what_was_touched_does_not_open(change) -> None:  # type: ignore[no-untyped-def]
    key = file_key()
    with pytest.raises(NotGenuine):
        opened(key, change(sealed(key, secrets.token_bytes(3 * PIECE))))


def test_it_opens_with_its_own_key_and_name_alone() -> None:
    key = file_key()
    with pytest.raises(NotGenuine):
        opened(file_key(), sealed(key, b"x"))
    with pytest.raises(NotGenuine):
        opened(key, sealed(key, b"x"), "marked")
    with pytest.raises(UnknownForm):
        opened(key, b"PK\x03\x04 and so on, a file in the open")


def test_a_child_reads_it_and_no_disk_has_it(tmp_path: Path) -> None:
    key = file_key()
    path = tmp_path / "sealed"
    path.write_bytes(sealed(key, b"a list of people"))
    with in_memory(key, "original", path) as plain:
        command = [sys.executable, "-c", f"print(open({str(plain)!r}).read())"]
        said = subprocess.run(command, check=True, capture_output=True, text=True)
    assert said.stdout == "a list of people\n"
    assert not plain.exists()
    assert [each.name for each in tmp_path.iterdir()] == ["sealed"]
