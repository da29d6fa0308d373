"""A change of a legal document."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.reference.models import LawChange
from nhipcau.apps.webkit.days import DayField
from nhipcau.apps.webkit.markup import fill_lazy


class LawChangeForm(forms.Form):
    number = forms.CharField(
        label=_("Number of the document"),
        max_length=60,
        help_text=fill_lazy(_("For example: %(example)s."), example="13/2023/NĐ-CP"),
    )
    title = forms.CharField(label=_("What it is about"), max_length=300, required=False)
    issued_on = DayField(
        label=_("Issued on"), required=False, help_text=_("Numbers repeat: the day tells them apart.")
    )
    effect = forms.ChoiceField(label=_("What happened"), choices=LawChange.Effect.choices)
    successor = forms.CharField(label=_("By which document"), max_length=60, required=False)
    effective_on = DayField(label=_("Since"))
    source = forms.CharField(label=_("Where it is written"), max_length=300)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("effect") in {"replaced", "amended"} and not data.get("successor"):
            self.add_error("successor", _("Name the document that did it."))
        return data


class EndForm(forms.Form):
    reason = forms.CharField(label=_("Why is it taken back?"), max_length=300)
