"""That an agency was reminded, how and when."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.plans.models import Reminder
from nhipcau.apps.webkit.days import DayField


class ReminderForm(forms.Form):
    channel = forms.ChoiceField(
        label=_("How"), choices=Reminder.Channel.choices, initial="zalo", widget=forms.RadioSelect
    )
    said_on = DayField(label=_("On the day"))
    words = forms.CharField(
        label=_("What was said"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": "3"}),
        help_text=_("What they answered, for example. The agency can read it."),
    )

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["said_on"].initial = timezone.localdate()
