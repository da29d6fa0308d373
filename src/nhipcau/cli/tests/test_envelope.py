"""Envelopes: opened by the secret key alone, told when cut or changed, and nothing is left hanging."""

from __future__ import annotations

import errno
import io
import os
import threading

import pytest
from pyrage.x25519 import Identity

from nhipcau.cli import backupkeys, envelope
from nhipcau.cli.backup import chosen_recipients
from nhipcau.cli.instance import CommandFailed

HOLDER = Identity.generate()


@pytest.fixture(autouse=True)
def in_english(monkeypatch, tmp_path):
    for name in ("LC_ALL", "LC_MESSAGES", "NHIPCAU_BACKUP_RECIPIENTS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("NHIPCAU_DATA", str(tmp_path / "data"))


@pytest.fixture(autouse=True)
def nobody_left():
    """Each test ends with the threads that it began with."""
    before = threading.active_count()
    yield
    assert threading.active_count() == before


def encrypted(path, content, *holders):
    with path.open("wb") as file, envelope.encrypting(file, [h.to_public() for h in holders]) as stream:
        stream.write(content)
    return path


def content_of(path, *identities):
    with envelope.opened(path, identities) as stream:
        return stream.read()


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, 3_000_000])
def test_what_goes_in_comes_out_for_each_holder(tmp_path, size):
    content, other = os.urandom(size), Identity.generate()
    path = encrypted(tmp_path / "b.age", content, HOLDER, other)
    assert content[:40] not in path.read_bytes() or size < 2
    assert content_of(path, HOLDER) == content_of(path, other) == content


def test_another_key_does_not_open_it(tmp_path):
    path = encrypted(tmp_path / "b.age", b"x" * 100, HOLDER)
    with pytest.raises(CommandFailed, match="does not open"):
        content_of(path, Identity.generate())


def test_without_a_key_it_says_what_to_name(tmp_path):
    path = encrypted(tmp_path / "b.age", b"x", HOLDER)
    with pytest.raises(CommandFailed, match="--identity FILE"):
        content_of(path)


CUTS = {"cut at the end": -1, "cut in the middle": 100_000, "cut at a chunk": -(200_000 % 65_536 + 16)}


@pytest.mark.parametrize("harm", [*CUTS, "a bit", "the head", "more"])
def test_a_harmed_envelope_is_told_at_its_end_at_the_latest(tmp_path, harm):
    path = encrypted(tmp_path / "b.age", os.urandom(200_000), HOLDER)
    content = bytearray(path.read_bytes())
    if harm == "a bit":
        content[-5] ^= 1
    elif harm == "the head":
        content[60] ^= 1
    elif harm == "more":
        content += b"x"
    else:
        del content[CUTS[harm] :]
    path.write_bytes(content)
    with pytest.raises(CommandFailed, match="does not open"):
        content_of(path, HOLDER)


def test_what_is_not_encrypted_is_read_as_it_is(tmp_path):
    (tmp_path / "b.tar").write_bytes(b"plain")
    assert content_of(tmp_path / "b.tar") == b"plain"


def test_a_full_disk_is_told_as_such(tmp_path):
    class Full(io.BytesIO):
        def write(self, _content):
            raise OSError(errno.ENOSPC, "No space left on device")

    with (
        pytest.raises(OSError, match="No space"),
        envelope.encrypting(Full(), [HOLDER.to_public()]) as stream,
    ):
        for _ in range(100):
            stream.write(b"x" * 100_000)


def test_what_fails_while_it_is_written_is_raised_as_it_was(tmp_path):
    with (
        pytest.raises(ZeroDivisionError),
        (tmp_path / "b").open("wb") as file,
        envelope.encrypting(file, [HOLDER.to_public()]) as stream,
    ):
        stream.write(b"x")
        raise ZeroDivisionError


def test_who_stops_reading_half_way_is_told_nothing_else(tmp_path):
    path = encrypted(tmp_path / "b.age", os.urandom(1_000_000), HOLDER)
    with pytest.raises(ZeroDivisionError), envelope.opened(path, [HOLDER]) as stream:
        stream.read(10)
        raise ZeroDivisionError


def test_the_list_has_remarks_and_names_a_line_that_is_no_key(tmp_path):
    path = tmp_path / "list.txt"
    key = str(HOLDER.to_public())
    path.write_text(f"# hai người\n\n{key}  # két số 2\n", encoding="utf-8")
    assert envelope.public_keys(path) == [key]
    path.write_text(f"{key}\nage1junk\n", encoding="utf-8")
    with pytest.raises(CommandFailed, match=r"list.txt:2: not a public key"):
        envelope.public_keys(path)


def test_a_secret_key_never_stands_in_a_refusal(tmp_path):
    path = tmp_path / "key.txt"
    path.write_text(str(HOLDER)[:-3], encoding="utf-8")
    with pytest.raises(CommandFailed) as refused:
        envelope.identities_of(path)
    assert str(HOLDER)[:30] not in str(refused.value)


def test_a_pair_is_made_for_its_owner_alone_and_opens_what_is_made_for_it(tmp_path, capsys):
    file = tmp_path / "safe" / "key.txt"
    assert backupkeys.run(["new", str(file), "--for", "két  số 2"]) == 0
    assert file.stat().st_mode & 0o777 == 0o600
    said = capsys.readouterr().out
    assert "shred -u" in said
    assert "AGE-SECRET-KEY" not in said
    (identity,) = envelope.identities_of(file)
    (recipient,) = chosen_recipients(plain=False)
    assert str(recipient) == str(identity.to_public()) in said
    assert backupkeys.run(["list"]) == 0
    assert "két số 2" in capsys.readouterr().out
    before = file.read_bytes()
    assert backupkeys.run(["new", str(file)]) == 1
    assert file.read_bytes() == before


def test_a_key_made_elsewhere_is_added_once(capsys):
    key = str(HOLDER.to_public())
    assert backupkeys.run(["add", key]) == 0
    assert backupkeys.run(["add", key]) == 1
    assert backupkeys.run(["add", "age1junk"]) == 1
    assert envelope.public_keys(envelope.recipients_path()) == [key]


def test_without_a_public_key_a_backup_is_refused_unless_it_is_asked_for_in_the_clear(capsys):
    with pytest.raises(CommandFailed, match="backup-keys new"):
        chosen_recipients(plain=False)
    assert chosen_recipients(plain=True) == []
    assert backupkeys.run(["list"]) == 0
    assert "no public key" in capsys.readouterr().out


def test_a_pair_is_made_in_vietnamese_too(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("LANG", "vi_VN.UTF-8")
    assert backupkeys.run(["new", str(tmp_path / "k")]) == 0
    assert "Việc cần làm ngay" in capsys.readouterr().out
    assert "Khóa riêng mở bản sao lưu" in (tmp_path / "k").read_text(encoding="utf-8")
