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

READERS: dict[Kind, str] = {
    "txt": "plain",
    "docx": "docx",
    "odt": "odt",
    "pdf": "pdf",
    "png": "ocr",
    "jpg": "ocr",
    "tiff": "ocr",
    "doc": "office",
    "rtf": "office",
}


def reader_of(kind: Kind) -> Reader:
    """The function `read(path) -> Source` of a type; its module is loaded now."""
    module = importlib.import_module(f"nhipcau.core.planreader.formats.{READERS[kind]}")
    return cast(Reader, module.read)


def open_source(path: Path) -> Source:
    """Pass the gate and read the file at `path`; raises Refusal. Meant for a child process with limits."""
    try:
        kind = admit(path).kind
    except Rejected as rejected:
        raise Refusal(rejected.code, **rejected.values) from rejected
    except OSError as error:
        raise Refusal("missing", name=path.name) from error
    source = reader_of(kind)(path)
    if not any(line.text.strip() for line in source.lines):
        raise Refusal("not-a-plan")
    return source
