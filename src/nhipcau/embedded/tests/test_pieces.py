"""The small decisions: folders, users, processes, words."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from nhipcau.embedded import EmbeddedError, binaries, default_data_dir, layout
from nhipcau.embedded.cluster import url
from nhipcau.embedded.language import speaks_vietnamese
from nhipcau.embedded.osuser import OsUser, may_enter, me
from nhipcau.embedded.processes import birth, lives, running_in


def test_the_data_folder_is_the_one_that_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("NHIPCAU_DATA", str(tmp_path / "x"))
    assert default_data_dir() == tmp_path / "x"


def test_in_a_checkout_data_lie_beside_the_code(monkeypatch):
    monkeypatch.delenv("NHIPCAU_DATA", raising=False)
    root = layout.checkout()
    assert root is not None
    assert default_data_dir() == root / ".data"


@pytest.mark.parametrize(
    ("uid", "expected"), [(0, "/var/lib/nhipcau"), (1000, "/home/hoa/.local/share/nhipcau")]
)
def test_installed_it_depends_on_who_runs_it(monkeypatch, uid, expected):
    for name in ("NHIPCAU_DATA", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", "/home/hoa")
    monkeypatch.setattr(layout, "checkout", lambda: None)
    monkeypatch.setattr(os, "geteuid", lambda: uid)
    assert default_data_dir() == Path(expected)


def test_a_link_laid_in_an_open_folder_is_not_followed(tmp_path):
    (tmp_path / "target").mkdir()
    (tmp_path / "socket").symlink_to(tmp_path / "target")
    with pytest.raises(EmbeddedError):
        layout.make_private(tmp_path / "socket", me())


def test_a_folder_is_out_of_reach_when_one_above_it_is_closed(tmp_path):
    closed = tmp_path / "closed"
    (closed / "inner").mkdir(parents=True)
    stranger = OsUser(54321, 54321, "stranger")
    tmp_path.chmod(0o711)
    closed.chmod(0o700)
    assert not may_enter(closed / "inner", stranger)
    assert may_enter(closed / "inner", me())


def test_a_folder_without_programs_is_told(monkeypatch, tmp_path):
    monkeypatch.setenv("NHIPCAU_PG_BIN", str(tmp_path))
    with pytest.raises(EmbeddedError, match=str(tmp_path)):
        binaries.find(me())


@pytest.mark.parametrize(("words", "version"), [("postgres (PostgreSQL) 14.9", "14.9")])
def test_a_server_older_than_fifteen_is_refused(monkeypatch, tmp_path, words, version):
    fake = tmp_path / "postgres"
    fake.write_text(f"#!/bin/sh\necho '{words}'\n")
    fake.chmod(0o755)
    monkeypatch.setenv("NHIPCAU_PG_BIN", str(tmp_path))
    with pytest.raises(EmbeddedError, match=version):
        binaries.find(me())


def test_a_socket_folder_with_spaces_is_quoted_in_the_url():
    assert url(Path("/tmp/a b"), "nhipcau_app", "nhipcau").endswith("?host=/tmp/a%20b&port=5432")


def test_a_process_is_known_by_its_birth():
    born = birth(os.getpid())
    assert born is not None
    assert lives(os.getpid(), born)
    assert not lives(os.getpid(), born + 1)


def test_a_zombie_does_not_live():
    process = subprocess.Popen([sys.executable, "-c", ""])
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    assert not lives(process.pid)
    process.wait()


def test_programs_are_found_by_the_folder_they_run_in(tmp_path):
    process = subprocess.Popen(["/bin/sleep", "30"], cwd=tmp_path)
    try:
        assert running_in(tmp_path, "sleep") == [process.pid]
        assert running_in(tmp_path, "postgres") == []
    finally:
        process.kill()
        process.wait()


@pytest.mark.parametrize(
    ("environment", "vietnamese"),
    [
        ({"LANG": "vi_VN.UTF-8"}, True),
        ({"LANG": "C.UTF-8"}, False),
        ({"LANG": "vi_VN", "LC_ALL": "C"}, False),
        ({}, False),
    ],
)
def test_a_refusal_speaks_the_terminal_s_language(monkeypatch, environment, vietnamese):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert speaks_vietnamese() is vietnamese
    assert str(EmbeddedError(vi="có", en="yes")) == ("có" if vietnamese else "yes")
