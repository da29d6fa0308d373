"""How mails leave: by SMTP, through a provider that anymail knows, or into a folder. One of them."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from nhipcau.config import env

SECONDS = 20
FOLDER = "nhipcau.apps.notices.folder.EmailBackend"
# Provider → the name that anymail gives its key, and those of what else it may need.
PROVIDERS: dict[str, tuple[str, dict[str, str]]] = {
    "brevo": ("BREVO_API_KEY", {}),
    "mailersend": ("MAILERSEND_API_TOKEN", {}),
    "mailgun": (
        "MAILGUN_API_KEY",
        {"NHIPCAU_MAIL_DOMAIN": "MAILGUN_SENDER_DOMAIN", "NHIPCAU_MAIL_API": "MAILGUN_API_URL"},
    ),
    "mailjet": ("MAILJET_API_KEY", {"NHIPCAU_MAIL_SECRET": "MAILJET_SECRET_KEY"}),
    "mailtrap": ("MAILTRAP_API_TOKEN", {}),
    "mandrill": ("MANDRILL_API_KEY", {}),
    "postal": ("POSTAL_API_KEY", {"NHIPCAU_MAIL_API": "POSTAL_API_URL"}),
    "postmark": ("POSTMARK_SERVER_TOKEN", {}),
    "resend": ("RESEND_API_KEY", {}),
    "sparkpost": ("SPARKPOST_API_KEY", {"NHIPCAU_MAIL_API": "SPARKPOST_API_URL"}),
    "unisender_go": ("UNISENDER_GO_API_KEY", {"NHIPCAU_MAIL_API": "UNISENDER_GO_API_URL"}),
}
# Without these the provider's own start would fail at the first mail.
NEEDED = {"mailjet": "NHIPCAU_MAIL_SECRET", "postal": "NHIPCAU_MAIL_API", "unisender_go": "NHIPCAU_MAIL_API"}


def settings(*, production: bool, data: Path, training: bool = False) -> dict[str, object]:
    """Django's and anymail's settings from the environment.

    Nothing chosen: a folder of the data folder for trying; an instance for work sends none. No mail leaves a
    training copy, whatever was chosen for the instance that it was copied from.
    """
    if training:
        return folder(data / "mails")
    ways = ("NHIPCAU_SMTP_URL", "NHIPCAU_MAIL_PROVIDER", "NHIPCAU_MAIL_FOLDER")
    chosen = [name for name in ways if env.text(name)]
    if len(chosen) > 1:
        raise ImproperlyConfigured(f"Mails leave one way: set only one of {', '.join(chosen)}.")
    if "NHIPCAU_SMTP_URL" in chosen:
        return smtp("NHIPCAU_SMTP_URL")
    if "NHIPCAU_MAIL_PROVIDER" in chosen:
        return provider("NHIPCAU_MAIL_PROVIDER")
    if chosen or not production:
        return folder(Path(env.text("NHIPCAU_MAIL_FOLDER") or data / "mails"))
    return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}


def smtp(name: str) -> dict[str, object]:
    """From "smtp://user:password@host:587?tls=1" (or ssl=1)."""
    parts = urlsplit(env.text(name))
    options = dict(parse_qsl(parts.query))
    if parts.scheme != "smtp" or not parts.hostname:
        raise ImproperlyConfigured(f"{name} must be like smtp://user:password@host:587?tls=1")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or 25,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": options.get("tls") == "1",
        "EMAIL_USE_SSL": options.get("ssl") == "1",
        "EMAIL_TIMEOUT": SECONDS,
    }


def provider(name: str) -> dict[str, object]:
    """From the provider's name and its key."""
    chosen, key = env.text(name), env.text("NHIPCAU_MAIL_KEY")
    if chosen not in PROVIDERS:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(PROVIDERS)}; it is {chosen!r}.")
    missing = [need for need in ("NHIPCAU_MAIL_KEY", NEEDED.get(chosen, "")) if need and not env.text(need)]
    if missing:
        raise ImproperlyConfigured(f"{name}={chosen} needs {' and '.join(missing)}.")
    key_name, more = PROVIDERS[chosen]
    own = {setting: env.text(variable) for variable, setting in more.items() if env.text(variable)}
    return {
        "EMAIL_BACKEND": f"anymail.backends.{chosen}.EmailBackend",
        "ANYMAIL": {key_name: key, **own, "REQUESTS_TIMEOUT": SECONDS},
    }


def folder(path: Path) -> dict[str, object]:
    """Each mail becomes a file there."""
    return {"EMAIL_BACKEND": FOLDER, "EMAIL_FILE_PATH": path.absolute()}
