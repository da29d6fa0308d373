"""The visible text of one paragraph, and what hangs on it: text boxes, notes, page breaks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ClassVar

from lxml import etree

from nhipcau.core.planreader.formats.docx.package import W, value
from nhipcau.core.planreader.formats.docx.styles import Look, Styles, run_look

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_SYMBOLS = {"F0B3": "≥", "F0A3": "≤", "F0B1": "±", "F0B4": "×", "F0AE": "→", "F0E0": "→", "F0F0": "→"}


@dataclass(slots=True)
class Fields:
    """Fields may span paragraphs: each open one is either in its instruction or in its result."""

    open: list[bool] = field(default_factory=list)
    instructions: list[str] = field(default_factory=list)

    @property
    def silent(self) -> bool:
        """Inside an instruction, or inside a table of contents (its lines repeat the headings)."""
        return any(self.open) or any(text.split(None, 1)[:1] == ["TOC"] for text in self.instructions)

    def mark(self, kind: str | None) -> None:
        """A w:fldChar."""
        if kind == "begin":
            self.open.append(True)
            self.instructions.append("")
        elif self.open and kind == "separate":
            self.open[-1] = False
        elif self.open and kind == "end":
            self.open.pop()
            self.instructions.pop()

    def instruct(self, text: str) -> None:
        """A piece of the innermost instruction."""
        if self.instructions:
            self.instructions[-1] = (self.instructions[-1] + text)[:200]


@dataclass(slots=True)
class Inline:
    """Collects while walking. `parts`: split at line breaks; `before`/`after`: page breaks around it."""

    styles: Styles
    fields: Fields
    note_mark: Callable[[str, str], str]
    base: Look = field(default_factory=Look)
    rendered: bool = False
    parts: list[list[str]] = field(default_factory=lambda: [[]])
    boxes: list[etree._Element] = field(default_factory=list)
    notes: list[tuple[str, str, str]] = field(default_factory=list)
    before: int = 0
    after: int = 0
    letters: int = 0
    bold_letters: int = 0
    look: Look = field(default_factory=Look)

    def walk(self, parent: etree._Element) -> None:
        """Visit the children of a paragraph, run or wrapper."""
        for child in parent:
            handler = self.HANDLERS.get(child.tag)
            if handler is not None:
                handler(self, child)
            elif child.tag not in self.SKIPPED:
                self.walk(child)

    def texts(self) -> list[str]:
        """One string for each line of the paragraph."""
        return ["".join(part) for part in self.parts]

    def bold(self) -> bool | None:
        """Whether the paragraph's letters are bold (nine in ten), None without letters."""
        return self.bold_letters >= 0.9 * self.letters if self.letters else None

    def add(self, text: str) -> None:
        """Visible characters, unless a field or a hidden run swallows them."""
        if self.fields.silent or self.look.hidden:
            return
        text = text.replace("\u00ad", "")
        if self.look.caps:
            text = text.upper()
        self.parts[-1].append(text)
        solid = len(text) - text.count(" ")
        self.letters += solid
        self.bold_letters += solid if self.look.bold else 0

    def _run(self, element: etree._Element) -> None:
        properties = element.find(W + "rPr")
        outer = self.look
        if properties is None:
            self.look = self.base
        else:
            style = self.styles.look(value(properties.find(W + "rStyle")))
            self.look = run_look(properties).over(style.over(self.base))
        self.walk(element)
        self.look = outer

    def _text(self, element: etree._Element) -> None:
        self.add(element.text or "")

    def _tab(self, _: etree._Element) -> None:
        self.add("\t")

    def _hyphen(self, _: etree._Element) -> None:
        self.add("-")

    def _break(self, element: etree._Element) -> None:
        if value(element, "type") in {"page", "column"}:
            if value(element, "type") == "page" and not self.rendered:
                self._page()
            self.add(" ")
        elif not self.fields.silent:
            self.parts.append([])

    def _rendered_break(self, _: etree._Element) -> None:
        if self.rendered:
            self._page()

    def _page(self) -> None:
        if self.letters:
            self.after += 1
        else:
            self.before += 1

    def _symbol(self, element: etree._Element) -> None:
        code = (value(element, "char") or "").upper()
        try:
            plain = chr(int(code, 16))
        except ValueError:
            return
        private = "\ue000" <= plain <= "\uf8ff"
        self.add(_SYMBOLS.get(code, "•") if private else plain)

    def _field_mark(self, element: etree._Element) -> None:
        self.fields.mark(value(element, "fldCharType"))

    def _instruction(self, element: etree._Element) -> None:
        self.fields.instruct(element.text or "")

    def _reference(self, element: etree._Element) -> None:
        kind = "footnote" if element.tag == W + "footnoteReference" else "endnote"
        name = value(element, "id") or ""
        if self.fields.silent or self.look.hidden:
            return
        mark = (
            "" if value(element, "customMarkFollows") in {"1", "true", "on"} else self.note_mark(kind, name)
        )
        self.add(mark)
        self.notes.append((kind, name, mark))

    def _alternate(self, element: etree._Element) -> None:
        """The same content twice, for newer and older programs: the first choice, else the fallback."""
        chosen = element.find(MC + "Choice")
        if chosen is None:
            chosen = element.find(MC + "Fallback")
        if chosen is not None:
            self.walk(chosen)

    def _box(self, element: etree._Element) -> None:
        if not self.look.hidden:
            self.boxes.append(element)

    def _structured(self, element: etree._Element) -> None:
        """A content control; what only asks to be filled in is not text."""
        if element.find(f"{W}sdtPr/{W}showingPlcHdr") is None:
            content = element.find(W + "sdtContent")
            if content is not None:
                self.walk(content)

    HANDLERS: ClassVar[dict[str, Callable[[Inline, etree._Element], None]]] = {
        W + "r": _run,
        W + "t": _text,
        M + "t": _text,
        W + "tab": _tab,
        W + "ptab": _tab,
        W + "noBreakHyphen": _hyphen,
        W + "br": _break,
        W + "cr": _break,
        W + "lastRenderedPageBreak": _rendered_break,
        W + "sym": _symbol,
        W + "fldChar": _field_mark,
        W + "instrText": _instruction,
        W + "footnoteReference": _reference,
        W + "endnoteReference": _reference,
        MC + "AlternateContent": _alternate,
        W + "txbxContent": _box,
        W + "sdt": _structured,
    }
    SKIPPED: ClassVar[frozenset[str]] = frozenset(
        W + name
        for name in (
            "pPr", "rPr", "del", "moveFrom", "delText", "delInstrText", "rt", "fldData", "softHyphen",
            "sdtPr", "sdtEndPr", "customXmlPr", "smartTagPr", "footnoteRef", "endnoteRef", "separator",
            "annotationRef", "continuationSeparator", "object",
        )
    )  # fmt: skip
