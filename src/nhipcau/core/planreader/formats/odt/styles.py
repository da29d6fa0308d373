"""Paragraph and text styles of an ODT: bold, centred, hidden; inheritance resolved."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lxml import etree

from nhipcau.core.planreader.formats.odt.names import FO, STYLE, TEXT


@dataclass(frozen=True, slots=True)
class Look:
    """None for "not said here"."""

    bold: bool | None = None
    caps: bool | None = None
    hidden: bool | None = None
    align: str | None = None
    breaks: bool | None = None

    def over(self, base: Look) -> Look:
        """This look where it says something, `base` elsewhere."""
        said = {name: got for name in self.__slots__ if (got := getattr(self, name)) is not None}
        return replace(base, **said)


PLAIN = Look()


class Styles:
    """Looks by family and name, from styles.xml and content.xml."""

    def __init__(self, roots: list[etree._Element]) -> None:
        self._own: dict[tuple[str, str], tuple[Look, str | None]] = {}
        for root in roots:
            for style in root.iter(STYLE + "style"):
                family = style.get(STYLE + "family", "")
                if family in {"paragraph", "text"}:
                    parent = style.get(STYLE + "parent-style-name")
                    self._own[family, style.get(STYLE + "name", "")] = (_look(style), parent)

    def look(self, family: str, name: str | None) -> Look:
        """The look of a style with all it is based on."""
        chain: list[Look] = []
        seen: set[str] = set()
        while name is not None and name not in seen and (family, name) in self._own:
            seen.add(name)
            look, name = self._own[family, name]
            chain.append(look)
        result = PLAIN
        for look in reversed(chain):
            result = look.over(result)
        return result


def _look(style: etree._Element) -> Look:
    text = style.find(STYLE + "text-properties")
    paragraph = style.find(STYLE + "paragraph-properties")
    look = PLAIN
    if text is not None:
        weight, display = text.get(FO + "font-weight"), text.get(TEXT + "display")
        transform = text.get(FO + "text-transform")
        look = Look(
            bold=None if weight is None else weight in {"bold", "600", "700", "800", "900"},
            caps=None if transform is None else transform == "uppercase",
            hidden=None if display is None else display == "none",
        )
    if paragraph is not None:
        broken = paragraph.get(FO + "break-before")
        look = replace(
            look,
            align=paragraph.get(FO + "text-align"),
            breaks=None if broken is None else broken == "page",
        )
    return look
