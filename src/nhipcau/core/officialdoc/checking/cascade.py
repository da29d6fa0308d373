"""How a paragraph or run looks in the end: run, character style, paragraph style, what these are based on,
table style, the file's defaults; fonts of the theme by their names. After ECMA-376-1, 17.7.2 and 17.7.3.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lxml import etree

from nhipcau.core.planreader.formats.docx.package import Package, W, is_on, number, value

Look = Mapping[str, object]
"""Named properties; one that is not there was not said."""
TOGGLES = ("b", "i", "caps", "smallCaps", "vanish", "strike")
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_BORDERS = ("top", "bottom")
_NO_BORDER = {"nil", "none"}


@dataclass(frozen=True, slots=True)
class Style:
    """What one style says itself."""

    paragraph: Look
    run: Look
    based_on: str | None


class Theme:
    """Names of the theme's Latin fonts."""

    def __init__(self, root: etree._Element | None) -> None:
        self._fonts: dict[str, str] = {}
        for which in ("major", "minor"):
            latin = None if root is None else root.find(f".//{_A}{which}Font/{_A}latin")
            if latin is not None:
                self._fonts[which] = latin.get("typeface", "")

    def font(self, name: str) -> str | None:
        """The font that "minorHAnsi" or "majorAscii" stands for."""
        return self._fonts.get("major" if name.startswith("major") else "minor")


def run_look(properties: etree._Element | None, theme: Theme) -> dict[str, object]:
    """What a w:rPr says."""
    look: dict[str, object] = {}
    if properties is None:
        return look
    for name in TOGGLES:
        on = is_on(properties.find(W + name))
        if on is not None:
            look[name] = on
    _fonts(properties.find(W + "rFonts"), theme, look)
    size = value(properties.find(W + "sz"))
    if size is not None:
        look["size"] = _float(size) / 2
    for tag, key in (("color", "color"), ("u", "u"), ("vertAlign", "vertAlign")):
        said = value(properties.find(W + tag))
        if said is not None:
            look[key] = said
    return look


def _fonts(fonts: etree._Element | None, theme: Theme, look: dict[str, object]) -> None:
    if fonts is None:
        return
    for key in ("ascii", "hAnsi"):
        themed = fonts.get(f"{W}{key}Theme")
        name = theme.font(themed) if themed else fonts.get(W + key)
        if name:
            look[key] = name


def paragraph_look(properties: etree._Element | None) -> dict[str, object]:
    """What a w:pPr says."""
    look: dict[str, object] = {}
    if properties is None:
        return look
    _spacing(properties.find(W + "spacing"), look)
    _indents(properties.find(W + "ind"), look)
    jc = value(properties.find(W + "jc"))
    if jc is not None:
        look["jc"] = {"start": "left", "end": "right"}.get(jc, jc)
    for name in ("pageBreakBefore", "contextualSpacing"):
        on = is_on(properties.find(W + name))
        if on is not None:
            look[name] = on
    for side in _BORDERS:
        border = properties.find(f"{W}pBdr/{W}{side}")
        if border is not None:
            look[f"border-{side}"] = value(border) not in _NO_BORDER
    list_id = value(properties.find(f"{W}numPr/{W}numId"))
    if list_id is not None:
        look["numId"] = list_id
        look["ilvl"] = number(value(properties.find(f"{W}numPr/{W}ilvl")))
    frame = properties.find(W + "framePr")
    if frame is not None:
        look["frame"] = frame.get(W + "xAlign", "left")
    return look


def _spacing(spacing: etree._Element | None, look: dict[str, object]) -> None:
    if spacing is None:
        return
    for name in ("before", "after"):
        said = spacing.get(W + name)
        if said is not None:
            look[name] = _float(said) / 20
        if spacing.get(f"{W}{name}Autospacing", "0").lower() in {"1", "true", "on"}:
            look[name] = 14.0
    if spacing.get(W + "line") is not None:
        look["line"] = _float(spacing.get(W + "line"))
        look["lineRule"] = spacing.get(W + "lineRule", "auto")


def _indents(indents: etree._Element | None, look: dict[str, object]) -> None:
    if indents is None:
        return
    for key, names in (("left", ("left", "start")), ("right", ("right", "end"))):
        said = next((got for name in names if (got := indents.get(W + name)) is not None), None)
        if said is not None:
            look[key] = _float(said) / 1440 * 25.4
    if indents.get(W + "hanging") is not None:
        look["first"] = -_float(indents.get(W + "hanging")) / 1440 * 25.4
    elif indents.get(W + "firstLine") is not None:
        look["first"] = _float(indents.get(W + "firstLine")) / 1440 * 25.4


def _float(text: str | None) -> float:
    try:
        found = float((text or "0").removesuffix("pt"))
    except ValueError:
        return 0.0
    return found if abs(found) < 1e6 else 0.0


class Cascade:
    """All styles of a file, and how they come together."""

    def __init__(self, package: Package) -> None:
        root = package.related(package.main, "styles")
        self.theme = Theme(package.related(package.main, "theme"))
        self._styles: dict[str, Style] = {}
        self._chains: dict[str, list[Style]] = {}
        self._runs: dict[tuple[str | None, str | None, str | None], Look] = {}
        self.default: dict[str, str] = {}
        self.base_run: Look = {"size": 10.0, "ascii": "Times New Roman", "hAnsi": "Times New Roman"}
        self.base_paragraph: Look = {}
        self._numbering = Numbers(package.related(package.main, "numbering"))
        if root is not None:
            self._read(root)

    def _read(self, root: etree._Element) -> None:
        defaults = root.find(W + "docDefaults")
        if defaults is not None:
            own = run_look(defaults.find(f"{W}rPrDefault/{W}rPr"), self.theme)
            self.base_run = {**self.base_run, **own}
            self.base_paragraph = paragraph_look(defaults.find(f"{W}pPrDefault/{W}pPr"))
        for style in root.iterchildren(W + "style"):
            name = style.get(W + "styleId", "")
            self._styles[name] = Style(
                paragraph_look(style.find(W + "pPr")),
                run_look(style.find(W + "rPr"), self.theme),
                value(style.find(W + "basedOn")),
            )
            if style.get(W + "default", "0").lower() in {"1", "true", "on"}:
                self.default.setdefault(style.get(W + "type", ""), name)

    def chain(self, name: str | None) -> list[Style]:
        """A style and what it is based on, from the root to the style itself."""
        if name is None or name not in self._styles:
            return []
        if name not in self._chains:
            found: list[Style] = []
            seen: set[str] = set()
            here: str | None = name
            while here is not None and here in self._styles and here not in seen:
                seen.add(here)
                found.append(self._styles[here])
                here = self._styles[here].based_on
            self._chains[name] = found[::-1]
        return self._chains[name]

    def paragraph(
        self, properties: etree._Element | None, table_style: str | None
    ) -> tuple[Look, str | None]:
        """The look of a paragraph and the name of its style."""
        style = None if properties is None else value(properties.find(W + "pStyle"))
        if style not in self._styles:
            style = self.default.get("paragraph")
        direct = paragraph_look(properties)
        inherited = _merged(each.paragraph for each in self.chain(style))
        table = _merged(each.paragraph for each in self.chain(table_style))
        listed = self._numbering.indents(direct.get("numId"), direct.get("ilvl", 0))
        listed_by_style = self._numbering.indents(inherited.get("numId"), inherited.get("ilvl", 0))
        return _merged([self.base_paragraph, table, listed_by_style, inherited, listed, direct]), style

    def run(self, properties: etree._Element | None, style: str | None, table_style: str | None) -> Look:
        """The look of a run in a paragraph of `style`. Switches of styles cancel each other, as in Word."""
        character = None if properties is None else value(properties.find(W + "rStyle"))
        key = (style, character, table_style)
        if key not in self._runs:
            self._runs[key] = self._inherited(key)
        return (
            {**self._runs[key], **run_look(properties, self.theme)}
            if properties is not None
            else self._runs[key]
        )

    def _inherited(self, key: tuple[str | None, str | None, str | None]) -> Look:
        style, character, table_style = key
        levels = [_merged(each.run for each in self.chain(name)) for name in (table_style, style, character)]
        look = _merged([self.base_run, *levels])
        for name in TOGGLES:
            said = [level[name] for level in levels if name in level]
            if said:
                look[name] = bool(self.base_run.get(name)) or sum(map(bool, said)) % 2 == 1
        return look


def _merged(looks: Iterable[Look]) -> dict[str, object]:
    made: dict[str, object] = {}
    for look in looks:
        made.update(look)
    return made


class Numbers:
    """Indents of automatic lists."""

    def __init__(self, root: etree._Element | None) -> None:
        self._levels: dict[tuple[str, int], Look] = {}
        self._kinds: dict[str, str] = {}
        if root is None:
            return
        for kind in root.iterchildren(W + "abstractNum"):
            for level in kind.iterchildren(W + "lvl"):
                at = number(level.get(W + "ilvl"))
                self._levels[kind.get(W + "abstractNumId", ""), at] = paragraph_look(level.find(W + "pPr"))
        for each in root.iterchildren(W + "num"):
            self._kinds[each.get(W + "numId", "")] = value(each.find(W + "abstractNumId")) or ""

    def indents(self, list_id: object, level: object) -> Look:
        """What a level of a list says of indents; "0" takes a list away."""
        if not isinstance(list_id, str) or not isinstance(level, int):
            return {}
        look = self._levels.get((self._kinds.get(list_id, ""), level), {})
        return {name: said for name, said in look.items() if name in {"left", "first", "right"}}
