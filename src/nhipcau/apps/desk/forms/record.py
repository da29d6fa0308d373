"""Filters of the record of actions."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.webkit.days import DayField


class RecordForm(forms.Form):
    who = forms.CharField(label=_("Who"), required=False, max_length=120)
    day = DayField(label=_("On the day"), required=False)
    rows = forms.BooleanField(label=_("Changed rows too"), required=False)
