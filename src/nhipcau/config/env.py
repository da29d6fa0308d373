"""Typed readers of environment variables that fail loudly, with the variable's name."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE, FALSE = {"1", "true", "yes", "on"}, {"", "0", "false", "no", "off"}


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default)


def flag(name: str, default: bool = False) -> bool:
    value = os.environ.get(name)
    if value is None:
        return default
    if value.lower() in TRUE:
        return True
    if value.lower() in FALSE:
        return False
    raise ImproperlyConfigured(f"{name} must be one of 1, 0, true, false; it is {value!r}.")


def number(name: str, default: int) -> int:
    value = os.environ.get(name)
    if value is None:
        return default
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number; it is {value!r}.") from None


def names(name: str, default: str = "") -> list[str]:
    """A comma-separated list."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def numbers(name: str, default: str, most: int = 366) -> list[int]:
    """A comma-separated list of whole numbers from 0 to `most`; empty for none."""
    found = names(name, default)
    if not all(part.isascii() and part.isdigit() and int(part[:9]) <= most for part in found):
        raise ImproperlyConfigured(
            f"{name} must be whole numbers up to {most}, with commas; it is {os.environ.get(name)!r}."
        )
    return sorted({int(part) for part in found})


def one_of(name: str, allowed: tuple[str, ...]) -> str:
    """One of the allowed words; the first is the default."""
    value = os.environ.get(name, allowed[0])
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(allowed)}; it is {value!r}.")
    return value


def words(name: str) -> list[str]:
    """A command line, split as a shell would."""
    try:
        return shlex.split(os.environ.get(name, ""))
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is not a command line: {error}.") from None


def data_folder() -> Path:
    """Where this instance keeps its files: NHIPCAU_DATA, else .data in the folder it is started from."""
    return Path(os.environ.get("NHIPCAU_DATA") or ".data").absolute()


def database(url: str) -> dict[str, object]:
    """A PostgreSQL URL as Django's settings; `?host=` names a socket folder, as libpq reads it."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL must begin with postgresql://")
    options: dict[str, object] = dict(parse_qsl(parts.query))
    # Row security makes plans look dear: to compile one takes seconds, to carry it out milliseconds.
    options.setdefault("options", "-c jit=off")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or unquote(parts.hostname or ""),
        "PORT": options.pop("port", None) or parts.port or "",
        "OPTIONS": options,
    }


def address(name: str) -> str:
    """An origin such as "https://nhipcau.example.gov.vn", without a path; empty when it is not set."""
    value = os.environ.get(name, "").rstrip("/")
    parts = urlsplit(value)
    if value and (parts.scheme not in {"http", "https"} or not parts.hostname or parts.path):
        raise ImproperlyConfigured(f"{name} must be an address like https://host; it is {value!r}.")
    return value
