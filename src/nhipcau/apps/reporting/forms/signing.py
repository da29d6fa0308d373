"""Signing off, the edited text, the signed paper, a report of another instance."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.webkit.days import DayField


class FreezeForm(forms.Form):
    """`revision` of the draft as it was seen; the reason is asked for from the second version on."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    reason = forms.CharField(
        label=_("Why is there another version?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class EditedForm(forms.Form):
    file = forms.FileField(
        label=_("The Word file as edited"), help_text=_("What it changed is shown before it is signed.")
    )


class SignedForm(forms.Form):
    number = forms.CharField(
        label=_("Number of the document"),
        max_length=60,
        help_text=_("As the document-management system gave it: 12/BC-SNgV."),
    )
    issued_on = DayField(label=_("Day of the document"))
    signer = forms.CharField(label=_("Signed by"), max_length=200)
    file = forms.FileField(label=_("The signed file (PDF)"), required=False)


class WithdrawForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))


class TakeForm(forms.Form):
    file = forms.FileField(label=_("File of the report (report/1, .json)"))
