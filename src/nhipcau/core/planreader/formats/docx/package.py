"""Parts of a DOCX and how they refer to each other."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from pathlib import Path

from lxml import etree

from nhipcau.core.planreader.formats.hardened import MOST_BYTES, parse
from nhipcau.core.planreader.refusal import Refusal

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
# "Strict" files use other names for the same things.
_STRICT = [
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
]

_ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError)


class Package:
    """A DOCX that passed the gate. Parts are parsed when asked for; a part that is not there is None."""

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
        except _ZIP_ERRORS as error:
            raise Refusal("damaged") from error
        self._names = set(self._zip.namelist())
        self.main = self._main()

    def part(self, name: str) -> etree._Element | None:
        """The root element of a part."""
        data = self._bytes(name)
        return None if data is None else parse(data)

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        """Relations of a part inside the file: id -> (kind, target part)."""
        folder, base = posixpath.split(name)
        root = self.part(posixpath.join(folder, "_rels", f"{base}.rels"))
        found: dict[str, tuple[str, str]] = {}
        for relation in root if root is not None else []:
            if relation.get("TargetMode", "").lower() == "external":
                continue
            target = relation.get("Target", "")
            target = (
                target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            )
            found[relation.get("Id", "")] = (relation.get("Type", "").rpartition("/")[2], target)
        return found

    def related(self, name: str, kind: str) -> etree._Element | None:
        """The first part that `name` points to as `kind` ("styles", "numbering", …)."""
        for each, target in self.relations(name).values():
            if each == kind:
                return self.part(target)
        return None

    def _main(self) -> str:
        for kind, target in self.relations("").values():
            if kind == "officeDocument":
                return target
        if "word/document.xml" in self._names:
            return "word/document.xml"
        raise Refusal("damaged")

    def _bytes(self, name: str) -> bytes | None:
        if name not in self._names:
            return None
        try:
            with self._zip.open(name) as part:
                data = part.read(MOST_BYTES + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            RuntimeError,
            NotImplementedError,
        ) as error:
            raise Refusal("damaged") from error
        if b"purl.oclc.org" in data[:4096]:
            for strict, usual in _STRICT:
                data = data.replace(strict, usual)
        return data


def value(element: etree._Element | None, name: str = "val") -> str | None:
    """The attribute w:`name` of an element, None without either."""
    return None if element is None else element.get(W + name)


def is_on(element: etree._Element | None) -> bool | None:
    """A switch such as w:b: None when not given, False for val="0"."""
    if element is None:
        return None
    return element.get(W + "val", "1").lower() not in {"0", "false", "off", "none"}


def number(text: str | None, default: int = 0) -> int:
    """A whole number out of an attribute; `default` where it is none or out of reason."""
    try:
        found = int(text or "")
    except ValueError:
        return default
    return found if -100_000 < found < 10_000_000 else default
