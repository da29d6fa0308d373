"""A way in for a user to set her password: a link, a mail or a printed slip. It ends those before it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import Actor, System
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts import invitations
from nhipcau.apps.accounts.links import password_link
from nhipcau.apps.accounts.models import Invitation, User
from nhipcau.apps.accounts.posting import post

Way = Invitation.Way


@dataclass(frozen=True, slots=True)
class Slip:
    """What is printed once: the user, the code, until when it holds."""

    user: User
    code: str
    invitation: Invitation


def invite_user(user: User, *, base: str, actor: Actor) -> str:
    """The link, shown to whoever asked for it; `base` is "https://host/". Raises Refused when locked."""
    _make(user, Way.LINK, actor)
    return password_link(user, base)


def invite_by_mail(users: Iterable[User], *, base: str, actor: Actor) -> int:
    """Mails to their own addresses; how many. Raises Refused when mails go nowhere, or one is locked."""
    if not invitations.mail_works():
        raise Refused(_("Mail is not set up here. Print slips instead."))
    count = 0
    for user in users:
        made, _code = _make(user, Way.MAIL, actor)
        post(user, "invitation", key=f"invitation:{made.pk}", content={"base": base, "invitation": made.pk})
        count += 1
    return count


def invite_by_slip(users: Iterable[User], *, actor: Actor) -> list[Slip]:
    """Slips to print; their codes are told this once. Raises Refused when one is locked."""
    slips = []
    for user in users:
        made, code = _make(user, Way.SLIP, actor)
        slips.append(Slip(user, code, made))
    return slips


def _make(user: User, way: Invitation.Way, actor: Actor) -> tuple[Invitation, str]:
    with act(actor, "accounts.invite_user", user, permission="invite") as entry:
        if not user.is_active:
            raise Refused(_("The account is locked. Unlock it first."))
        made = invitations.make(user, way, made_by=None if isinstance(actor, System) else actor)
        note(entry, way=way.value)
    return made
