"""What the checker says: codes and values for programs, sentences in two languages for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from nhipcau.core.officialdoc.checking.messages import CODES, ELEMENTS, SPECIAL
from nhipcau.core.officialdoc.checking.pages import Para, Piece

Severity = Literal["error", "warning", "hint"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "hint")
EXCERPT = 60


@dataclass(frozen=True, slots=True)
class Where:
    """A place: the number of the paragraph among those with text, and how it begins."""

    paragraph: int
    excerpt: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One departure from the form. `values` fill the sentence; `count`: in how many places it was found."""

    element: str
    code: str
    severity: Severity
    where: Where | None = None
    values: Mapping[str, str | int] = field(default_factory=dict)
    count: int = 1

    def message(self, language: str = "vi") -> str:
        """What is wrong and what it should be, as one plain sentence."""
        at = 0 if language.startswith("vi") else 1
        sentence = SPECIAL.get((self.element, self.code)) or CODES[self.code]
        text = sentence[at].format(element=ELEMENTS[self.element][at], **self.values)
        return text[:1].upper() + text[1:]


def found(
    element: str,
    code: str,
    at: Piece | Para | None = None,
    severity: Severity = "error",
    count: int = 1,
    **values: str | int,
) -> Finding:
    """A finding at a piece or paragraph, or of the whole file."""
    where = None
    if at is not None:
        para = at.para if isinstance(at, Piece) else at
        text = at.text
        where = Where(para.number, text if len(text) <= EXCERPT else f"{text[:EXCERPT].rstrip()}…")
    return Finding(element, code, severity, where, values, count)
