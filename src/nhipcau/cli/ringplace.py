"""Where the key ring lies, for commands that run before any settings are read."""

from __future__ import annotations

import os
from pathlib import Path

from nhipcau.cli.instance import CommandFailed, use_data_dir
from nhipcau.core.sealing import RingFile, SealingError
from nhipcau.core.sealing.keys import written
from nhipcau.core.sealing.ringfile import PLACE

VARIABLE = "NHIPCAU_KEY_RING"


def ring_at_hand() -> RingFile:
    """The file of this instance's keys."""
    named = os.environ.get(VARIABLE)
    return RingFile(Path(named) if named else use_data_dir() / PLACE)


def ring_in_data_folder() -> bytes | None:
    """The keys that go into an encrypted backup; None when there are none, or when they are kept elsewhere.

    Raises CommandFailed when they cannot be read: such a backup could not be used.
    """
    file = ring_at_hand()
    if os.environ.get(VARIABLE) or not file.exists():
        return None
    try:
        return written(file.ring())
    except SealingError as error:
        raise CommandFailed(
            vi=f"Không đọc được tệp khóa {file.path}: {error}",
            en=f"The file of keys is not readable: {error}",
        ) from error
