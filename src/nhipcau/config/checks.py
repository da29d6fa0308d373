"""Rules between settings, as system checks: `nhipcau manage check` and every start say what does not fit.

An error stops `migrate`, and so the start or upgrade of an instance for work ("production"); a warning is
printed and says what it costs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

Rule = Callable[[], Iterator[CheckMessage]]
_rules: list[Rule] = []
_UNSAFE = "'unsafe-"


def rule(function: Rule) -> Rule:
    """A rule of instances for work; one for trying passes without."""
    _rules.append(function)
    return function


@register(Tags.security)
def fits_together(**_options: Any) -> list[CheckMessage]:
    """All rules, and those that hold for every instance."""
    found = [*_always()]
    if settings.PRODUCTION:
        found += [message for each in _rules for message in each()]
    return found


def _always() -> Iterator[CheckMessage]:
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    unsafe = [
        name for name, sources in directives.items() if any(str(s).startswith(_UNSAFE) for s in sources)
    ]
    if unsafe:
        yield Error(f"The content security policy is unsafe in {', '.join(unsafe)}.", id="nhipcau.E001")
    if settings.SESSION_IDLE_SECONDS > settings.SESSION_WHOLE_SECONDS:
        yield Error(
            "NHIPCAU_SESSION_IDLE_MINUTES is longer than NHIPCAU_SESSION_HOURS.",
            hint="A session that may idle longer than it may live never idles out.",
            id="nhipcau.E002",
        )
    if not 0 <= settings.DIGEST_HOUR <= 23:
        yield Error("NHIPCAU_DIGEST_HOUR must be an hour from 0 to 23.", id="nhipcau.E004")
    if "*" in settings.ALLOWED_HOSTS:
        yield Error(
            "NHIPCAU_HOSTS must name the hosts.",
            hint="With * a forged Host header would stand in the links of mails.",
            id="nhipcau.E003",
        )


@rule
def _secret() -> Iterator[CheckMessage]:
    if len(settings.SECRET_KEY) < 50 or len(set(settings.SECRET_KEY)) < 10:
        yield Error(
            "NHIPCAU_SECRET_KEY must be 50 or more random characters.",
            hint='python3 -c "import secrets; print(secrets.token_urlsafe(50))"',
            id="nhipcau.E010",
        )


@rule
def _address() -> Iterator[CheckMessage]:
    if not settings.PUBLIC_ADDRESS.startswith("https://"):
        yield Error(
            "NHIPCAU_ADDRESS must be the https:// address that people type.",
            hint="Passkeys, cookies and the links of mails depend on it.",
            id="nhipcau.E011",
        )
    elif settings.PUBLIC_HOST not in settings.ALLOWED_HOSTS:
        yield Error("NHIPCAU_HOSTS does not contain the host of NHIPCAU_ADDRESS.", id="nhipcau.E012")


@rule
def _logins() -> Iterator[CheckMessage]:
    if settings.SERVING_ROLE == settings.OWNING_ROLE:
        yield Error(
            "The serving login owns the tables, so it could rewrite the record.",
            hint="Set DATABASE_URL to a login of its own and NHIPCAU_OWNER_DATABASE_URL to the owner's.",
            id="nhipcau.E013",
        )


@rule
def _mail() -> Iterator[CheckMessage]:
    if settings.EMAIL_BACKEND.endswith("dummy.EmailBackend"):
        yield Warning(
            "No way for mails is set (NHIPCAU_SMTP_URL): no reminders, no mail to set a new password.",
            hint="Until then an administrator makes invitation links.",
            id="nhipcau.W014",
        )


@rule
def _factors() -> Iterator[CheckMessage]:
    if not settings.MFA_REQUIRED:
        yield Warning(
            "NHIPCAU_MFA_REQUIRED is off: a stolen password opens a coordinator's desk.", id="nhipcau.W015"
        )


@rule
def _proxies() -> Iterator[CheckMessage]:
    if not settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        yield Warning(
            "NHIPCAU_PROXIES is 0, yet TLS needs a server in front: limits by address hit everybody at once.",
            id="nhipcau.W016",
        )


@rule
def _scanner() -> Iterator[CheckMessage]:
    if not settings.SCANNER:
        yield Warning(
            "NHIPCAU_SCANNER is not set: uploads are not looked at by a virus scanner.", id="nhipcau.W017"
        )
