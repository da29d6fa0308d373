"""What mails that open a way in say, at the moment at which they leave.

The link proves what is in the database and is kept nowhere: it is made when the mail is written. A mail that
is no longer wanted then (a newer invitation, one that was used, a wish of yesterday) is withdrawn.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from nhipcau.apps.accounts.links import password_link
from nhipcau.apps.accounts.models import Invitation
from nhipcau.apps.notices.models import Mail
from nhipcau.apps.webkit.formats import format_moment

# Who asked for a new password a day ago has asked again, or has remembered the old one.
WANTED_FOR = timedelta(hours=24)


class NotWanted(Exception):
    """The mail has become useless; it is withdrawn."""


def written(mail: Mail) -> dict[str, Any]:
    """What the templates print of such a mail, made now. Raises NotWanted."""
    find = _OF.get(mail.kind)
    return find(mail) if find else {}


def _invitation(mail: Mail) -> dict[str, Any]:
    rows = Invitation.objects.filter(used_at=None, ended_at=None, expires_at__gt=timezone.now())
    found = rows.filter(pk=mail.content["invitation"]).first()
    if found is None:
        raise NotWanted
    return {
        "name": mail.recipient.full_name,
        "email": mail.recipient.email,
        "link": password_link(mail.recipient, mail.content["base"]),
        "until": format_moment(found.expires_at),
        "province": settings.PROVINCE_NAME,
    }


def _password(mail: Mail) -> dict[str, Any]:
    if mail.created_at < timezone.now() - WANTED_FOR:
        raise NotWanted
    return {
        "name": mail.recipient.full_name,
        "link": password_link(mail.recipient, mail.content["base"]),
    }


_OF: dict[str, Callable[[Mail], dict[str, Any]]] = {"invitation": _invitation, "password": _password}
