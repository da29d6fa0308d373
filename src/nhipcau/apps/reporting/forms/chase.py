"""That a unit was reminded, how; and the words of the letter of reminder."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nhipcau.apps.reporting.actions.note_chase import OUTSIDE
from nhipcau.apps.reporting.letters import LetterWords
from nhipcau.apps.webkit.widgets import capitalised


class ChaseForm(forms.Form):
    how = forms.ChoiceField(
        label=_("How"),
        choices=capitalised((each.value, each.label) for each in OUTSIDE),
        initial=OUTSIDE[0].value,
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("What was said"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": "3"}),
        help_text=_("What they answered, for example. The agency can read it."),
    )


class LetterForm(forms.Form):
    """Everything of the letter but its list, which is who owes a report now."""

    subject = forms.CharField(label=_("Subject, after “V/v”"), max_length=300)
    text = forms.CharField(
        label=_("Text, a paragraph a line"), max_length=6000, widget=forms.Textarea(attrs={"rows": "14"})
    )
    parent_body = forms.CharField(label=_("Parent body"), max_length=200, required=False)
    issuer = forms.CharField(label=pgettext_lazy("document", "Issuer"), max_length=200)
    symbol = forms.CharField(
        label=_("Symbol, after the number"),
        max_length=40,
        help_text=_("“SNgV”, for example. The number stays blank: the document-management system gives it."),
    )
    place = forms.CharField(label=_("Place in the date line"), max_length=60)
    authority = forms.CharField(
        label=_("Signs for (TM., KT.)"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": "2"}),
        help_text=_("As it stands above the post."),
    )
    title = forms.CharField(label=_("Post of who signs"), max_length=100)
    signer = forms.CharField(label=_("Name of who signs"), max_length=100, required=False)
    recipients = forms.CharField(
        label=_("Recipients, a line each"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": "3"}),
    )

    def words(self) -> LetterWords:
        """Of a form that is valid."""
        named: dict[str, Any] = {field: self.cleaned_data[field] for field in self.fields}
        return LetterWords(**named)
