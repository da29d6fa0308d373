"""Whom to ring up at an agency, and for which matter."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.webkit.days import DayField
from nhipcau.apps.webkit.widgets import NamesSelect

_PHONE = re.compile(r"[0-9+()./ \-]{6,40}(?:\s*(?:ext|máy lẻ|lẻ)\.?\s*\d{1,6})?", re.IGNORECASE)


class FocalPointForm(forms.Form):
    """`organisations` are those whose focal points she keeps; one of them needs no question."""

    organisation = forms.TypedChoiceField(label=_("Agency"), coerce=int, widget=NamesSelect)
    full_name = forms.CharField(label=_("Full name"), max_length=120)
    position = forms.CharField(label=_("Position"), max_length=120, required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=60, required=False)
    email = forms.EmailField(label=_("Office mail"), required=False)
    matter = forms.CharField(
        label=_("For which matter"),
        max_length=200,
        required=False,
        help_text=_("Empty: for everything."),
    )
    first_day = DayField(label=_("From the day"))
    last_day = DayField(label=_("Last day"), required=False)

    def __init__(self, *args: Any, organisations: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = organisations if len(organisations) == 1 else [("", "—"), *organisations]

    def clean_phone(self) -> str:
        phone = str(self.cleaned_data["phone"]).strip()
        if phone and not all(_PHONE.fullmatch(part.strip()) for part in re.split(r"[,;]", phone)):
            raise forms.ValidationError(_("Write figures as they are dialled: 0275 3 822 100."))
        return phone
