"""A new organisation, another way to write it, its new name."""

from __future__ import annotations

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.orgs.models import AGENCIES, PARTNERS, WORKING_PLACES, Organisation, OrganisationVersion
from nhipcau.apps.webkit.days import DayField
from nhipcau.apps.webkit.markup import fill_lazy
from nhipcau.core.text import fold

# Provinces come with the country's units, partners have their own form.
WORKING_KINDS = [(kind.value, kind.label) for kind in (*AGENCIES, *WORKING_PLACES)]


class OrganisationForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    abbreviation = forms.CharField(
        label=_("Abbreviation"), max_length=40, required=False, help_text=_("As in document numbers: SNgV.")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=WORKING_KINDS)
    valid_from = DayField(
        label=_("Exists since"),
        required=False,
        help_text=_("31/12/2027. Empty: as long as anyone remembers."),
    )

    def clean_name(self) -> str:
        name = " ".join(str(self.cleaned_data["name"]).split())
        today = timezone.localdate()
        known = OrganisationVersion.objects.working().filter(name_fold=fold(name), valid__contains=today)
        if known.exists():
            raise forms.ValidationError(
                _("An organisation of this name exists. Use it, or write what sets them apart.")
            )
        return name


class PartnerForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200, help_text=_("As the partner writes it."))
    abbreviation = forms.CharField(label=_("Abbreviation"), max_length=40, required=False)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", "---------"), *((kind.value, kind.label) for kind in PARTNERS)]
    )

    def clean_name(self) -> str:
        name = " ".join(str(self.cleaned_data["name"]).split())
        known = OrganisationVersion.objects.filter(
            organisation__realm=Organisation.Realm.PARTNER,
            name_fold=fold(name),
            valid__contains=timezone.localdate(),
        )
        if known.exists():
            raise forms.ValidationError(
                _("A partner of this name exists. Use it, or write what sets them apart: the country.")
            )
        return name


class AliasForm(forms.Form):
    text = forms.CharField(
        label=_("Another way in which documents write it"),
        max_length=200,
        help_text=fill_lazy(_("For example: %(example)s."), example="Sở KH&ĐT"),
    )


class RenameForm(forms.Form):
    name = forms.CharField(label=_("New name"), max_length=200)
    abbreviation = forms.CharField(label=_("Abbreviation"), max_length=40, required=False)
    valid_from = DayField(label=_("From the day"))


class SetForm(forms.Form):
    """The members that stay, and more of them by name."""

    name = forms.CharField(label=_("Name of the group"), max_length=200)
    add = forms.CharField(
        label=_("Add agencies"),
        required=False,
        widget=forms.Textarea(attrs={"rows": "2"}),
        help_text=_("Names, separated by semicolons."),
    )

    def clean_add(self) -> list[int]:
        found, missing = [], []
        today = timezone.localdate()
        for name in filter(
            None, (part.strip() for part in str(self.cleaned_data["add"]).replace("\n", ";").split(";"))
        ):
            named = OrganisationVersion.objects.working().filter(name_fold=fold(name), valid__contains=today)
            version = named.first()
            found.append(version.organisation_id) if version else missing.append(name)
        if missing:
            raise forms.ValidationError(
                _("No organisation is called: %(names)s. Add it under Organisations first."),
                params={"names": "; ".join(missing)},
            )
        return found
