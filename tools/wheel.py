"""Builds the wheel into dist/: style sheets, fonts and compiled catalogues inside, so nothing is built at the
place where it is installed. Run by `make wheel`, which makes those first."""

from __future__ import annotations

import argparse
import fcntl
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
INSIDE = (
    "nhipcau/apps/webkit/static/vendor/tabler.css",
    "nhipcau/locale/vi/LC_MESSAGES/django.mo",
    "nhipcau/embedded/roles.sql",
    "nhipcau/apps/webkit/templates/base.html",
    "nhipcau/apps/plans/migrations/0001_initial.py",
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, default=ROOT / "dist", metavar="FOLDER")
    into = parser.parse_args().into
    (ROOT / ".build").mkdir(exist_ok=True)
    with (ROOT / ".build" / "wheel.lock").open("w") as lock:  # two builds would share the folder build/
        fcntl.flock(lock, fcntl.LOCK_EX)
        return build(into)


def build(into: Path) -> int:
    """Build into the folder and look whether all is inside; returns the exit code."""
    # Left-overs of an earlier build would be packed again.
    shutil.rmtree(ROOT / "build", ignore_errors=True)
    shutil.rmtree(into, ignore_errors=True)
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(into)]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    if done.returncode:
        print(done.stdout, done.stderr)
        return 1
    shutil.rmtree(ROOT / "build", ignore_errors=True)
    (wheel,) = into.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    missing = [name for name in INSIDE if name not in names]
    tests = [name for name in names if "/tests/" in name]
    if missing or tests:
        print(f"wheel: missing {missing}, not wanted {tests[:5]}")
        return 1
    shutil.copy2(ROOT / "requirements.lock", into)
    print(f"{wheel.name}: {len(names)} files, {wheel.stat().st_size // 1024} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
