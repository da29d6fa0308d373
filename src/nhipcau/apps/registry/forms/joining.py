"""Saying that two persons are one, and deciding it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class JoinForm(forms.Form):
    """`others` are the persons found, by number."""

    other = forms.TypedChoiceField(
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose the person who is the same."),
            "invalid_choice": _("Choose one of the persons below."),
        },
    )
    reason = forms.CharField(
        label=_("Why they are the same"),
        max_length=300,
        help_text=_("What proves it: a number of a document, the same relative, the person's own word."),
    )

    def __init__(self, *args: Any, others: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["other"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(pk, str(pk)) for pk in others]


class ApartForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300)


class DecideForm(forms.Form):
    """The reason is needed for no."""

    reason = forms.CharField(
        label=_("Reason"), max_length=300, required=False, help_text=_("Needed when you do not agree.")
    )
