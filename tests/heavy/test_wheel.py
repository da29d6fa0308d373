"""The wheel in a fresh environment: no checkout, no node, no make; demo, then pages with their styles."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from nhipcau.embedded import stop_server

pytestmark = pytest.mark.heavy

ROOT = Path(__file__).resolve().parents[2]
BOOTSTRAP = ROOT / ".build" / "bootstrap"


def call(*command: object, **more: object) -> None:
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, check=False, **more
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """A virtual environment with the wheel and the locked dependencies, and nothing of the checkout."""
    dist = tmp_path_factory.mktemp("dist")
    call(sys.executable, ROOT / "tools" / "wheel.py", "--into", dist, cwd=ROOT)
    (wheel,) = dist.glob("*.whl")
    if not (BOOTSTRAP / "virtualenv").exists():
        call(sys.executable, "-m", "pip", "install", "-q", "--target", BOOTSTRAP, "virtualenv")
    place = tmp_path_factory.mktemp("fresh") / "env"
    call(
        sys.executable,
        "-m",
        "virtualenv",
        "-q",
        "--no-periodic-update",
        place,
        env={**os.environ, "PYTHONPATH": str(BOOTSTRAP)},
    )
    outside = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    pip = place / "bin" / "pip"
    call(pip, "install", "-q", "--require-hashes", "-r", ROOT / "requirements.lock", env=outside, cwd="/")
    call(pip, "install", "-q", "--no-deps", wheel, env=outside, cwd="/")
    yield place
    shutil.rmtree(place.parent)


@pytest.fixture(scope="module")
def run(environment, open_folder):
    """Starts the installed command with almost nothing in its environment."""
    data = open_folder / "data"

    def start(*arguments: object) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [environment / "bin" / "nhipcau", *map(str, arguments)],
            env={"PATH": str(environment / "bin"), "NHIPCAU_DATA": str(data), "LANG": "C.UTF-8", "HOME": "/"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd="/",
        )

    yield start
    stop_server(data)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def get(address: str) -> tuple[int, str]:
    with urllib.request.urlopen(address, timeout=10) as answer:
        return answer.status, answer.read().decode()


def test_demo_then_pages_with_their_style_sheets(run):
    demo = run("demo", "--no-serve")
    printed, _ = demo.communicate(timeout=240)
    assert demo.returncode == 0, printed

    port = free_port()
    serve = run("serve", "--port", port)
    try:
        lines = []
        deadline = time.monotonic() + 90
        while "Ctrl-C" not in (lines or [""])[-1]:
            lines.append(serve.stdout.readline())
            assert lines[-1], lines
            assert time.monotonic() < deadline, lines
        status, page = get(f"http://127.0.0.1:{port}/")
        assert status == 200
        sheets = re.findall(r'href="(/static/[^"]+\.css)"', page)
        assert sheets
        for sheet in sheets:
            assert get(f"http://127.0.0.1:{port}{sheet}")[0] == 200
        assert "Đăng nhập" in page
    finally:
        serve.terminate()
        serve.communicate(timeout=30)
    assert serve.returncode == 0


def test_a_plan_is_read_without_a_database(run, open_folder):
    plan = open_folder / "ke-hoach.txt"
    plan.write_text("ỦY BAN NHÂN DÂN\nTỈNH LAM GIANG\n\nKẾ HOẠCH\nVề công tác người Việt Nam ở nước ngoài\n")
    reading = run("plan", "read", plan)
    printed, _ = reading.communicate(timeout=60)
    assert reading.returncode == 0, printed


def test_the_doctor_finds_all_that_is_needed(run):
    doctor = run("doctor")
    printed, _ = doctor.communicate(timeout=60)
    assert doctor.returncode == 0, printed
