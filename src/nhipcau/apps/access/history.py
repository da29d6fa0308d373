"""What is recorded of accounts, and the sentences of their events."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from nhipcau.apps.accounts.models import User
from nhipcau.apps.audit.rows import track
from nhipcau.apps.audit.sentences import sentences

track(User, hidden=("password",), quiet=("last_login", "name_fold", "name_sort"))

sentences(
    {
        "accounts.create_user": _("created the account"),
        "accounts.invite_user": _("made an invitation link"),
        "accounts.lock_user": _("locked the account"),
        "accounts.unlock_user": _("unlocked the account"),
        "accounts.sign_out_user": _("ended all sessions"),
        "accounts.reset_second_factor": _("removed the second step of signing in"),
        "accounts.sign_in": _("signed in"),
        "accounts.set_password": _("set a password"),
        "audit.erase": _("erased events under request %(request)s"),
    }
)
