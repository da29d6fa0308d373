"""What a backup takes of the data folder."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
from pathlib import Path

import pytest

from nhipcau.cli import archive
from nhipcau.cli.instance import CommandFailed


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")


def test_only_files_that_were_admitted_and_kept_are_taken(tmp_path: Path) -> None:
    kept, removed = "ab" * 32, "cd" * 32
    for name in (kept, removed, "incoming-x", "note.txt"):
        path = tmp_path / "files" / name[:2] / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    (tmp_path / "audit").mkdir()
    (tmp_path / "audit" / "heads.log").write_bytes(b"x")
    names = {name for name, _path in archive.kept_files(tmp_path, {kept})}
    assert names == {f"files/ab/{kept}", "audit/heads.log"}
    assert len(list(archive.kept_files(tmp_path))) == 5


def written(tmp_path: Path, *, ring: bytes | None = None) -> bytes:
    kept = tmp_path / "files" / "ab" / "one"
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(b"Nhip Cau" * 1000)
    stream = io.BytesIO()
    archive.write(stream, manifest(), iter([b"first", b"second"]), [("files/ab/one", kept)], ring)
    return stream.getvalue()


def manifest() -> archive.Manifest:
    return archive.Manifest("now", "0", "15.0", {"t": 1}, ["plans.0001"], ["0011aabb"])


def test_a_dump_of_unknown_length_lies_in_parts_and_comes_out_whole(tmp_path: Path) -> None:
    content = written(tmp_path, ring=b"{}")
    found = archive.verify(io.BytesIO(content))
    assert found.files == ["files/ab/one"]
    assert found.has_ring
    assert found.keys == ["0011aabb"]
    assert b"".join(archive.dump_of(io.BytesIO(content))) == b"firstsecond"
    assert archive.extract_files(io.BytesIO(content), tmp_path / "out") == b"{}"
    assert (tmp_path / "out" / "files" / "ab" / "one").read_bytes() == b"Nhip Cau" * 1000
    assert not (tmp_path / "out" / "keys").exists(), "keys are not laid on the disk on the way"


def test_without_a_ring_there_is_none(tmp_path: Path) -> None:
    content = written(tmp_path)
    assert archive.verify(io.BytesIO(content)).has_ring is False
    assert archive.extract_files(io.BytesIO(content), tmp_path / "out") is None


def test_wherever_it_is_cut_or_changed_it_is_refused(tmp_path: Path) -> None:
    content = written(tmp_path)
    end = content.rindex(b"}") + 1
    for place in range(0, end, 509):
        with pytest.raises(CommandFailed):
            archive.verify(io.BytesIO(content[:place]))
    middle = content.index(b"second")
    with pytest.raises(CommandFailed, match="differs from the manifest"):
        archive.verify(io.BytesIO(content[:middle] + b"S" + content[middle + 1 :]))


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "keys/other", "database.dump/x", "files"]
)
def test_a_strange_member_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "strange.tar"
    with tarfile.open(path, "w") as tar:
        entry = tarfile.TarInfo(name)
        entry.size = 1
        tar.addfile(entry, io.BytesIO(b"x"))
    with path.open("rb") as stream, pytest.raises(CommandFailed, match="strange entry"):
        archive.verify(stream)


def test_a_backup_of_the_form_before_is_still_read(tmp_path: Path) -> None:
    old = {"made": "then", "nhipcau": "0", "postgresql": "15.0", "tables": {}, "migrations": []}
    old |= {"members": {"database.dump": hashlib.sha256(b"dump").hexdigest()}, "format": "nhipcau-backup/1"}
    path = tmp_path / "old.tar"
    with tarfile.open(path, "w") as tar:
        for name, content in (("database.dump", b"dump"), ("manifest.json", json.dumps(old).encode())):
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    with path.open("rb") as stream:
        assert archive.verify(stream).keys == []
    with path.open("rb") as stream:
        assert b"".join(archive.dump_of(stream)) == b"dump"
