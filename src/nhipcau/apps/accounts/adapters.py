"""How allauth behaves here: nobody signs up, nobody learns who exists, second factors are kept encrypted."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from nhipcau.apps.accounts.invitations import use
from nhipcau.apps.accounts.models import User
from nhipcau.apps.accounts.sessions import begin
from nhipcau.apps.audit.record import Entry, write


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, _request: HttpRequest, **_credentials: Any) -> None:
        """Wrong passwords are axes' business: its lock answers in ordinary words, allauth's would not."""

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """A locked user with the right password gets the answer that a wrong one gets."""
        user: User | None = super().authenticate(request, **credentials)
        return user if user is not None and user.is_active else None

    def reauthenticate(self, user: User, password: str) -> bool:
        """allauth looks for its own table of addresses, which stays empty here."""
        found = self.authenticate(context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def respond_user_inactive(self, request: HttpRequest, _user: User) -> HttpResponse:
        """After a passkey or a code: as if it had been wrong."""
        messages.error(request, self.error_messages["email_password_mismatch"])
        return redirect("account_login")

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        begin(request)
        use(user)
        write(Entry("accounts.sign_in", subject=user), actor_id=user.pk, actor_label=user.full_name)

    def set_password(self, user: User, password: str) -> None:
        super().set_password(user, password)
        use(user)
        write(Entry("accounts.set_password", subject=user), actor_id=user.pk, actor_label=user.full_name)

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Only what went wrong is worth a message: that she signed in, she sees."""
        if level > messages.SUCCESS:
            super().add_message(request, level, *args, **kwargs)


def _boxes() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(b"nhipcau.mfa\0" + key.encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    def encrypt(self, text: str) -> str:
        return _boxes().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _boxes().decrypt(encrypted_text.encode()).decode()

    def get_totp_issuer(self) -> str:
        return f"Nhịp Cầu {settings.PROVINCE_NAME}".strip()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Passkeys belong to the address people type, whatever host a proxy names."""
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return {"id": settings.PUBLIC_HOST or entity["id"], "name": self.get_totp_issuer()}
