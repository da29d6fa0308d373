"""Form controls of the house."""

from __future__ import annotations

from typing import Any

from django import forms


class NamesSelect(forms.Select):
    """Options that users named (agencies, plans) are marked as theirs; the empty one is the page's."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if value not in (None, ""):
            option["attrs"]["data-user-text"] = True
        return option
