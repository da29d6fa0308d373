"""Ways in that are handed out: a link, a mail, a printed slip with a code. The newest ends the ones before.

Of a slip's code a keyed digest is kept, so that who reads the database cannot use it; links prove what is in
the database and are kept nowhere. Sixty bits of code cannot be tried out: a name and an address get a few
tries a minute (`views.invitation`).
"""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.conf import settings
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from nhipcau.apps.accounts.models import Invitation, User

# Without what looks alike on paper: I, L, O, U, 0, 1.
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS, IN_GROUP = 3, 4


def new_code() -> str:
    """Three groups of four letters and figures, as it is printed."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(IN_GROUP)) for _ in range(GROUPS))


def make(user: User, way: Invitation.Way, *, made_by: User | None) -> tuple[Invitation, str]:
    """The invitation and, for a slip, its code: the only time that it is told."""
    now = timezone.now()
    row = User.objects.select_for_update().get(pk=user.pk)
    end(row)
    User.objects.filter(pk=row.pk).update(link_epoch=F("link_epoch") + 1)
    user.refresh_from_db(fields=["link_epoch"])
    code = new_code() if way == Invitation.Way.SLIP else ""
    lasts = timedelta(days=settings.SLIP_DAYS) if code else timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    invitation = Invitation.objects.create(
        user=user,
        way=way,
        digest=_digest(user, code) if code else "",
        made_by=made_by,
        expires_at=now + lasts,
    )
    return invitation, code


def end(user: User) -> None:
    """What was handed out before opens nothing any more."""
    _open(user).update(ended_at=timezone.now())


def use(user: User) -> None:
    """She is in: what was handed out has done its work."""
    _open(user).update(used_at=timezone.now())


def newest(user: User) -> Invitation | None:
    return Invitation.objects.filter(user=user).order_by("-pk").first()


def redeem(email: str, code: str) -> User | None:
    """The user whose slip has this code; None for every other reason alike."""
    invitation = (
        Invitation.objects.select_related("user")
        .filter(user__email=email.strip().lower(), user__is_active=True, used_at=None, ended_at=None)
        .filter(way=Invitation.Way.SLIP, expires_at__gt=timezone.now())
        .first()
    )
    typed = plain(code)
    # Somebody unknown costs the same digest.
    user = invitation.user if invitation is not None else User(pk=0)
    fits = [
        constant_time_compare(_digest(user, typed, key), invitation.digest if invitation else "")
        for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    ]
    return invitation.user if invitation is not None and any(fits) else None


def plain(code: str) -> str:
    """As it was printed: capitals, in groups, whatever was typed between them."""
    letters = "".join(c for c in code.upper()[:60] if c.isascii() and c.isalnum())
    return "-".join(letters[at : at + IN_GROUP] for at in range(0, len(letters), IN_GROUP))


def mail_works() -> bool:
    """Whether mails go anywhere: an instance for work without a mail server drops them."""
    return not settings.EMAIL_BACKEND.endswith("dummy.EmailBackend")


def _open(user: User) -> QuerySet[Invitation]:
    return Invitation.objects.filter(user=user, used_at=None, ended_at=None)


def _digest(user: User, code: str, key: str | None = None) -> str:
    return salted_hmac(
        "nhipcau.accounts.invitation", f"{user.pk}:{code}", secret=key, algorithm="sha256"
    ).hexdigest()
