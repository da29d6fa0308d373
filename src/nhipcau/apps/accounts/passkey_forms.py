"""allauth's forms for passkeys, told that what a stranger sends need not be an answer of a key at all."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import forms as webauthn
from django import forms

# Ten times what the longest attestation takes.
LONGEST = 100_000
# What the reading of a malformed answer raises: text, base64, CBOR, keys and signatures are read in turn.
_MALFORMED = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    RecursionError,
    struct.error,
)


@contextmanager
def _reading() -> Iterator[None]:
    """What cannot be read is a wrong answer; what is refused already keeps its reason."""
    try:
        yield
    except _MALFORMED as error:
        raise get_adapter().validation_error("incorrect_code") from error


class CredentialField(forms.CharField):
    """The answer of a key: a JSON object without NUL, which no database takes."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST, **kwargs)

    def clean(self, value: Any) -> dict[str, Any]:
        text = super().clean(value)
        with _reading():
            answer = json.loads(text)
            if not isinstance(answer, dict) or "\\u0000" in text:
                raise TypeError("no answer of a key")
        return answer


class LoginForm(webauthn.LoginWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    credential = CredentialField()

    def clean_credential(self) -> Any:
        with _reading():
            return super().clean_credential()


class AuthenticateForm(webauthn.AuthenticateWebAuthnForm):  # type: ignore[misc]
    credential = CredentialField()

    def clean_credential(self) -> Any:
        with _reading():
            return super().clean_credential()


class ReauthenticateForm(webauthn.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    credential = CredentialField()

    def clean_credential(self) -> Any:
        with _reading():
            return super().clean_credential()


class AddForm(webauthn.AddWebAuthnForm):  # type: ignore[misc]
    credential = CredentialField()

    def clean(self) -> Any:
        with _reading():
            return super().clean()
