"""A filled-in workbook to send."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.webkit.formats import size


class WorkbookForm(forms.Form):
    file = forms.FileField(label=_("The filled-in workbook"), allow_empty_file=True)


def limits(most: int) -> str:
    return _("Excel (.xlsx) or OpenDocument (.ods), up to %(size)s.") % {"size": size(most)}
