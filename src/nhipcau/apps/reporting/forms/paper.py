"""The day on which a report came on paper, given by who enters it."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.webkit.days import DayField


class PaperForm(forms.Form):
    paper_on = DayField(
        label=_("Came on paper on"),
        required=False,
        help_text=_("It counts whether the report is in time. Empty: today."),
    )

    def clean_paper_on(self) -> date | None:
        day: date | None = self.cleaned_data["paper_on"]
        if day is not None and day > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        return day
