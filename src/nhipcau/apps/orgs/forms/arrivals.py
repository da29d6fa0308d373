"""A sheet to send, and the reason for taking one back."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.webkit.formats import size


class SheetForm(forms.Form):
    file = forms.FileField(label=_("The sheet"), allow_empty_file=True)


class UndoForm(forms.Form):
    reason = forms.CharField(label=_("Why is it undone?"), max_length=300)


def limits(most: int) -> str:
    return _("Excel (.xlsx), OpenDocument (.ods) or CSV, up to %(size)s.") % {"size": size(most)}
