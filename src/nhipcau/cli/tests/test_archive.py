"""What a backup takes of the data folder."""

from __future__ import annotations

from pathlib import Path

from nhipcau.cli import archive


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
