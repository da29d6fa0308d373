"""What an edited Word file changes against the document that was produced, paragraph by paragraph."""

from __future__ import annotations

import re
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from nhipcau.apps.files import store
from nhipcau.apps.files.models import Upload
from nhipcau.apps.reporting.models import SignedReport
from nhipcau.apps.reporting.producing import docx_of
from nhipcau.apps.reporting.refusals import Refused
from nhipcau.core.officialdoc.child import check_in_child
from nhipcau.core.planreader.refusal import Refusal
from nhipcau.core.reportfile.changes import aligned
from nhipcau.core.wordtext import WordRefused, paragraphs_of

MOST_FINDINGS = 200
_FIGURES = re.compile(r"\d+(?:[.,]\d+)*")
MOST_EDITS = 2000


def edits_between(report: SignedReport, upload: Upload) -> list[dict[str, object]]:
    """[{"old", "new", "figures"}] in order; `figures` says that a number in it changed.

    Raises Refused("unreadable-word").
    """
    with tempfile.NamedTemporaryFile(suffix=".docx", dir=store.scratch()) as file:
        file.write(docx_of(report))
        file.flush()
        try:
            old = paragraphs_of(Path(file.name))
            new = paragraphs_of(store.path_of(upload.sha256))
        except WordRefused as refused:
            raise Refused("unreadable-word") from refused
    found: list[dict[str, object]] = []
    for before, after in aligned(old, new):
        changed = sorted(_FIGURES.findall(before)) != sorted(_FIGURES.findall(after))
        found.append({"old": before, "new": after, "figures": changed})
    return found[:MOST_EDITS]


def findings_of(upload: Upload) -> list[dict[str, Any]]:
    """Where the edited text departs from the form, found in a confined child; as `Finding` has it.

    Raises Refused("unreadable-word").
    """
    try:
        found = check_in_child(store.path_of(upload.sha256))
    except Refusal as refused:
        raise Refused("unreadable-word") from refused
    return [asdict(each) for each in found[:MOST_FINDINGS]]
