"""Builds the wheel into dist/: style sheets, fonts and compiled catalogues inside, so nothing is built at the
place where it is installed. Run by `make wheel`, which makes those first."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DIST = ROOT / "dist"
INSIDE = (
    "nhipcau/apps/webkit/static/vendor/tabler.css",
    "nhipcau/locale/vi/LC_MESSAGES/django.mo",
    "nhipcau/embedded/roles.sql",
    "nhipcau/apps/webkit/templates/base.html",
    "nhipcau/apps/plans/migrations/0001_initial.py",
)


def main() -> int:
    # Left-overs of an earlier build would be packed again.
    shutil.rmtree(ROOT / "build", ignore_errors=True)
    shutil.rmtree(DIST, ignore_errors=True)
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(DIST)]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    if done.returncode:
        print(done.stdout, done.stderr)
        return 1
    shutil.rmtree(ROOT / "build", ignore_errors=True)
    (wheel,) = DIST.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    missing = [name for name in INSIDE if name not in names]
    tests = [name for name in names if "/tests/" in name]
    if missing or tests:
        print(f"wheel: missing {missing}, not wanted {tests[:5]}")
        return 1
    print(f"{wheel.relative_to(ROOT)}: {len(names)} files, {wheel.stat().st_size // 1024} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
