"""What is asked before a person is erased."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.registry.actions.erase_person import Ground


class EraseForm(forms.Form):
    request = forms.CharField(label=_("Number of the written request"), max_length=120)
    # Nothing is chosen beforehand: this is for good.
    ground = forms.ChoiceField(label=_("Why"), choices=Ground.choices, widget=forms.RadioSelect)
    sure = forms.BooleanField(
        label=_("It was made sure that the request comes from the person, or that the law demands it.")
    )
