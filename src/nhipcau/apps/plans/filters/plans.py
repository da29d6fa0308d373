"""The filter of the list of plans."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.plans.models import Document
from nhipcau.apps.plans.models.document import DocumentQuerySet
from nhipcau.core.text import fold

SHOWN_STATES = (Document.State.DRAFT, Document.State.APPROVED, Document.State.READING, Document.State.REFUSED)


class PlanFilter(forms.Form):
    q = forms.CharField(required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"}))
    state = forms.ChoiceField(
        required=False, choices=[("", _("All")), *((state.value, state.label) for state in SHOWN_STATES)]
    )
    kind = forms.ChoiceField(required=False, choices=[("", _("All")), *Document.Kind.choices])
    year = forms.IntegerField(
        required=False, min_value=1990, max_value=2200, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )

    def __init__(self, data: Mapping[str, Any], *, states: bool) -> None:
        super().__init__(data)
        if not states:
            del self.fields["state"]
        self.full_clean()

    @property
    def chosen(self) -> dict[str, Any]:
        """What was understood; empty answers left out."""
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}

    def apply(self, documents: DocumentQuerySet) -> DocumentQuerySet:
        """Words stand in number, title or issuer; marks do not matter in the title."""
        chosen, found = self.chosen, documents
        for word in str(chosen.get("q", "")).split()[:8]:
            in_title = found.filter(title_fold__contains=fold(word))
            found = (
                in_title | found.filter(number__icontains=word) | found.filter(issuer_name__icontains=word)
            )
        for name in ("state", "kind"):
            if name in chosen:
                found = found.filter(**{name: chosen[name]})
        return found.filter(issued_on__year=chosen["year"]) if "year" in chosen else found
