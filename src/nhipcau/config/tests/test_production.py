"""What changes when NHIPCAU_MODE=production, as a browser sees it; and the rules between settings."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.checks import run_checks
from django.test import Client
from tests.cast import PASSWORD, Cast

import nhipcau

HOST = "nhipcau.example.gov.vn"
GOOD = {
    "NHIPCAU_MODE": "production",
    "NHIPCAU_SECRET_KEY": "k3Zp0Vn7aQ1sLx9Yw2Er5Tt8Uu4Ii6Oo-Pp_Aa1Ss2Dd3Ff4Gg5Hh",
    "NHIPCAU_ADDRESS": f"https://{HOST}",
    "DATABASE_URL": "postgresql://nhipcau_app:x@db/nhipcau",
    "NHIPCAU_OWNER_DATABASE_URL": "postgresql://nhipcau_owner:x@db/nhipcau",
    "NHIPCAU_SMTP_URL": "smtp://u:p@mail.example.gov.vn:587?tls=1",
    "NHIPCAU_SCANNER": "clamdscan --no-summary",
}
READ = """
import json, nhipcau.config.settings as s
plain = {n: v for n, v in vars(s).items() if n.isupper()}
print(json.dumps(plain, default=lambda value: None))
"""


def settings_of(**environment: str) -> dict[str, Any]:
    """The settings as another process reads them."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("NHIPCAU_", "DATABASE"))
    }
    kept["PYTHONPATH"] = str(Path(nhipcau.__file__).parents[1])
    done = subprocess.run(
        [sys.executable, "-c", READ], env={**kept, **environment}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise ValueError(done.stderr)
    return dict(json.loads(done.stdout))


@pytest.fixture(scope="module")
def production() -> dict[str, Any]:
    return settings_of(**GOOD)


TAKEN = (
    "SESSION_",
    "CSRF_",
    "SECURE_",
    "LANGUAGE_COOKIE",
    "ALLOWED_HOSTS",
    "ALLAUTH_",
    "PUBLIC_",
    "PRODUCTION",
    "MFA_REQUIRED",
)
ALSO = ("SECRET_KEY", "SERVING_ROLE", "OWNING_ROLE", "EMAIL_BACKEND", "SCANNER")


@pytest.fixture
def in_production(production: dict[str, Any], settings: Any) -> Iterator[Any]:
    """This process with production's settings of headers, cookies and checks."""
    for name, value in production.items():
        if value is not None and (name.startswith(TAKEN) or name in ALSO):
            setattr(settings, name, value)
    yield settings


@pytest.fixture
def browser(cast: Cast, in_production: Any) -> Client:
    return Client(headers={"host": HOST, "x-forwarded-proto": "https", "x-forwarded-for": "203.0.113.7"})


def test_without_tls_one_is_sent_to_tls(browser: Client) -> None:
    response = browser.get("/accounts/login/", headers={"x-forwarded-proto": "http"})
    assert response.status_code == 301
    assert response.url == f"https://{HOST}/accounts/login/"


def test_every_cookie_is_bound_to_the_host_and_out_of_scripts_reach(browser: Client, cast: Cast) -> None:
    browser.get("/accounts/login/")
    browser.post("/accounts/login/", {"login": cast.officer.email, "password": PASSWORD})
    browser.post("/language/", {"language": "en"})
    names = set(browser.cookies)
    assert names == {"__Host-nhipcau-session", "__Host-nhipcau-csrf", "__Host-nhipcau-language"}
    for cookie in browser.cookies.values():
        assert cookie["secure"]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert cookie["path"] == "/"
        assert not cookie["domain"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Strict-Transport-Security", "max-age=31536000"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Cache-Control", "no-store"),
        ("Permissions-Policy", "camera=()"),
        ("Permissions-Policy", "publickey-credentials-get=(self)"),
        ("Content-Security-Policy", "default-src 'none'"),
        ("Content-Security-Policy", "script-src 'self'"),
        ("Content-Security-Policy", "style-src 'self'"),
        ("Content-Security-Policy", "frame-ancestors 'none'"),
        ("Content-Security-Policy", "base-uri 'none'"),
        ("Content-Security-Policy", "form-action 'self'"),
    ],
)
def test_headers(browser: Client, name: str, expected: str) -> None:
    assert expected in browser.get("/accounts/login/")[name]


@pytest.mark.parametrize("address", ["/accounts/login/", "/", "/no-such-page", "/accounts/password/reset/"])
def test_no_page_weakens_the_policy(browser: Client, address: str) -> None:
    policy = browser.get(address)["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "*" not in policy


def test_a_host_that_is_not_ours_is_refused(browser: Client) -> None:
    assert browser.get("/accounts/login/", headers={"host": "evil.example"}).status_code == 400


def found(level: str = "nhipcau.") -> set[str]:
    return {str(message.id) for message in run_checks() if str(message.id).startswith(level)}


def test_the_settings_of_the_guide_pass_without_a_word(in_production: Any) -> None:
    assert found() == set()


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("SESSION_IDLE_SECONDS", 13 * 3600, "nhipcau.E002"),
        ("ALLOWED_HOSTS", ["*", HOST], "nhipcau.E003"),
        ("DIGEST_HOUR", 24, "nhipcau.E004"),
        ("SECRET_KEY", "short", "nhipcau.E010"),
        ("SECRET_KEY", "a" * 60, "nhipcau.E010"),
        ("PUBLIC_ADDRESS", f"http://{HOST}", "nhipcau.E011"),
        ("PUBLIC_ADDRESS", "", "nhipcau.E011"),
        ("ALLOWED_HOSTS", ["other.example"], "nhipcau.E012"),
        ("SERVING_ROLE", "nhipcau_owner", "nhipcau.E013"),
        ("EMAIL_BACKEND", "django.core.mail.backends.dummy.EmailBackend", "nhipcau.W014"),
        ("MFA_REQUIRED", False, "nhipcau.W015"),
        ("ALLAUTH_TRUSTED_PROXY_COUNT", 0, "nhipcau.W016"),
        ("SCANNER", [], "nhipcau.W017"),
    ],
)
def test_each_rule_finds_its_breach(in_production: Any, name: str, value: object, expected: str) -> None:
    setattr(in_production, name, value)
    assert expected in found()


def test_an_unsafe_policy_is_an_error_everywhere(settings: Any) -> None:
    directives = {
        **settings.CONTENT_SECURITY_POLICY["DIRECTIVES"],
        "script-src": ["'self'", "'unsafe-inline'"],
    }
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": directives}
    assert "nhipcau.E001" in found()


def test_an_instance_for_trying_passes(settings: Any) -> None:
    assert not django_settings.PRODUCTION
    assert found() == set()


@pytest.mark.parametrize(
    ("environment", "word"),
    [
        ({"NHIPCAU_MODE": "prod"}, "NHIPCAU_MODE"),
        ({**GOOD, "NHIPCAU_SECRET_KEY": ""}, "NHIPCAU_SECRET_KEY"),
        ({"NHIPCAU_ADDRESS": "nhipcau.example"}, "NHIPCAU_ADDRESS"),
        ({"NHIPCAU_LINK_HOURS": "three"}, "NHIPCAU_LINK_HOURS"),
        ({"NHIPCAU_MFA_REQUIRED": "perhaps"}, "NHIPCAU_MFA_REQUIRED"),
        ({"NHIPCAU_SMTP_URL": "mail.example"}, "NHIPCAU_SMTP_URL"),
        ({"NHIPCAU_SMTP_URL": "smtp://x", "NHIPCAU_MAIL_FOLDER": "/x"}, "NHIPCAU_MAIL_FOLDER"),
        ({"NHIPCAU_MAIL_PROVIDER": "pigeon", "NHIPCAU_MAIL_KEY": "k"}, "NHIPCAU_MAIL_PROVIDER"),
        ({"NHIPCAU_MAIL_PROVIDER": "brevo"}, "NHIPCAU_MAIL_KEY"),
        ({"NHIPCAU_MAIL_PROVIDER": "mailjet", "NHIPCAU_MAIL_KEY": "k"}, "NHIPCAU_MAIL_SECRET"),
        ({"NHIPCAU_DIGEST_BEFORE": "7,-1"}, "NHIPCAU_DIGEST_BEFORE"),
        ({"NHIPCAU_DIGEST_AFTER": "367"}, "NHIPCAU_DIGEST_AFTER"),
        ({"NHIPCAU_SCANNER": "clamscan 'x"}, "NHIPCAU_SCANNER"),
        ({"DATABASE_URL": "mysql://x"}, "DATABASE_URL"),
    ],
)
def test_a_setting_that_cannot_be_read_is_named(environment: dict[str, str], word: str) -> None:
    with pytest.raises(ValueError, match=word):
        settings_of(**environment)
