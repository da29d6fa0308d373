"""List numbers of an ODT, counted as the body is walked. Source: OpenDocument 1.3, part 3, 5.3 and 19.880."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from nhipcau.core.planreader.formats.numerals import bullet, open_document_numeral
from nhipcau.core.planreader.formats.odt.names import LOEXT, STYLE, TEXT, XML_ID, whole

LEVELS = 10
_PLACE = re.compile(r"%(\d{1,2})%")


@dataclass(frozen=True, slots=True)
class Level:
    """How one level is written: a bullet, or a number of `form` with what stands around it."""

    form: str = ""
    prefix: str = ""
    suffix: str = ""
    pattern: str = ""
    shown: int = 1
    start: int = 1
    sign: str | None = None
    same_letter: bool = False


def read_levels(style: etree._Element) -> dict[int, Level]:
    """Levels (from 1) of a text:list-style or text:outline-style."""
    found: dict[int, Level] = {}
    for each in style:
        if not isinstance(each.tag, str) or not each.tag.startswith(TEXT) or "level-style" not in each.tag:
            continue
        at = whole(each, TEXT + "level", 1)
        sign = each.get(TEXT + "bullet-char")
        if each.tag.endswith("level-style-image"):
            sign = "•"
        found[at] = Level(
            each.get(STYLE + "num-format", ""),
            each.get(STYLE + "num-prefix", ""),
            each.get(STYLE + "num-suffix", ""),
            each.get(LOEXT + "num-list-format", ""),
            whole(each, TEXT + "display-levels", 1),
            whole(each, TEXT + "start-value", 1),
            bullet(sign) if sign is not None else None,
            each.get(STYLE + "num-letter-sync") == "true",
        )
    return found


class Counter:
    """The counts of one list."""

    def __init__(self, levels: dict[int, Level]) -> None:
        self.levels = levels
        self.counts: list[int | None] = [None] * (LEVELS + 1)

    def label(self, at: int, start: int | None = None) -> str:
        """Count one item at level `at` (from 1) and give its label."""
        if not 1 <= at <= LEVELS:
            return ""
        level = self.levels.get(at, Level())
        before = self.counts[at]
        first = level.start if before is None else before + 1
        self.counts[at] = first if start is None else start
        self.counts[at + 1 :] = [None] * (LEVELS - at)
        if level.sign is not None:
            return level.sign
        if not level.form:
            return f"{level.prefix}{level.suffix}".strip()
        return self._written(level, at).strip()

    def _written(self, level: Level, at: int) -> str:
        if level.pattern:
            return _PLACE.sub(lambda match: self._numeral(int(match.group(1))), level.pattern)
        shown = range(max(1, at - level.shown + 1), at + 1)
        numbers = [numeral for numeral in map(self._numeral, shown) if numeral]
        return f"{level.prefix}{'.'.join(numbers)}{level.suffix}"

    def _numeral(self, at: int) -> str:
        if not 1 <= at <= LEVELS:
            return ""
        level = self.levels.get(at, Level())
        count = self.counts[at]
        return open_document_numeral(level.start if count is None else count, level.form, level.same_letter)


class Lists:
    """All lists of a document; a list may go on with an earlier one."""

    def __init__(self, roots: list[etree._Element]) -> None:
        self._styles: dict[str, dict[int, Level]] = {}
        self._by_id: dict[str | None, Counter] = {}
        self._last: dict[str, Counter] = {}
        outline: dict[int, Level] = {}
        for root in roots:
            for style in root.iter(TEXT + "list-style"):
                self._styles[style.get(STYLE + "name", "")] = read_levels(style)
            for style in root.iter(TEXT + "outline-style"):
                outline = read_levels(style)
        self.outline = Counter(outline)

    def open(self, element: etree._Element) -> Counter:
        """The counter of a top-level text:list: its own, or that of the list it continues."""
        name = element.get(TEXT + "style-name", "")
        before = self._by_id.get(element.get(TEXT + "continue-list"))
        if before is None and element.get(TEXT + "continue-numbering") == "true":
            before = self._last.get(name)
        counter = before or Counter(self._styles.get(name, {}))
        self._last[name] = counter
        self._by_id[element.get(XML_ID)] = counter
        self._by_id.pop(None, None)
        return counter
