"""Forms that replace allauth's."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.accounts.jobs import mail_reset_link


class ResetPasswordForm(forms.Form):
    """Answers alike whoever asks: looking the address up and writing to it is a job's work."""

    email = forms.EmailField(
        label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "email"}), max_length=254
    )

    def save(self, request: HttpRequest, **_kwargs: Any) -> str:
        email: str = self.cleaned_data["email"]
        mail_reset_link.defer(
            email=email.lower(),
            base=settings.PUBLIC_ADDRESS or request.build_absolute_uri("/"),
            language=get_language() or settings.LANGUAGE_CODE,
        )
        return email
