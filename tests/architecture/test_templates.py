"""Templates are written in lines that a person can read and a diff can show."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 240


def test_no_line_of_a_template_is_too_long_to_review() -> None:
    templates = sorted(ROOT.glob("src/nhipcau/apps/*/templates/**/*.html"))
    assert templates
    long = [
        f"{path.relative_to(ROOT)}:{number} has {len(line)} characters"
        for path in templates
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > LONGEST
    ]
    assert long == [], "break inside a tag, or where block elements meet"
