"""What is recorded of accounts, and the sentences of their events."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.accounts.models import User
from nhipcau.apps.audit.rows import track
from nhipcau.apps.audit.sentences import sentences

# allauth's rows. Their secrets are encrypted, and even so no part of the record.
track(Authenticator, hidden=("data",), quiet=("last_used_at",))
track(User, hidden=("password",), quiet=("last_login", "name_fold", "name_sort"))

sentences(
    {
        "accounts.create_user": _("created the account"),
        "accounts.invite_user": _("made an invitation link"),
        "accounts.lock_user": _("locked the account"),
        "accounts.unlock_user": _("unlocked the account"),
        "accounts.sign_out_user": _("ended all sessions"),
        "accounts.reset_second_factor": _("removed the second step of signing in"),
        "accounts.add_authenticator_app": _("set up an authenticator app"),
        "accounts.add_passkey": _("added a passkey"),
        "accounts.make_recovery_codes": _("made new recovery codes"),
        "accounts.remove_authenticator_app": _("removed the authenticator app"),
        "accounts.remove_passkey": _("removed a passkey"),
        "accounts.remove_recovery_codes": _("removed the recovery codes"),
        "accounts.sign_in": _("signed in"),
        "accounts.set_password": _("set a password"),
        "audit.erase": _("erased events under request %(request)s"),
    }
)
