"""Finding people, entering one, correcting one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nhipcau.apps.registry.forms.partial import PartialDateField, told
from nhipcau.apps.registry.models import Basis, Group, Sex
from nhipcau.apps.registry.numbers import understood
from nhipcau.apps.webkit.widgets import NamesSelect
from nhipcau.core.personvalues import IdentityNumber, Name, Problem, read_name

Choices = Iterable[tuple[str, str]]
NONE = ("", pgettext_lazy("choice", "not said"))


class PeopleFilter(forms.Form):
    """What cannot be read is left out."""

    q = forms.CharField(required=False, max_length=200)
    country = forms.CharField(required=False, max_length=2)
    group = forms.ChoiceField(required=False, choices=[("", _("All")), *Group.choices])
    basis = forms.ChoiceField(required=False, choices=[("", _("All")), *Basis.choices])

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.full_clean()

    def value(self, name: str) -> str:
        return str(self.cleaned_data.get(name) or "").replace("\x00", "")

    @property
    def used(self) -> bool:
        return any(self.value(name) for name in self.fields)


class PersonFields(forms.Form):
    """The fields that the register keeps, and no others (docs/explanation/registry.md)."""

    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    foreign_name = forms.CharField(label=_("Foreign name"), max_length=200, required=False)
    sex = forms.ChoiceField(label=_("Sex"), choices=[NONE, *Sex.choices], required=False)
    birth = PartialDateField(
        label=_("Born"), required=False, help_text=_("As far as it is known: 1962, 5/1962 or 30/5/1962.")
    )
    place = forms.TypedChoiceField(
        label=_("Commune of origin"), coerce=int, empty_value=None, required=False, widget=NamesSelect
    )
    place_text = forms.CharField(
        label=_("Origin in words"),
        max_length=300,
        required=False,
        help_text=_("As the paper has it, where the commune is not in the list."),
    )
    groups = forms.MultipleChoiceField(
        label=_("Groups"), choices=Group.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    country = forms.ChoiceField(label=_("Country"), required=False, widget=NamesSelect)
    city = forms.CharField(label=_("City abroad"), max_length=120, required=False)
    address_abroad = forms.CharField(label=_("Address abroad"), max_length=300, required=False)
    left_in = PartialDateField(label=_("Left in"), required=False)
    education = forms.CharField(label=_("Education"), max_length=200, required=False)
    occupation = forms.CharField(label=_("Occupation"), max_length=200, required=False)
    skills = forms.CharField(label=_("Skills"), max_length=300, required=False)
    languages = forms.CharField(label=_("Languages"), max_length=200, required=False)
    wants_to_contribute = forms.CharField(label=_("Wants to contribute"), max_length=300, required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    other_phones = forms.CharField(label=_("Further telephones"), max_length=120, required=False)
    email = forms.EmailField(label=_("E-mail"), max_length=200, required=False)
    relative_name = forms.CharField(label=_("Contact relative"), max_length=200, required=False)
    relative_relation = forms.CharField(label=_("Relation of the relative"), max_length=60, required=False)
    relative_phone = forms.CharField(label=_("Telephone of the relative"), max_length=40, required=False)
    relative_address = forms.CharField(label=_("Address of the relative"), max_length=300, required=False)

    def __init__(self, *args: Any, places: Choices, countries: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("place", places), ("country", countries)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [NONE, *choices]

    def clean_name(self) -> str:
        """In proper case, whatever the paper shouts; as it stands where it is no name that is understood."""
        written = str(self.cleaned_data["name"])
        found = read_name(written)
        return found.display if isinstance(found, Name) else " ".join(written.split())

    def values(self) -> dict[str, Any]:
        """The columns of SourceRecord that say something."""
        columns = PersonFields.base_fields
        found = {name: value for name, value in self.cleaned_data.items() if name in columns and value}
        if "place" in found:
            found["place_id"] = found.pop("place")
        return found


class EnterForm(PersonFields):
    source = forms.ChoiceField(label=_("Round or source"), widget=NamesSelect)
    basis = forms.ChoiceField(
        label=_("Who vouches for it"),
        choices=Basis.choices,
        initial=Basis.UNVERIFIED,
        widget=forms.RadioSelect,
    )
    identity = forms.CharField(
        label=_("Identity numbers"),
        max_length=200,
        required=False,
        help_text=_("Citizen's number or passport number; kept sealed. Several are separated by semicolons."),
    )
    # Set on the page that shows who may be the same person.
    another = forms.BooleanField(required=False, widget=forms.HiddenInput)
    field_order = ["source", *PersonFields.base_fields, "basis"]

    def __init__(self, *args: Any, sources: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["source"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(sources)
        self.fields["name"].required = True

    def clean_identity(self) -> list[IdentityNumber]:
        found = understood(str(self.cleaned_data["identity"]))
        if isinstance(found, Problem):
            raise forms.ValidationError(told(found), code=found.code)
        return found


class CorrectForm(PersonFields):
    """Filled with what the register says; what differs is the correction."""

    basis = forms.ChoiceField(
        label=_("Who vouches for it"), choices=Basis.choices, initial=Basis.DOCUMENT, widget=forms.RadioSelect
    )
    reason = forms.CharField(label=_("Reason"), max_length=300)
