"""The second step of somebody who lost it goes; her password alone opens the pages to set up a new one."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import Actor
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import User


def reset_second_factor(user: User, *, reason: str, actor: Actor) -> int:
    """How many keys, apps and sets of codes went.

    Signs her out everywhere. Raises Refused without a reason.
    """
    with act(actor, "accounts.reset_second_factor", user, permission="lock", reason=reason.strip()) as entry:
        if not reason.strip():
            raise Refused(_("Say why the second step is removed."))
        count, _kinds = Authenticator.objects.filter(user=user).delete()
        User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
        note(entry, removed=count)
    return int(count)
