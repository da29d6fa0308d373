"""Commands, targets, settings, files and links that the docs name exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from nhipcau.cli.main import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("changelog.d/*.md")])
CODE = re.compile(r"```[^\n]*\n(.*?)```|`([^`\n]+)`", re.S)


def code_of(page: Path) -> list[str]:
    """What stands in code blocks and between backticks."""
    return [block or span for block, span in CODE.findall(page.read_text(encoding="utf-8"))]


def named(pattern: str) -> list[tuple[str, str]]:
    """Each match in code with the page it stands on."""
    found = {
        (match, page.relative_to(ROOT).as_posix())
        for page in PAGES
        for code in code_of(page)
        for match in re.findall(pattern, code, re.M)
    }
    return sorted(found)


def sources() -> str:
    kinds = ("*.py", "*.sh", "*.env", "*.service")
    files = [file for kind in kinds for file in (ROOT / "src").rglob(kind)]
    return "\n".join(file.read_text(encoding="utf-8") for file in [*files, ROOT / "Makefile"])


def test_every_subcommand_exists():
    wrong = [hit for hit in named(r"(?:^|[\s;&|(]|bin/)nhipcau ([a-z][a-z-]+)") if hit[0] not in COMMANDS]
    assert wrong == []


def test_every_management_command_exists():
    known = set(get_commands())
    wrong = [hit for hit in named(r"nhipcau manage ([a-z_]+)") if hit[0] not in known]
    assert wrong == []


def test_every_make_target_exists():
    targets = set(re.findall(r"^([a-z0-9-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    wrong = [hit for hit in named(r"(?:^|\s)make ([a-z][a-z0-9-]*)") if hit[0] not in targets]
    assert wrong == []


def test_every_setting_is_read_somewhere():
    text = sources()
    wrong = [hit for hit in named(r"\b(NHIPCAU_[A-Z0-9_]+)\b") if hit[0] not in text]
    assert wrong == []


def test_every_setting_that_is_read_is_described():
    settings = set(re.findall(r'"(NHIPCAU_[A-Z0-9_]+)"', sources()))
    page = ROOT / "docs" / "reference" / "settings.md"
    if not page.exists():
        pytest.skip("docs/reference/settings.md is not written yet")
    described = page.read_text(encoding="utf-8")
    assert sorted(name for name in settings if name not in described) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_leads_to_a_file(page):
    links = re.findall(r"\]\((?!https?:|mailto:)([^)#\s]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_file_named_under_docs_or_tests_exists():
    wrong = [
        hit for hit in named(r"(?:^|\s)((?:docs|tests|src)/[\w./-]+\.\w+)") if not (ROOT / hit[0]).exists()
    ]
    assert wrong == []
