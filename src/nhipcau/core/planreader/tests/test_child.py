"""The reading child: limits that hold, answers that come back, a pool that goes on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from nhipcau.core.planreader import child as children_module
from nhipcau.core.planreader.child import Child, Children, environment, read_file, read_in_child
from nhipcau.core.planreader.refusal import Refusal

PLAN = """ỦY BAN NHÂN DÂN
TỈNH MẪU
Số: 12/KH-UBND
Mẫu, ngày 05 tháng 6 năm 2027

KẾ HOẠCH
Triển khai công tác đối ngoại năm 2027

I. NHIỆM VỤ

1. Sở Ngoại vụ chủ trì, phối hợp với Sở Nội vụ xây dựng báo cáo, hoàn thành trước ngày 30/10/2027.
"""


def confined(code: str, profile: str = "parser") -> subprocess.CompletedProcess[str]:
    """Run code in a process that has given up what the profile does not leave it."""
    program = f"from nhipcau.core.planreader.confine import *\nconfine(PROFILES[{profile!r}])\n{code}"
    return subprocess.run(
        [sys.executable, "-c", program],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "kế hoạch 1.txt"
    path.write_text(PLAN, encoding="utf-8")
    return path


def test_a_plan_comes_back_as_a_reading(plan: Path) -> None:
    reading = read_in_child(plan, "kế hoạch.txt")
    assert reading["document"]["number"] == "12/KH-UBND"
    start, end = reading["tasks"][0]["span"]
    assert "xây dựng báo cáo" in reading["text"][start:end]


def test_a_refusal_comes_back_as_a_refusal(tmp_path: Path) -> None:
    path = tmp_path / "a.exe"
    path.write_bytes(b"MZ" + bytes(100))
    with pytest.raises(Refusal) as caught:
        read_file(path)
    assert caught.value.code == "type"
    assert ".docx" in caught.value.message("vi")


def test_a_missing_file_is_named_as_the_user_knows_it(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as caught:
        read_in_child(tmp_path / "a81f3c", "Kế hoạch.docx")
    assert caught.value.values == {"name": "Kế hoạch.docx"}


def test_the_child_knows_nothing_of_the_parents_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")
    assert "secret" not in json.dumps(environment())


def test_the_child_starts_from_any_folder(
    plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('a file of the folder was loaded')")
    monkeypatch.chdir(tmp_path)
    assert read_in_child(Path(plan.name))["document"]["year"] == 2027


def test_one_child_reads_many_files_in_order(plan: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad"
    bad.write_bytes(b"\x00\x01\x02" * 100)
    paths = [plan, bad, plan, tmp_path / "missing", plan]
    with Children(2) as pool:
        results = list(pool.read_all(paths))
    assert [path for path, _ in results] == paths
    assert [r.code if isinstance(r, Refusal) else "read" for _, r in results] == [
        "read", "type", "read", "missing", "read",
    ]  # fmt: skip


def test_a_child_is_replaced_when_it_has_read_enough(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children_module, "MOST_FILES", 2)
    made: list[Child] = []
    start = Child.__init__

    def counted(self: Child, profile: str) -> None:
        made.append(self)
        start(self, profile)

    monkeypatch.setattr(Child, "__init__", counted)
    with Children(1) as pool:
        assert all(isinstance(result, bytes) for _, result in pool.read_all([plan] * 5))
    assert len(made) == 3


def test_a_large_parent_does_not_wear_its_children_out(plan: Path) -> None:
    script = (
        "import sys; from pathlib import Path\n"
        "from nhipcau.core.planreader.child import Children\n"
        "large = b'x' * (600 << 20)\n"
        "with Children(1) as pool:\n"
        "    pool.read(Path(sys.argv[1])); child = pool._idle.get(); pool._idle.put(child)\n"
        "    print('kept' if child is not None else 'replaced')\n"
    )
    run = [sys.executable, "-c", script, str(plan)]
    said = subprocess.run(run, capture_output=True, text=True, check=True).stdout
    assert said == "kept\n"


def test_a_child_that_is_late_is_killed_and_the_next_file_read(plan: Path) -> None:
    with Children(1) as pool:
        slow = Child("parser")
        assert json.loads(pool.read(plan))
        with pytest.raises(Refusal) as caught:
            slow.ask(plan, 0.0)
        assert caught.value.code == "too-heavy"
        assert slow.spent
        assert json.loads(pool.read(plan))


def test_a_busy_machine_gets_patience_and_a_busy_child_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    ran = iter([0.0, 0.0, 0.0, 0.2])
    monkeypatch.setattr(children_module, "processor_seconds", lambda _: next(ran))
    clock = children_module.Clock(1, 0.05)
    for _ in range(2):
        time.sleep(0.06)
        assert clock.left() >= 0
    time.sleep(0.06)
    with pytest.raises(TimeoutError):
        clock.left()


def test_no_child_is_left_behind(plan: Path) -> None:
    with Children(2) as pool:
        list(pool.read_all([plan] * 4))
    mine = subprocess.run(
        ["ps", "--ppid", str(os.getpid()), "-o", "args="], capture_output=True, text=True, check=False
    )
    assert "nhipcau.core.planreader parser" not in mine.stdout


def test_memory_beyond_the_limit_is_not_given() -> None:
    assert "MemoryError" in confined("bytearray(2**31)").stderr


def test_the_network_is_shut() -> None:
    done = confined("import socket; socket.create_connection(('127.0.0.1', 9), 1)")
    assert "PermissionError" in done.stderr


def test_programs_that_are_started_have_no_network_either() -> None:
    code = (
        "import subprocess, sys\n"
        "subprocess.run([sys.executable, '-c', 'import socket; socket.socket()'], check=True)"
    )
    done = confined(code, "ocr")
    assert "PermissionError" in done.stderr


def test_the_parser_starts_no_program() -> None:
    done = confined("import os; os.execv('/bin/true', ['true'])")
    assert "PermissionError" in done.stderr


def test_the_parser_writes_no_file(tmp_path: Path) -> None:
    target = tmp_path / "x"
    done = confined(f"open({str(target)!r}, 'wb', buffering=0).write(b'x')")
    assert done.returncode != 0
    assert not target.exists() or target.stat().st_size == 0


def test_processor_time_ends() -> None:
    code = "start_clock(Limits(memory=0, cpu=1, wall=1))\nwhile True: pass"
    start = time.monotonic()
    assert confined(code).returncode == -24
    assert time.monotonic() - start < 30


def test_a_scan_without_tesseract_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "scan.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    monkeypatch.setattr(children_module.shutil, "which", lambda _: None)
    with pytest.raises(Refusal) as caught:
        read_file(path)
    assert "apt-get install tesseract-ocr tesseract-ocr-vie" in caught.value.message("en")


def test_a_doc_without_libreoffice_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.rtf"
    path.write_bytes(rb"{\rtf1 x}")
    monkeypatch.setattr(children_module.shutil, "which", lambda _: None)
    with pytest.raises(Refusal) as caught:
        read_file(path)
    assert "apt-get install libreoffice-writer-nogui" in caught.value.message("vi")
