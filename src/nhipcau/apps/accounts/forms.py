"""Forms that replace allauth's."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.accounts.jobs import mail_reset_link


class CodeForm(forms.Form):
    """What stands on a printed slip."""

    email = forms.EmailField(
        label=_("User name (office mail)"),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
        max_length=254,
    )
    code = forms.CharField(
        label=_("Code on the slip"),
        max_length=60,
        help_text=_("Three groups of four, as printed. Capitals or not is the same."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"}),
    )


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
            key=uuid.uuid4().hex,
        )
        return email
