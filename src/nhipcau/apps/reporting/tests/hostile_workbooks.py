"""A filled-in workbook made hostile part by part, and what becomes of it when it is sent."""

from __future__ import annotations

import io
import re
import resource
import time
import zipfile

from tests.cast import Cast

from nhipcau.apps.reporting.models import Obligation, Submission, Workbook
from nhipcau.apps.reporting.tests.workbooks import sent
from nhipcau.apps.reporting.views.workbooks import refusal_words
from nhipcau.core.tablereader import REASONS, Refusal

FIGURE, WORDS = 1204321, "Đã ban hành kế hoạch"
KILOBYTES = 50 * 1024


def members(body: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(body)) as package:
        return {name: package.read(name) for name in package.namelist()}


def zipped(parts: dict[str, bytes]) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return memory.getvalue()


def with_parts(body: bytes, **parts: bytes) -> bytes:
    """`parts` are added, or stand for those of the same name."""
    return zipped(members(body) | parts)


def figures_sheet(body: bytes) -> str:
    """The part with FIGURE in it."""
    found = [name for name, part in members(body).items() if f"<v>{FIGURE}</v>".encode() in part]
    (name,) = found
    return name


def cell(body: bytes, new: str) -> bytes:
    """Another cell in the place of FIGURE's."""
    name = figures_sheet(body)
    part, count = re.subn(
        rb'<c (r="[A-Z]+[0-9]+")([^>]*)><v>%d</v></c>' % FIGURE,
        lambda found: new.encode().replace(b"@", b"<c " + found[1]),
        members(body)[name],
    )
    assert count == 1
    return with_parts(body, **{name: part})


def doctype(body: bytes, words: str, encoding: str = "utf-8") -> bytes:
    """The sheet of the figures begins with a document type."""
    name = figures_sheet(body)
    text = re.sub(r"^<\?xml[^>]*\?>\s*", "", members(body)[name].decode())
    text = f'<?xml version="1.0" encoding="{encoding}"?>{words}{text}'
    return with_parts(body, **{name: text.encode(encoding)})


def inside(body: bytes, more: str, before: bytes = b"</sheetData>") -> bytes:
    """More XML in the sheet of the figures."""
    name = figures_sheet(body)
    return with_parts(body, **{name: members(body)[name].replace(before, more.encode() + before, 1)})


def swollen(body: bytes, unit: bytes, times: int) -> bytes:
    """So much of it in the sheet of the figures, written piece by piece."""
    name, memory = figures_sheet(body), io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as package:
        for each, part in members(body).items():
            if each != name:
                package.writestr(each, part)
        head, tail = members(body)[name].split(b"</sheetData>")
        with package.open(name, "w") as opened:
            opened.write(head)
            for _time in range(times):
                opened.write(unit)
            opened.write(b"</sheetData>" + tail)
    return memory.getvalue()


def outcome(report: Obligation, cast: Cast, body: bytes, name: str = "bao-cao.xlsx") -> str:
    """The code of the refusal, or the state of what was read. Nothing of a refused one is in a draft."""
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    try:
        found = sent(report, cast, body, name)
    except Refusal as refusal:
        assert not Workbook.objects.exists()
        code, said = refusal.code, refusal.message("vi")
    else:
        refused = found.state == Workbook.State.REFUSED
        why = found.refusal or {"code": str(found.state)}
        code, said = why["code"], refusal_words(found) if refused else "x"
    # The children's processor time is bounded; a busy machine needs more of the clock.
    assert time.monotonic() - began < 40
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < KILOBYTES
    assert said
    if code not in {"taken", "read"}:
        assert code in REASONS or code.startswith("workbook-")
        assert not Submission.objects.exists()
    return code


def nested(depth: int) -> str:
    return f'<row r="900"><c r="A900">{"<a>" * depth}{"</a>" * depth}</c></row>'
