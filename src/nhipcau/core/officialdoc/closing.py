"""What closes a document: recipients on the left, the signature on the right, never on two pages."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from nhipcau.core.officialdoc.cleaning import line, lines
from nhipcau.core.officialdoc.letterhead import columns
from nhipcau.core.officialdoc.model import OfficialDocument, Signature
from nhipcau.core.officialdoc.ooxml import element, plain
from nhipcau.core.officialdoc.phrases import listed

LEFT = 72.0
MOST_TOGETHER = 40
"""A longer list of recipients may run over pages: it would leave most of a page white."""


def closing(document: OfficialDocument, room: float) -> list[etree._Element]:
    """Recipients and signatures as tables without lines."""
    recipients = _recipients(document)
    signatures = [document.signature, *document.co_signatures]
    if len(signatures) == 1:
        whole = len(recipients) <= MOST_TOGETHER
        row = _row([recipients or [plain("NoiNhanDong", "")], _signature(signatures[0])], whole=whole)
        return [columns([row], (LEFT, room - LEFT))]
    widths = tuple([room / len(signatures)] * len(signatures))
    made = [columns([_row([_signature(each) for each in signatures], whole=True)], widths)]
    return [*made, plain("KhoangTrong", ""), *recipients]


def _row(cells: Sequence[list[etree._Element]], *, whole: bool) -> etree._Element:
    look = [element("trPr", element("cantSplit"))] if whole else []
    return element("tr", *look, *(element("tc", *each) for each in cells))


def _signature(signature: Signature) -> list[etree._Element]:
    words = [each for text in [*signature.authority, signature.title] for each in lines(text)]
    made = [plain("QuyenHan", each.upper()) for each in words]
    made += [plain("KhoangKy", "") for _ in range(4)]
    return [*made, plain("HoTen", line(signature.name))]


def _recipients(document: OfficialDocument) -> list[etree._Element]:
    named = [words for each in document.recipients if (words := line(each).lstrip("-–+ "))]
    if document.addressed_to and "Như trên" not in {each.rstrip(" ;.,") for each in named}:
        named.insert(0, "Như trên")
    if archive := line(document.archive).lstrip("-– ").removeprefix("Lưu:").strip():
        named.append(f"Lưu: {archive}")
    if not named:
        return []
    return [plain("NoiNhan", "Nơi nhận:"), *(plain("NoiNhanDong", f"- {each}") for each in listed(named))]
