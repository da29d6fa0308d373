"""What is said of a report: more time, why it comes back."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.webkit.days import DayField


class TimeForm(forms.Form):
    until = DayField(label=_("New day"), help_text=_("Until the end of this day."))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": "3"}),
        help_text=_("The lead agency reads it and decides."),
    )


class ReturnForm(forms.Form):
    """The marks of places are no fields of it: their number is the report's."""

    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    reason = forms.CharField(max_length=5000, widget=forms.Textarea)
    until = DayField(required=False)


class ReasonForm(forms.Form):
    reason = forms.CharField(max_length=5000, widget=forms.Textarea)


class VersionForm(forms.Form):
    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
