"""How the five provincial plans are read as Word files, as PDF and (with --scans) as scans.

    python -m nhipcau.core.planreader.formats.tests.score [--scans] [--plan NAME] [--keep FOLDER]

The figures stand beside those of the texts; see ../shared/tools/score_plan.py for what they mean.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from nhipcau.core.planreader.child import read_in_child
from nhipcau.core.planreader.formats.tests.renderings import as_docx, as_pdf, as_scan
from nhipcau.core.planreader.score import FIVE, load_scorer, shared_folder, text_of

FORMS: dict[str, Callable[[str], bytes]] = {
    "txt": lambda text: text.encode(),
    "docx": as_docx,
    "pdf": as_pdf,
    "scan": lambda text: as_scan(as_pdf(text)),
}
SHOWN = ("header", "recipients", "citations", "sections", "tasks", "spans", "ids", "agencies", "role", "due")


def figures(
    form: str, names: tuple[str, ...], folder: Path, shared: Path
) -> tuple[dict[str, float], list[str]]:
    """Pooled figures and misses of the named plans in one form; the files made stay in `folder`."""
    scorer = load_scorer(shared)
    tally = scorer.Tally()
    for name in names:
        gold = shared / "plans" / f"{name}.gold.json"
        path = folder / f"{name}.{'pdf' if form == 'scan' else form}"
        path.write_bytes(FORMS[form](text_of(gold)))
        scorer.score_into(
            tally, dict(read_in_child(path)), json.loads(gold.read_text(encoding="utf-8")), f"{name} "
        )
    misses = [f"{part}: {miss}" for part, found in tally.miss.items() for miss in found]
    return {k: v for k, v in tally.figures().items() if v is not None}, misses


def main() -> None:
    """Print the table."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--scans", action="store_true")
    arguments.add_argument("--plan", action="append")
    arguments.add_argument("--misses", action="store_true")
    arguments.add_argument("--keep", type=Path)
    chosen = arguments.parse_args()
    names = tuple(chosen.plan or FIVE)
    sys.stdout.write(" " * 6 + "".join(f"{name:>11}" for name in SHOWN) + "\n")
    for form in FORMS:
        if form == "scan" and not chosen.scans:
            continue
        with tempfile.TemporaryDirectory() as folder:
            found, misses = figures(form, names, chosen.keep or Path(folder), shared_folder())
        cells = [f"{found[name]:11.4f}" if name in found else f"{'n/a':>11}" for name in SHOWN]
        rows = [form.ljust(6) + "".join(cells)] + [f"    {miss}" for miss in misses if chosen.misses]
        sys.stdout.write("\n".join(rows) + "\n")


if __name__ == "__main__":
    main()
