"""Which of the two languages a terminal is spoken to in: Vietnamese when LANG says so, else English."""

from __future__ import annotations

import os


def speaks_vietnamese() -> bool:
    """True when the environment asks for Vietnamese (LC_ALL, LC_MESSAGES, LANG: the first that is set)."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name)
        if value:
            return value.lower().startswith("vi")
    return False


def say(vi: str, en: str) -> str:
    """The sentence in the terminal's language."""
    return vi if speaks_vietnamese() else en


class SpokenError(Exception):
    """A refusal that reads well in both languages; `str()` gives the terminal's."""

    def __init__(self, *, vi: str, en: str) -> None:
        super().__init__(en)
        self.vi = vi
        self.en = en

    def __str__(self) -> str:
        return say(self.vi, self.en)
