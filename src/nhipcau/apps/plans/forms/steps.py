"""The steps inside an agency."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.accounts.models import User
from nhipcau.apps.plans.forms.update import VersionForm
from nhipcau.apps.webkit.widgets import NamesSelect


class StepsForm(forms.Form):
    receives = forms.BooleanField(label=_("The clerk receives what is given to the agency"), required=False)
    assigns = forms.BooleanField(label=_("The head assigns a specialist"), required=False)
    approves = forms.BooleanField(
        label=_("The head approves a report before it is sent to the lead agency"), required=False
    )


class AgencyForm(forms.Form):
    agency = forms.CharField(
        label=_("Another agency"),
        max_length=300,
        widget=forms.TextInput(attrs={"list": "orgs", "autocomplete": "off"}),
    )


class SpecialistForm(VersionForm):
    specialist = forms.TypedChoiceField(label=_("Who works on it"), coerce=int, widget=NamesSelect)

    def __init__(self, *args: object, people: Iterable[User], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as Django's form takes them
        field = self.fields["specialist"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [("", _("Choose…")), *((user.pk, user.full_name) for user in people)]


class GiveBackForm(VersionForm):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": "3"}),
        help_text=_("Whoever drafted it reads it; it stays inside the agency."),
    )
