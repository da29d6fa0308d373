"""Form controls of the house."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import capfirst


class NamesCheckboxes(forms.CheckboxSelectMultiple):
    """A list of checks whose labels users named (groups): `users_words` marks them as theirs."""

    users_words = True


class NamesSelect(forms.Select):
    """Options that users named (agencies, plans) are marked as theirs; the empty one is the page's."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if value not in (None, ""):
            option["attrs"]["data-user-text"] = True
        return option


def capitalised(choices: Iterable[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """The options of a field as they stand alone: labels that are written small within sentences."""
    return [(value, capfirst(label)) for value, label in choices]
