"""A Word file against the form of Decree 30/2020/NĐ-CP, annex I: element by element."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from nhipcau.core.filegate import Rejected, admit
from nhipcau.core.officialdoc.checking import closing_rules, head_rules, text_rules
from nhipcau.core.officialdoc.checking.findings import Finding
from nhipcau.core.officialdoc.checking.locating import Layout, locate
from nhipcau.core.officialdoc.checking.reading import read
from nhipcau.core.planreader.refusal import Refusal

Rule = Callable[[Layout], Iterator[Finding]]
RULES: tuple[Rule, ...] = (
    text_rules.paper,
    text_rules.page_numbers,
    text_rules.fonts,
    text_rules.encoding,
    head_rules.nation,
    head_rules.motto,
    head_rules.issuer,
    head_rules.number,
    head_rules.place_and_date,
    head_rules.title,
    head_rules.greeting,
    text_rules.bases,
    text_rules.order,
    text_rules.body,
    closing_rules.signature,
    closing_rules.recipients,
    closing_rules.annexes,
)


def check_docx(document: Path | str | bytes) -> list[Finding]:
    """What departs from the form, in the order of the form. Raises planreader's Refusal for what is no DOCX.

    For files from outside use `check_in_child`: reading runs in a process with limits there.
    """
    if isinstance(document, bytes):
        with tempfile.NamedTemporaryFile(suffix=".docx") as file:
            file.write(document)
            file.flush()
            return check_docx(Path(file.name))
    path = Path(document)
    try:
        kind = admit(path).kind
    except Rejected as rejected:
        raise Refusal(rejected.code, **rejected.values) from rejected
    except OSError as error:
        raise Refusal("missing", name=path.name) from error
    if kind != "docx":
        raise Refusal("type", allowed=".docx")
    layout = locate(read(path))
    return [finding for rule in RULES for finding in rule(layout)]
