"""Which reader a file goes to, by the type its content tells."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import cast

from nhipcau.core.filegate import Kind, Rejected, admit
from nhipcau.core.planreader.refusal import Refusal
from nhipcau.core.planreader.source import Source

Reader = Callable[[Path], Source]

MOST_CHARACTERS = 1_500_000
READERS: dict[Kind, str] = {"txt": "plain", "docx": "docx", "odt": "odt", "pdf": "pdf"}
PICTURES: tuple[Kind, ...] = ("png", "jpg", "tiff")


class Need(Exception):
    """The file needs a program this process may not start: "office" or "ocr" (for that many pages)."""

    def __init__(self, what: str, pages: int = 1) -> None:
        super().__init__(what)
        self.what = what
        self.pages = pages


def reader_of(kind: Kind) -> Reader:
    """The function `read(path) -> Source` of a type; its module is loaded now."""
    module = importlib.import_module(f"nhipcau.core.planreader.formats.{READERS[kind]}")
    return cast(Reader, module.read)


def open_source(path: Path, *, ocr: bool = False) -> Source:
    """Pass the gate and read the file at `path`; raises Refusal, and Need where another profile must go on.

    `ocr`: this process may start tesseract. Meant for a child process with limits.
    """
    try:
        kind = admit(path).kind
    except Rejected as rejected:
        raise Refusal(rejected.code, **rejected.values) from rejected
    except OSError as error:
        raise Refusal("missing", name=path.name) from error
    source = _read(path, kind, ocr=ocr)
    length = sum(len(line.text) for line in source.lines)
    if length > MOST_CHARACTERS:
        raise Refusal("too-long", limit=MOST_CHARACTERS, unit="ký tự")
    if not any(line.text.strip() for line in source.lines):
        raise Refusal("not-a-plan")
    return source


def _read(path: Path, kind: Kind, *, ocr: bool) -> Source:
    if kind in PICTURES and not ocr:
        raise Need("ocr")
    if ocr and (kind in PICTURES or kind == "pdf"):
        return cast(Reader, importlib.import_module("nhipcau.core.planreader.formats.ocr").read)(path)
    if kind not in READERS:
        raise Need("office")
    return reader_of(kind)(path)
