"""Ways to spoil a document that is right: each changes one thing in the file that we wrote."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

from lxml import etree

from nhipcau.core.officialdoc.ooxml import element, name

Wrong = Callable[[bytes], bytes]
DOCUMENT, STYLES, HEADER = "word/document.xml", "word/styles.xml", "word/header1.xml"


def rewritten(data: bytes, part: str, change: Callable[[etree._Element], None]) -> bytes:
    """The file with one part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            content = old.read(each)
            if each == part:
                root = etree.fromstring(content)
                change(root)
                content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            new.writestr(each, content)
    return out.getvalue()


def changed(data: bytes, part: str, change: Callable[[etree._Element], None]) -> bytes:
    """As `rewritten`; something must have changed."""

    def checked(root: etree._Element) -> None:
        before = etree.tostring(root)
        change(root)
        assert etree.tostring(root) != before, "nothing was changed"

    return rewritten(data, part, checked)


def text(old: str, new: str) -> Wrong:
    """Other words in one run."""

    def change(root: etree._Element) -> None:
        node = next(each for each in root.iter(name("w:t")) if old in (each.text or ""))
        node.text = (node.text or "").replace(old, new)

    return lambda data: changed(data, DOCUMENT, change)


def style(
    key: str,
    *,
    size: float | None = None,
    on: tuple[str, ...] = (),
    off: tuple[str, ...] = (),
    look: dict[str, dict[str, str | int] | None] | None = None,
    font: str = "",
    colour: str = "",
) -> Wrong:
    """Another look of a style. `look`: elements of its w:pPr, None takes one out."""

    def change(root: etree._Element) -> None:
        found = next(each for each in root if each.get(name("w:styleId")) == key)
        run, paragraph = found.find(name("w:rPr")), found.find(name("w:pPr"))
        assert run is not None and paragraph is not None
        for tag in (*off, *(("sz",) if size else ())):
            for each in run.findall(name(f"w:{tag}")):
                run.remove(each)
        run.extend(element(tag) for tag in on)
        if size:
            run.append(element("sz", val=round(size * 2)))
        if font:
            run.append(element("rFonts", ascii=font, hAnsi=font))
        if colour:
            run.append(element("color", val=colour))
        for tag, values in (look or {}).items():
            for each in paragraph.findall(name(f"w:{tag}")):
                paragraph.remove(each)
            if values is not None:
                paragraph.append(element(tag, **values))

    return lambda data: changed(data, STYLES, change)


def without(*styles: str) -> Wrong:
    """Without the paragraphs of some styles; cells keep an empty one."""

    def change(root: etree._Element) -> None:
        for node in list(root.iter(name("w:p"))):
            used = node.find(f"{name('w:pPr')}/{name('w:pStyle')}")
            if used is not None and used.get(name("w:val")) in styles:
                for child in list(node):
                    if child.tag != name("w:pPr"):
                        node.remove(child)
                for border in list(node.iter(name("w:pBdr"))):
                    border.getparent().remove(border)  # type: ignore[union-attr]

    return lambda data: changed(data, DOCUMENT, change)


def rule_after(key: str, *, keep: bool = False, longer: float = 1.0) -> Wrong:
    """The rule below a style's paragraph taken out, or made longer or shorter."""

    def change(root: etree._Element) -> None:
        for node in root.iter(name("w:p")):
            used = node.find(f"{name('w:pPr')}/{name('w:pStyle')}")
            if used is None or used.get(name("w:val")) != key:
                continue
            rule = node.getnext()
            assert rule is not None
            for border in list(rule.iter(name("w:pBdr"))):
                if not keep:
                    border.getparent().remove(border)  # type: ignore[union-attr]
            for indent in rule.iter(name("w:ind")):
                for side in ("left", "right"):
                    got = int(indent.get(name(f"w:{side}"), "0"))
                    indent.set(name(f"w:{side}"), str(round(got * longer)))
            return

    return lambda data: changed(data, DOCUMENT, change)


def section(tag: str, values: dict[str, str | int] | None, which: int = 0) -> Wrong:
    """Other values of an element of a section; None takes it out."""

    def change(root: etree._Element) -> None:
        properties = list(root.iter(name("w:sectPr")))[which]
        found = properties.find(name(f"w:{tag}"))
        assert found is not None
        if values is None:
            properties.remove(found)
        for key, value in (values or {}).items():
            found.set(name(f"w:{key}"), str(value))

    return lambda data: changed(data, DOCUMENT, change)


def header(pattern: str, new: str) -> Wrong:
    """The header of the pages after the first, rewritten."""

    def rewrite(data: bytes) -> bytes:
        out = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(data)) as old,
            zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made,
        ):
            for each in old.namelist():
                content = old.read(each)
                if each == HEADER:
                    spoiled = re.sub(pattern, new, content.decode())
                    assert spoiled != content.decode(), "nothing was changed"
                    content = spoiled.encode()
                made.writestr(each, content)
        return out.getvalue()

    return rewrite


def footer_instead() -> Wrong:
    """The page number at the bottom."""

    def change(root: etree._Element) -> None:
        for reference in list(root.iter(name("w:headerReference"))):
            reference.tag = name("w:footerReference")

    return lambda data: changed(data, DOCUMENT, change)


def spaced(after: int, line: int, rule: str) -> dict[str, dict[str, str | int] | None]:
    """Other spaces of a style, in twentieths of a point."""
    return {"spacing": {"after": after, "line": line, "lineRule": rule}}


def fonted(data: bytes, words: str, font: str) -> bytes:
    """The run that holds some words in another font."""

    def change(root: etree._Element) -> None:
        node = next(each for each in root.iter(name("w:t")) if words in (each.text or ""))
        run = node.getparent()
        assert run is not None
        run.insert(0, element("rPr", element("rFonts", ascii=font, hAnsi=font)))

    return changed(data, DOCUMENT, change)
