"""What the database keeps has its row in the glossary, under the word that the code uses."""

from __future__ import annotations

import re
from pathlib import Path

from django.apps import apps

GLOSSARY = Path(__file__).resolve().parents[2] / "docs" / "glossary.md"


def identifiers() -> list[str]:
    """The words in code marks of the first column."""
    rows = [line.split("|")[1] for line in GLOSSARY.read_text(encoding="utf-8").splitlines() if "|" in line]
    return [word for row in rows for word in re.findall(r"`(\w+)`", row)]


def test_every_model_has_a_row() -> None:
    ours = [model for model in apps.get_models() if model.__module__.startswith("nhipcau.")]
    names = {re.sub(r"(?<!^)(?=[A-Z])", "_", model.__name__).lower() for model in ours}
    assert names - set(identifiers()) == set()


def test_no_word_has_two_rows() -> None:
    found = identifiers()
    assert sorted(found) == sorted(set(found))
