"""Rounds, running sources, and who may read the register."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.orgs.models import OrganisationSet
from nhipcau.apps.registry.models import Group, Round, RunningSource
from nhipcau.apps.webkit.controls import Options
from nhipcau.apps.webkit.days import DayField
from nhipcau.apps.webkit.widgets import NamesCheckboxes, NamesSelect


class RoundForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    reference_date = DayField(label=_("Reference date"))
    counting = forms.ChoiceField(
        label=_("What is counted"), choices=Round.Counting.choices, widget=forms.RadioSelect
    )
    groups = forms.ChoiceField(label=_("Groups"), choices=Round.Groups.choices, widget=forms.RadioSelect)
    source = forms.CharField(
        label=_("Source"), max_length=300, help_text=_("Who counts, and by which paper.")
    )
    sets = forms.ModelMultipleChoiceField(
        label=_("Units covered"),
        queryset=OrganisationSet.objects.none(),
        widget=NamesCheckboxes,
        error_messages={"required": _("Choose at least one group of units.")},
    )

    def __init__(self, user: object, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["sets"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = OrganisationSet.objects.visible_to(user).filter(confirmed_at__isnull=False)


class SourceForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=RunningSource.Kind.choices)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300)


class RemitForm(forms.Form):
    organisation = forms.TypedChoiceField(label=_("Body"), coerce=int, widget=NamesSelect)
    group = forms.ChoiceField(
        label=_("What it may read"),
        choices=Group.choices,
    )
    basis = forms.CharField(label=_("Legal basis"), max_length=300)
    since = DayField(label=_("From"))

    def __init__(self, *args: Any, bodies: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(bodies.pairs)


class EndRemitForm(ReasonForm):
    last_day = DayField(label=_("Last day"))
    field_order = ["last_day", "reason"]
