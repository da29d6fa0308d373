"""What a coordinator writes of a report form and its sections."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nhipcau.apps.reporting.actions.build_section import Stated
from nhipcau.apps.reporting.models import FormVersion, Section
from nhipcau.apps.webkit.widgets import capitalised


class TitleForm(forms.Form):
    title = forms.CharField(
        label=pgettext_lazy("report", "Title"),
        max_length=300,
        help_text=_("As the units read it."),
        widget=forms.TextInput(attrs={"autofocus": True}),
    )
    purpose = forms.CharField(
        label=_("What it is for"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": "2"})
    )


class VersionForm(forms.Form):
    guidance = forms.CharField(
        label=_("Guidance for the whole form"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": "3"}),
    )
    change_note = forms.CharField(
        label=_("What changed, and why"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": "2"}),
    )

    def __init__(self, version: FormVersion, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if version.number == 1:
            del self.fields["change_note"]


class SectionForm(forms.Form):
    title = forms.CharField(label=_("Heading"), max_length=300)
    kind = forms.ChoiceField(
        label=_("What it asks for"),
        choices=capitalised(Section.Kind.choices),
    )
    level = forms.TypedChoiceField(
        label=_("Level"),
        choices=capitalised(((1, _("first, as I.")), (2, _("second, as 1.")), (3, _("third, as a)")))),
        coerce=int,
        initial=1,
    )
    guidance = forms.CharField(
        label=_("Guidance"), required=False, max_length=3000, widget=forms.Textarea(attrs={"rows": "2"})
    )
    required = forms.BooleanField(label=_("Must be answered"), required=False, initial=True)
    most_chars = forms.IntegerField(
        label=_("At most so many characters"), required=False, min_value=50, max_value=100_000
    )

    def stated(self) -> Stated:
        """Of a valid form."""
        data = self.cleaned_data
        return Stated(
            data["kind"],
            " ".join(data["title"].split()),
            data["level"],
            data["guidance"].strip(),
            data["required"],
            data["most_chars"],
        )


def initial_of(section: Section) -> dict[str, Any]:
    names = ("title", "kind", "level", "guidance", "required", "most_chars")
    return {name: getattr(section, name) for name in names}
