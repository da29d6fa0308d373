"""Forms of one's own account."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

# Each language in its own name, so that who cannot read the page finds hers.
OWN_NAMES = [("vi", "Tiếng Việt"), ("en", "English")]


class LanguageForm(forms.Form):
    language = forms.ChoiceField(label=_("Language"), choices=OWN_NAMES, widget=forms.RadioSelect)
