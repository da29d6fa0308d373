"""Whom to ask: groups, and bodies by name. For requests of the apps above."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.orgs.models import OrganisationSet
from nhipcau.apps.webkit.widgets import NamesCheckboxes

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Words


def names_field(label: str | Words) -> forms.CharField:
    """Where names of bodies are typed, beside the page's list of them."""
    return forms.CharField(
        label=label,
        required=False,
        max_length=4000,
        help_text=_("Several are separated by semicolons."),
        widget=forms.TextInput(attrs={"list": "orgs", "autocomplete": "off"}),
    )


class WhomForm(forms.Form):
    """A form for it declares the field of names: `named` is its name, `nobody` the words for none."""

    named: ClassVar[str]
    nobody: ClassVar[str | Words]

    sets = forms.ModelMultipleChoiceField(
        label=_("Groups"),
        queryset=OrganisationSet.objects.none(),
        required=False,
        widget=NamesCheckboxes,
    )

    def __init__(self, user: object, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["sets"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = OrganisationSet.objects.visible_to(user).filter(confirmed_at__isnull=False)

    def names(self) -> list[str]:
        """The bodies as typed."""
        parts = (" ".join(part.split()) for part in self.cleaned_data[self.named].split(";"))
        return [part for part in parts if part]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("sets") and not (data.get(self.named) or "").strip() and not self.errors:
            self.add_error(self.named, self.nobody)
        return data
