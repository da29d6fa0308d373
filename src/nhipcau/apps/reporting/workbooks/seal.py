"""What a workbook is of, signed: the form's version, the unit's obligation, the draft it was made from."""

from __future__ import annotations

from dataclasses import dataclass

from django.core import signing

MARK = "NCBM1:"
_SALT = "reporting.workbook"


@dataclass(frozen=True, slots=True)
class Seal:
    """`revision` of the draft that was in it; -1 where there was none."""

    form_version: int
    obligation: int
    submission: int
    revision: int


def sealed(seal: Seal) -> str:
    """One line of text for a cell."""
    content = [seal.form_version, seal.obligation, seal.submission, seal.revision]
    return MARK + signing.dumps(content, salt=_SALT)


def unsealed(text: str) -> Seal | None:
    """None for what we have not signed."""
    if not text.startswith(MARK):
        return None
    try:
        content = signing.loads(text.removeprefix(MARK).strip(), salt=_SALT)
    except signing.BadSignature:
        return None
    return Seal(*content)
