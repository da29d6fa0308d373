"""The filter of the lists of records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.plans.models import Dissemination, Kind, Review
from nhipcau.apps.plans.models.kinds import RecordQuerySet
from nhipcau.apps.webkit.days import DayField
from nhipcau.apps.webkit.widgets import NamesSelect

EMPTY_RESULT = "none"


class RecordFilter(forms.Form):
    """`agencies` are offered to those who see several."""

    q = forms.CharField(required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"}))
    agency = forms.TypedChoiceField(required=False, coerce=int, empty_value=None, widget=NamesSelect)
    day_from = DayField(required=False)
    day_to = DayField(required=False)
    proposal = forms.ChoiceField(required=False, choices=[("", _("All")), *Review.Proposal.choices])
    result = forms.ChoiceField(
        required=False, choices=[("", _("All")), (EMPTY_RESULT, _("no answer yet")), *Review.Result.choices]
    )
    form = forms.ChoiceField(required=False, choices=[("", _("All")), *Dissemination.Form.choices])

    def __init__(self, data: Mapping[str, Any], kind: str, agencies: Iterable[tuple[int, str]]) -> None:
        super().__init__(data)
        if kind not in {Kind.LAW, Kind.PROCEDURE}:
            del self.fields["proposal"], self.fields["result"]
        if kind != Kind.SESSION:
            del self.fields["form"]
        offered = list(agencies)
        if len(offered) < 2:
            del self.fields["agency"]
        else:
            chooser = self.fields["agency"]
            assert isinstance(chooser, forms.TypedChoiceField)
            chooser.choices = [("", _("All")), *offered]
        self.full_clean()

    @property
    def chosen(self) -> dict[str, Any]:
        """What was understood; empty answers left out."""
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}

    def apply(self, records: RecordQuerySet) -> RecordQuerySet:
        """Days: what was held, or is, on one of them."""
        chosen, found = self.chosen, records
        if "q" in chosen:
            found = found.matching(chosen["q"])
        if "agency" in chosen:
            found = found.filter(organisation=chosen["agency"])
        for name in ("proposal", "form"):
            if name in chosen:
                found = found.filter(**{name: chosen[name]})
        if "result" in chosen:
            result = chosen["result"]
            found = found.filter(result="" if result == EMPTY_RESULT else result)
        if "day_from" in chosen:
            first = chosen["day_from"]
            found = found.filter(Q(day__gte=first) | Q(last_day__gte=first))
        return found.filter(day__lte=chosen["day_to"]) if "day_to" in chosen else found
