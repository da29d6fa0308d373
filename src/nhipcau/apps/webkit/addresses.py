"""Reading what stands in an address or was sent with a form, where no form class reads it."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest

LONGEST = 200
# What the database's identifiers hold is a little more than this.
IDENTIFIER = 18
LONGEST_LINK = 500


def clean(words: str, most: int = LONGEST) -> str:
    """Words without what no database takes (NUL), without end and without space around them."""
    return words.replace("\x00", "").strip()[:most]


def typed(request: HttpRequest, name: str, most: int = LONGEST) -> str:
    """Words of an address."""
    return clean(request.GET.get(name, ""), most)


def sent(request: HttpRequest, name: str, most: int = LONGEST) -> str:
    """Words of a form that was sent."""
    return clean(request.POST.get(name, ""), most)


def whole(value: str, digits: int = IDENTIFIER) -> int | None:
    """The number that at most `digits` digits of 0 to 9 write; None for everything else.

    `str.isdigit` alone also takes "²" and numbers without end, which `int` refuses.
    """
    return int(value) if value.isascii() and value.isdigit() and len(value) <= digits else None


def is_web_address(line: str) -> bool:
    """http or https with a host, no name or password in it, nothing that a browser would read otherwise."""
    if len(line) > LONGEST_LINK or any(sign.isspace() or not sign.isprintable() for sign in line):
        return False
    try:
        parts = urlsplit(line)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(host) and "@" not in parts.netloc and "\\" not in line
