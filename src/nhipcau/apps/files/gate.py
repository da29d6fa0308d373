"""The gate with this instance's virus scanner, when one is configured. Without an answer nothing passes."""

from __future__ import annotations

import subprocess
from pathlib import Path

from django.conf import settings

from nhipcau.core.filegate import Gate

SECONDS = 60
CLEAN, FOUND = 0, 1


class ScannerFailed(Exception):
    """It gave neither of its two answers; the upload is refused."""


def scan(path: Path) -> bool:
    """Ask the command of NHIPCAU_SCANNER: exit code 0 is clean, 1 is a finding, anything else no answer."""
    command = [*settings.SCANNER, str(path)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603  # the administrator's own command, no shell
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ScannerFailed(type(error).__name__) from error
    if done.returncode not in (CLEAN, FOUND):
        raise ScannerFailed(f"exit code {done.returncode}")
    return done.returncode == CLEAN


def gate() -> Gate:
    """What every upload passes."""
    return Gate(scanner=scan if settings.SCANNER else None)
