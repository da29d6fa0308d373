"""Filters of the lists of organisations, places and partners."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.orgs.models import AGENCIES, PARTNERS, WORKING_PLACES, OrganisationVersion
from nhipcau.apps.webkit.days import DayField
from nhipcau.apps.webkit.widgets import NamesSelect

ALL = ("", _("All"))
_TYPE = OrganisationVersion.UnitType
TYPES = [ALL, *((each.value, each.label) for each in _TYPE if each not in (_TYPE.PROVINCE, _TYPE.CITY))]


class ListFilter(forms.Form):
    """`on` is the day as of which names and hierarchy are shown; what cannot be read is left out."""

    q = forms.CharField(required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"}))
    on = DayField(required=False)

    def __init__(self, data: Mapping[str, Any], today: date) -> None:
        super().__init__(data)
        self.today = today
        self.full_clean()

    def value(self, name: str) -> Any:
        """What was chosen; nothing when it could not be read."""
        return self.cleaned_data.get(name) or None

    @property
    def words(self) -> str:
        return str(self.value("q") or "").replace("\x00", "")

    @property
    def day(self) -> date:
        found = self.value("on")
        return found if isinstance(found, date) else self.today

    @property
    def used(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.errors) or any(self.value(name) for name in self.fields)


class AgencyFilter(ListFilter):
    REALMS = (ALL, ("agency", _("agencies")), ("place", _("communes of the province")))

    realm = forms.ChoiceField(required=False, choices=REALMS)
    kind = forms.ChoiceField(
        required=False,
        choices=[ALL, *((each.value, each.label) for each in (*AGENCIES, *WORKING_PLACES))],
    )


class PlaceFilter(ListFilter):
    province = forms.TypedChoiceField(required=False, coerce=int, empty_value=None, widget=NamesSelect)
    unit_type = forms.ChoiceField(required=False, choices=TYPES)

    def __init__(self, data: Mapping[str, Any], today: date, provinces: Iterable[tuple[int, str]]) -> None:
        province = self.base_fields["province"]
        super().__init__(data, today)
        province = self.fields["province"]
        assert isinstance(province, forms.TypedChoiceField)
        province.choices = [ALL, *provinces]
        self.full_clean()


class PartnerFilter(ListFilter):
    kind = forms.ChoiceField(required=False, choices=[ALL, *((each.value, each.label) for each in PARTNERS)])


def day_of(data: Mapping[str, Any], today: date) -> date:
    """The day that an address asks for, else today."""
    return ListFilter({"on": data.get("on", "")}, today).day
