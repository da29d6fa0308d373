"""Opening identity numbers."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class PurposeForm(forms.Form):
    purpose = forms.CharField(label=_("What it is needed for"), max_length=300)
