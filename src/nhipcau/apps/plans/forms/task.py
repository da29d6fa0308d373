"""A task entered by hand."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.plans.drafting import Named
from nhipcau.apps.plans.forms.draft import DueField
from nhipcau.apps.plans.models import Document, Role
from nhipcau.apps.webkit.days import DayField

SOURCES = [
    (kind.value, kind.label)
    for kind in (Document.Kind.CONCLUSION, Document.Kind.LETTER, Document.Kind.NOTE, Document.Kind.OTHER)
]


class TaskForm(forms.Form):
    """The least that a task needs; `named` gives its bodies."""

    text = forms.CharField(label=_("Task"), widget=forms.Textarea(attrs={"rows": "2", "autofocus": True}))
    agency = forms.CharField(
        label=_("Agency"),
        max_length=400,
        help_text=_("Several are separated by semicolons."),
        widget=forms.TextInput(attrs={"list": "orgs", "autocomplete": "off"}),
    )
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.LEAD)
    due_on = DueField(
        label=_("Due"),
        required=False,
        help_text=_("31/12/2027, 05/6 every year, every quarter; empty: no date."),
    )
    partners = forms.CharField(label=_("Together with"), max_length=400, required=False)
    kind = forms.ChoiceField(label=_("Source"), choices=SOURCES)
    number = forms.CharField(label=_("Number"), max_length=60, required=False)
    issued_on = DayField(label=_("Date"), required=False)
    quote = forms.CharField(
        label=_("Its sentence"), required=False, widget=forms.Textarea(attrs={"rows": "2"})
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not (data.get("number") or data.get("issued_on") or data.get("quote")) and not self.errors:
            self.add_error("number", _("Say where it comes from: its number, its date or its sentence."))
        return data

    def named(self) -> list[Named]:
        """Agencies in the given role, then partners."""
        data = self.cleaned_data
        agencies = [Named(name, data["role"]) for name in _names(data["agency"])]
        return [*agencies, *(Named(name, Role.COORDINATE, partner=True) for name in _names(data["partners"]))]


class SettleForm(forms.Form):
    """Work of an earlier period was done after all."""

    done_on = DayField(label=_("Done on"))
    reason = forms.CharField(
        label=_("What shows it"), max_length=300, help_text=_("For example the number of the report.")
    )


def _names(value: str) -> list[str]:
    return [name for name in (" ".join(part.split()) for part in str(value).split(";")) if name]
