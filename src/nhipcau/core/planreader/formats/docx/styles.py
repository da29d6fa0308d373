"""Styles of a DOCX: what a paragraph or run inherits that matters for reading."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lxml import etree

from nhipcau.core.planreader.formats.docx.package import W, is_on, number, value


@dataclass(frozen=True, slots=True)
class Look:
    """Properties with None for "not said here". `num_id` "0" takes a number away."""

    bold: bool | None = None
    caps: bool | None = None
    hidden: bool | None = None
    align: str | None = None
    num_id: str | None = None
    level: int | None = None

    def over(self, base: Look) -> Look:
        """This look where it says something, `base` elsewhere."""
        said = {name: got for name in self.__slots__ if (got := getattr(self, name)) is not None}
        return replace(base, **said)


PLAIN = Look()


def run_look(properties: etree._Element | None) -> Look:
    """What a w:rPr says."""
    if properties is None or not len(properties):
        return PLAIN
    return Look(
        bold=is_on(properties.find(W + "b")),
        caps=is_on(properties.find(W + "caps")),
        hidden=is_on(properties.find(W + "vanish")),
    )


def paragraph_look(properties: etree._Element | None) -> Look:
    """What a w:pPr says of alignment and numbering."""
    if properties is None or not len(properties):
        return PLAIN
    level = value(properties.find(f"{W}numPr/{W}ilvl"))
    return Look(
        align=value(properties.find(W + "jc")),
        num_id=value(properties.find(f"{W}numPr/{W}numId")),
        level=None if level is None else number(level),
    )


class Styles:
    """Looks by style id, inheritance resolved."""

    def __init__(self, root: etree._Element | None) -> None:
        self._own: dict[str, tuple[Look, str | None]] = {}
        self._resolved: dict[str, Look] = {}
        self.default: str | None = None
        self.base = PLAIN
        if root is None:
            return
        defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self.base = run_look(defaults)
        for style in root.iterchildren(W + "style"):
            self._add(style)

    def _add(self, style: etree._Element) -> None:
        name = style.get(W + "styleId", "")
        look = paragraph_look(style.find(W + "pPr")).over(run_look(style.find(W + "rPr")))
        self._own[name] = (look, value(style.find(W + "basedOn")))
        if style.get(W + "type") == "paragraph" and style.get(W + "default") in {"1", "true", "on"}:
            self.default = name

    def look(self, name: str | None) -> Look:
        """The look of a style with all it is based on; an unknown style is plain."""
        if name is None or name not in self._own:
            return PLAIN
        if name not in self._resolved:
            self._resolved[name] = self._resolve(name)
        return self._resolved[name]

    def _resolve(self, name: str) -> Look:
        chain: list[Look] = []
        seen: set[str] = set()
        here: str | None = name
        while here is not None and here in self._own and here not in seen:
            seen.add(here)
            look, parent = self._own[here]
            chain.append(look)
            here = parent
        result = PLAIN
        for look in reversed(chain):
            result = look.over(result)
        return result
