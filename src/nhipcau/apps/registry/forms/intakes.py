"""Sending a list of people, telling its columns, taking it back."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.registry.models import Round, RunningSource
from nhipcau.apps.webkit.formats import size
from nhipcau.apps.webkit.widgets import NamesSelect
from nhipcau.core.personvalues import BY_CODE

_FIELD = re.compile(r"c(\d{1,3})-(\d{1,3})")


class ListForm(forms.Form):
    """`sources`: those that take records now."""

    source = forms.ChoiceField(label=_("Round or source"), widget=NamesSelect)
    sender = forms.TypedChoiceField(label=_("Sent by"), coerce=int, widget=NamesSelect)
    file = forms.FileField(label=_("The list"), allow_empty_file=True)

    def __init__(
        self,
        *args: Any,
        rounds: Sequence[Round],
        running: Sequence[RunningSource],
        senders: Sequence[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._sources: dict[str, Round | RunningSource] = {
            **{f"round-{each.pk}": each for each in rounds},
            **{f"source-{each.pk}": each for each in running},
        }
        for name, choices in (
            ("source", [(key, str(each)) for key, each in self._sources.items()]),
            ("sender", [(str(pk), name) for pk, name in senders]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    def chosen(self) -> Round | RunningSource:
        """What the list belongs to; of a valid form."""
        return self._sources[self.cleaned_data["source"]]


class WhyForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300)


def limits(most: int) -> str:
    return _("Excel (.xlsx), OpenDocument (.ods) or CSV, up to 100,000 rows and %(size)s.") % {
        "size": size(most)
    }


def told_columns(data: Mapping[str, str], sheets: Sequence[Mapping[str, Any]]) -> dict[int, dict[int, str]]:
    """Sheet → column → field, of what was posted as "c<sheet>-<column>"; what is no field is left out."""
    width = {int(sheet["index"]): len(sheet["headings"]) for sheet in sheets}
    found: dict[int, dict[int, str]] = {}
    for name in data:
        match = _FIELD.fullmatch(name)
        if match is None:
            continue
        index, place = int(match[1]), int(match[2])
        if place < width.get(index, 0):
            field = data[name]
            found.setdefault(index, {})[place] = field if field in BY_CODE else ""
    return found
