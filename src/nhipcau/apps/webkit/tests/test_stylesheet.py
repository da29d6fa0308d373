"""A sheet is cut to what is used, and nothing that is used is lost."""

from __future__ import annotations

import re
from pathlib import Path

from nhipcau.apps.webkit.stylesheet import cut

APPS = Path(__file__).resolve().parents[2]

SHEET = """@charset "UTF-8";/*! Licence */
/* gone */:root{--a:1px;--b:var(--a);--c:url("data:image/svg+xml,;{}")}
body{margin:0}.btn,.card{padding:var(--b)}.btn:not(.disabled):hover{color:red}.modal .btn{top:0}
@media (min-width:1px){.card{left:0}.btn{right:0}}@keyframes spin{to{top:1px}}@keyframes blink{to{top:2px}}
.btn{animation:1s spin}
"""


def test_rules_of_used_classes_and_of_elements_stay() -> None:
    small = cut(SHEET, {"btn"})
    assert "body{margin:0}" in small
    assert ".btn{padding:var(--b)}" in small
    assert ".btn:not(.disabled):hover" in small
    assert "@media (min-width:1px){.btn{right:0}}" in small


def test_rules_of_unused_classes_go_with_their_variables_and_frames() -> None:
    small = cut(SHEET, {"btn"})
    assert "card" not in small
    assert "modal" not in small
    assert "--c" not in small
    assert "blink" not in small
    assert "@keyframes spin" in small


def test_a_variable_that_another_needs_stays() -> None:
    assert "--a:1px;--b:var(--a)" in cut(SHEET, {"btn"})
    assert "--c" in cut(SHEET, {"btn"}, elsewhere=".x{background:var(--c)}")


def test_the_licence_stays_and_comments_go() -> None:
    small = cut(SHEET, set())
    assert "/*! Licence */" in small
    assert "gone" not in small


def test_no_style_depends_on_the_language() -> None:
    """So colours that are right in one language are right in all: the crawl looks at them once."""
    sheets = sorted(APPS.glob("*/static/**/*.css"))
    assert len(sheets) > 5
    of_a_language = re.compile(r":lang\(|\[\s*(?:xml\\?:)?lang\b", re.IGNORECASE)
    assert [str(sheet) for sheet in sheets if of_a_language.search(sheet.read_text("utf-8"))] == []
