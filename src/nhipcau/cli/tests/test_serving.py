"""What `serve`, `demo` and their helpers decide before they run; the running is in tests/crash."""

from __future__ import annotations

import socket
import subprocess
import sys
import time

import pytest

from nhipcau.cli import demo, instance, serve, serverfiles
from nhipcau.cli.instance import CommandFailed
from nhipcau.cli.supervise import Child, Family


@pytest.fixture
def taken():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


@pytest.fixture(autouse=True)
def english(monkeypatch):
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")


@pytest.mark.parametrize("command", [serve.run, demo.run])
def test_a_taken_port_is_told_with_another_one_before_anything_is_set_up(command, taken, capsys, monkeypatch):
    monkeypatch.setattr(serve, "use_database", lambda: pytest.fail("too late"))
    assert command(["--port", str(taken)]) == 1
    assert f"PORT={taken + 1}" in capsys.readouterr().err


def test_a_free_port_is_accepted(taken):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        free = other.getsockname()[1]
    serve.refuse_taken_port("127.0.0.1", free)


@pytest.mark.parametrize(
    ("hosts", "name"),
    [
        ("nhipcau.example.vn,other", "nhipcau.example.vn"),
        (".example.vn, a.b", "a.b"),
        ("*", "10.0.0.1"),
        ("", "10.0.0.1"),
    ],
)
def test_the_look_whether_pages_answer_uses_a_name_that_is_allowed(monkeypatch, hosts, name):
    monkeypatch.setenv("NHIPCAU_HOSTS", hosts)
    monkeypatch.delenv("NHIPCAU_ADDRESS", raising=False)
    assert serve.own_name("10.0.0.1") == name


def test_without_hosts_the_name_is_that_of_the_address(monkeypatch):
    monkeypatch.delenv("NHIPCAU_HOSTS", raising=False)
    monkeypatch.setenv("NHIPCAU_ADDRESS", "https://nhipcau.example.vn")
    assert serve.own_name("10.0.0.1") == "nhipcau.example.vn"


def test_a_server_of_one_s_own_is_used_as_it_is(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://someone@/db?host=/nowhere")
    monkeypatch.setattr(instance, "ensure_server", lambda folder: pytest.fail("no embedded server"))
    assert instance.use_database() is None


def test_a_failing_management_command_says_what_it_printed(monkeypatch):
    monkeypatch.setattr(
        instance, "manage_command", lambda *a: [sys.executable, "-c", "print('relation is missing'); exit(3)"]
    )
    with pytest.raises(CommandFailed, match="relation is missing"):
        instance.manage("migrate", quiet=True)


def test_a_child_that_dies_again_and_again_is_given_up():
    child = Child("web", [sys.executable, "-c", "pass"])
    child.start()
    with pytest.raises(CommandFailed, match="web"):
        for _ in range(10):
            child.process.wait()
            child.restart()


def test_children_that_ignore_the_polite_signal_are_ended_all_the_same(monkeypatch):
    monkeypatch.setattr("nhipcau.cli.supervise.STOP_SECONDS", 0.3)
    stubborn = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); "
    stubborn += "print(1, flush=True); time.sleep(60)"
    child = Child("stubborn", [sys.executable, "-c", stubborn])
    child.process = subprocess.Popen(child.command, stdout=subprocess.PIPE, start_new_session=True)
    child.process.stdout.readline()
    begun = time.monotonic()
    Family([child], check=lambda: None).stop()
    child.process.stdout.close()
    assert child.process.returncode == -9
    assert time.monotonic() - begun < 10


def test_the_server_s_files_are_written_out(tmp_path, capsys):
    assert serverfiles.run([str(tmp_path / "share")]) == 0
    names = {path.name for path in (tmp_path / "share").iterdir()}
    assert {
        "nhipcau-web.service",
        "nhipcau-backup.timer",
        "nginx-nhipcau.conf",
        "roles.sql",
        "privileges.sql",
    } <= names
    assert not [name for name in names if name.endswith(".py")]


def test_files_that_cannot_be_written_are_told(tmp_path, capsys):
    (tmp_path / "file").write_text("")
    assert serverfiles.run([str(tmp_path / "file" / "share")]) == 1
    assert "Cannot write" in capsys.readouterr().err


def test_a_web_server_that_cannot_start_is_told_at_once(monkeypatch, taken):
    broken = Child("web", [sys.executable, "-c", "raise SystemExit('no such module')"])
    monkeypatch.setattr(serve, "web_child", lambda options: broken)
    options = serve.parser().parse_args(["--port", str(taken + 1 if taken < 65000 else taken - 1)])
    begun = time.monotonic()
    with pytest.raises(CommandFailed, match="does not run"):
        serve.serve(options, None, worker=False)
    assert time.monotonic() - begun < 20
