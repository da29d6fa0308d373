"""A file's name as shown to people: it is never used as a path."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 150
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def safe_name(name: str | None, fallback: str = "tep") -> str:
    """The last part of `name` without paths, control or invisible characters; at most 150 characters.

    The extension survives shortening. Bidirectional controls go, since they hide the true extension.
    """
    text = unicodedata.normalize("NFC", (name or "").encode("utf-8", "replace").decode("utf-8"))
    text = "".join(c for c in text if unicodedata.category(c) not in _UNSEEN)
    text = re.split(r"[/\\]", text)[-1]
    text = re.sub(r"\s+", " ", re.sub(r'[<>:"|?*]', "_", text)).strip(" .")
    if len(text) > LONGEST:
        stem, dot, extension = text.rpartition(".")
        tail = dot + extension if stem and len(extension) <= 8 else ""
        text = text[: LONGEST - len(tail)].rstrip() + tail
    return text or fallback
