"""The filter of the outbox."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.notices.models import Mail, MailQuerySet
from nhipcau.core.text import fold


class OutboxFilter(forms.Form):
    q = forms.CharField(
        label=_("To whom"), required=False, max_length=120, widget=forms.TextInput(attrs={"type": "search"})
    )
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All")), *Mail.State.choices])

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        self.full_clean()

    @property
    def chosen(self) -> dict[str, str]:
        """What was understood; empty answers left out."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    def apply(self, mails: MailQuerySet) -> MailQuerySet:
        chosen = self.chosen
        if "state" in chosen:
            mails = mails.filter(state=chosen["state"])
        for word in fold(chosen.get("q", "")).split()[:6]:
            mails = mails.filter(recipient__name_fold__contains=word)
        return mails
