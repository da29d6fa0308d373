"""What stands in the way, who decides, more time, what is said."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.webkit.days import DayField

LONG = 5000


def words(label: Any, help_text: Any = "", rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": str(rows)}),
    )


class KeyForm(forms.Form):
    """Sent twice it is one: the key comes with the form."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": uuid.uuid4(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)


class ObstacleForm(KeyForm):
    text = words(_("What stands in the way"))
    clearer = forms.CharField(
        label=_("Who can clear it"),
        max_length=300,
        help_text=_("An agency, or in words."),
        widget=forms.TextInput(attrs={"list": "orgs", "autocomplete": "off"}),
    )


class ClearForm(forms.Form):
    how = words(_("How it was cleared"))


class EscalateForm(forms.Form):
    body = forms.CharField(
        label=_("Body that has to decide"),
        max_length=300,
        help_text=_("For example: the chairman of the provincial People's Committee."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class DecisionForm(forms.Form):
    decision = words(_("What was decided"), _("With the number of the document, where there is one."))
    decided_on = DayField(label=_("Decided on"))


class ExtensionForm(forms.Form):
    until = DayField(label=_("New date"))
    reason = words(_("Reason"))


class ExtensionDecisionForm(forms.Form):
    grant = forms.ChoiceField(
        label=_("Decision"),
        choices=(("yes", _("Grant the new date")), ("no", _("Refuse: the old date stays"))),
        widget=forms.RadioSelect,
    )
    reason = words(_("Reason"), _("The agency reads it."))


class CommentForm(KeyForm):
    text = words(_("Write a comment"), _("Everybody who sees this task reads it."), rows=2)


class TargetForm(forms.Form):
    target = forms.DecimalField(
        label=_("Target"),
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=2,
        localize=True,
        help_text=_("Empty: the task has none, and agencies say how far they are in percent."),
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    unit = forms.CharField(label=_("Unit"), required=False, max_length=60)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("target") is not None and not data.get("unit"):
            self.add_error("unit", _("Say of what: people, courses, documents."))
        return data
