"""Where `plan read -o` writes: a whole file or none, and never in the place of a device or a pipe."""

from __future__ import annotations

import json
import os
import stat
import threading

import pytest

from nhipcau.cli import plan

TEXT = "ỦY BAN NHÂN DÂN\nTỈNH LAM GIANG\nSố: 14/KH-UBND\n\nKẾ HOẠCH\nCông tác người Việt Nam ở nước ngoài\n"


@pytest.fixture
def source(tmp_path):
    file = tmp_path / "ke-hoach.txt"
    file.write_text(TEXT, encoding="utf-8")
    return file


def test_a_pipe_is_written_into_and_stays_a_pipe(source, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    assert plan.run(["read", str(source), "-o", str(pipe), "--format", "json"]) == 0
    reader.join(20)
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert json.loads(got[0])


def test_a_link_stays_a_link_to_the_new_content(source, tmp_path):
    (tmp_path / "real.json").write_text("old")
    link = tmp_path / "link.json"
    link.symlink_to("real.json")
    assert plan.run(["read", str(source), "-o", str(link)]) == 0
    assert link.is_symlink()
    assert json.loads((tmp_path / "real.json").read_text())


def test_an_old_file_stays_when_nothing_could_be_read(tmp_path):
    broken = tmp_path / "broken.docx"
    broken.write_bytes(b"PK\x03\x04")
    out = tmp_path / "out.json"
    out.write_text("old")
    assert plan.run(["read", str(broken), "-o", str(out)]) == 1
    assert out.read_text() == "old"
