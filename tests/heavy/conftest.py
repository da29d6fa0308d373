"""Folders of their own for tests that set up whole instances."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from nhipcau.embedded import stop_server

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def open_folder() -> Iterator[Path]:
    """A folder any user may pass through; pytest's own are closed to all but their owner."""
    folder = Path(tempfile.mkdtemp(prefix="nhipcau-heavy-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def instance(open_folder: Path) -> Iterator[Callable[..., subprocess.CompletedProcess[str]]]:
    """`instance("a")("backup", file)` runs the command on the instance in that folder."""
    used: set[Path] = set()

    def of(name: str) -> Callable[..., subprocess.CompletedProcess[str]]:
        data = open_folder / name
        used.add(data)

        def run(*arguments: object) -> subprocess.CompletedProcess[str]:
            own = {name for name in os.environ if name.startswith(("NHIPCAU_", "DATABASE_URL", "DJANGO_"))}
            kept = {name: value for name, value in os.environ.items() if name not in own}
            if "NHIPCAU_PG_BIN" in os.environ:
                kept["NHIPCAU_PG_BIN"] = os.environ["NHIPCAU_PG_BIN"]
            return subprocess.run(
                [sys.executable, "-m", "nhipcau", *map(str, arguments)],
                env={**kept, "PYTHONPATH": str(ROOT / "src"), "NHIPCAU_DATA": str(data), "LANG": "C.UTF-8"},
                capture_output=True,
                text=True,
                check=False,
                timeout=300,
            )

        return run

    yield of
    for data in used:
        stop_server(data)
