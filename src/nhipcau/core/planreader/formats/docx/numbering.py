"""Automatic numbers of a DOCX: Word keeps them out of the text, so they are counted here.

Source: ECMA-376 part 1, 17.9. Counters belong to the abstract definition, so two lists that share one go on
counting, unless an instance says where to start again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from lxml import etree

from nhipcau.core.planreader.formats.docx.package import W, is_on, number, value
from nhipcau.core.planreader.formats.docx.styles import Styles
from nhipcau.core.planreader.formats.numerals import bullet, sequence, word_numeral

LEVELS = 9
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list. `restart` None: after any higher level; 0: never; n: after level n (from 1)."""

    start: int = 1
    style: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    row: str | None = None
    paragraph_style: str | None = None


@dataclass(slots=True)
class Instance:
    """A w:num: which definition it uses, own levels, and levels that start again at a number."""

    abstract: str
    levels: dict[int, Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)


def read_level(element: etree._Element, base: Level | None = None) -> Level:
    """A w:lvl; what it leaves out comes from `base`."""
    level = base or Level()
    form = element.find(W + "numFmt")
    if form is None:  # newer formats stand in an AlternateContent, the plain one as its fallback
        form = next(element.iter(W + "numFmt"), None)
    text = element.find(W + "lvlText")
    start = value(element.find(W + "start"))
    restart = value(element.find(W + "lvlRestart"))
    return replace(
        level,
        start=level.start if start is None else number(start, 1),
        style=value(form) or level.style,
        row=value(form, "format") if value(form) == "custom" else level.row,
        text=level.text if text is None else (value(text) or ""),
        restart=level.restart if restart is None else number(restart),
        legal=bool(is_on(element.find(W + "isLgl"))),
        paragraph_style=value(element.find(W + "pStyle")) or level.paragraph_style,
    )


class Numbering:
    """Counts as paragraphs come by in order."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._abstract: dict[str, dict[int, Level]] = {}
        self._links: dict[str, str] = {}
        self._instances: dict[str, Instance] = {}
        self._counters: dict[str, list[int | None]] = {}
        self._started: set[tuple[str, int]] = set()
        self._styles = styles
        for element in root if root is not None else []:
            if element.tag == W + "abstractNum":
                self._add_abstract(element)
            elif element.tag == W + "num":
                self._add_instance(element)

    def _add_abstract(self, element: etree._Element) -> None:
        name = element.get(W + "abstractNumId", "")
        self._abstract[name] = {
            number(each.get(W + "ilvl")): read_level(each) for each in element.iterchildren(W + "lvl")
        }
        link = value(element.find(W + "numStyleLink"))
        if link:
            self._links[name] = link

    def _add_instance(self, element: etree._Element) -> None:
        instance = Instance(value(element.find(W + "abstractNumId")) or "")
        for override in element.iterchildren(W + "lvlOverride"):
            at = number(override.get(W + "ilvl"))
            start = value(override.find(W + "startOverride"))
            if start is not None:
                instance.starts[at] = number(start, 1)
            own = override.find(W + "lvl")
            if own is not None:
                instance.levels[at] = read_level(own)
        self._instances[element.get(W + "numId", "")] = instance

    def _definition(self, instance: Instance) -> str:
        """The abstract definition behind an instance; a link goes through a numbering style."""
        name = instance.abstract
        link = self._links.get(name)
        if link:
            through = self._instances.get(self._styles.look(link).num_id or "")
            if through is not None and through.abstract in self._abstract:
                return through.abstract
        return name

    def level_of_style(self, num_id: str, style: str | None) -> int:
        """The level that a paragraph style stands for in a list, 0 when none is tied to it."""
        instance = self._instances.get(num_id)
        if instance is None or style is None:
            return 0
        levels = self._abstract.get(self._definition(instance), {}) | instance.levels
        return next((at for at, level in levels.items() if level.paragraph_style == style), 0)

    def label(self, num_id: str, at: int) -> str:
        """Count one paragraph of list `num_id` at level `at` (from 0) and give its label, "" for none."""
        instance = self._instances.get(num_id)
        if instance is None or not 0 <= at < LEVELS:
            return ""
        name = self._definition(instance)
        levels = self._abstract.get(name, {}) | instance.levels
        level = levels.get(at)
        if level is None:
            return ""
        counters = self._counters.setdefault(name, [None] * LEVELS)
        self._count(num_id, instance, at, level, counters)
        self._restart_below(at, levels, counters)
        if level.style == "bullet":
            return bullet(level.text)
        return self._written(level, levels, counters)

    def _count(
        self, num_id: str, instance: Instance, at: int, level: Level, counters: list[int | None]
    ) -> None:
        before = counters[at]
        if at in instance.starts and (num_id, at) not in self._started:
            counters[at] = instance.starts[at]
        else:
            counters[at] = level.start if before is None else before + 1
        self._started.add((num_id, at))

    def _restart_below(self, at: int, levels: dict[int, Level], counters: list[int | None]) -> None:
        for below in range(at + 1, LEVELS):
            rule = levels[below].restart if below in levels else None
            if rule is None or at < rule:
                counters[below] = None

    def _written(self, level: Level, levels: dict[int, Level], counters: list[int | None]) -> str:
        def numeral(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            other = levels.get(at, Level())
            count = counters[at]
            shown = other.start if count is None else count
            if other.row:
                return sequence(shown, other.row)
            if level.legal and other.style != "decimalZero":
                return str(shown)
            return "" if other.style == "bullet" else word_numeral(shown, other.style)

        return _PLACE.sub(numeral, level.text).strip()
