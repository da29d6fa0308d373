"""Naming a deputy, and ending her time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.accounts.models import User
from nhipcau.apps.webkit.days import DayField
from nhipcau.apps.webkit.widgets import NamesSelect


class DeputyForm(forms.Form):
    """`absent` is asked for only of those who may name deputies for others."""

    absent = forms.TypedChoiceField(label=_("Who is away"), coerce=int, widget=NamesSelect)
    deputy = forms.TypedChoiceField(label=_("Who stands in"), coerce=int, widget=NamesSelect)
    first_day = DayField(label=_("First day"))
    last_day = DayField(label=_("Last day"))
    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=_("Leave, mission, sickness."))

    def __init__(
        self, *args: Any, others: Sequence[User], deputies: Sequence[User], me: User, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        absent, deputy = self.fields["absent"], self.fields["deputy"]
        assert isinstance(absent, forms.ChoiceField)
        assert isinstance(deputy, forms.ChoiceField)
        deputy.choices = [("", "—"), *named(deputies)]
        if others:
            absent.choices = named([me, *others])
        else:
            del self.fields["absent"]


def named(users: Sequence[User]) -> list[tuple[str, str]]:
    """With the mail address: two people may have one name."""
    return [(str(user.pk), f"{user.full_name} ({user.email})") for user in users]


class EndDeputyForm(forms.Form):
    reason = forms.CharField(label=_("Why it ends early"), max_length=300)
