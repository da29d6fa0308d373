"""A key for a program."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

DAYS = ((30, _("30 days")), (90, _("90 days")), (365, _("a year")))


class KeyForm(forms.Form):
    name = forms.CharField(label=_("What it is for"), max_length=80)
    days = forms.TypedChoiceField(label=_("How long it holds"), choices=DAYS, coerce=int)
    writes = forms.BooleanField(label=_("It may send updates too, not only read"), required=False)
