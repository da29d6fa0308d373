"""What is recorded of accounts, and the sentences of their events."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.accounts.models import ApiToken, Invitation, User
from nhipcau.apps.audit.rows import track
from nhipcau.apps.audit.sentences import sentences

# allauth's rows. Their secrets are encrypted, and even so no part of the record.
track(Authenticator, hidden=("data",), quiet=("last_used_at",))
track(ApiToken, hidden=("digest",), quiet=("last_used_on",))
track(User, hidden=("password",), quiet=("last_login", "link_epoch", "name_fold", "name_sort"))
track(Invitation, hidden=("digest",))

sentences(
    {
        "accounts.create_token": _("made a key for a program"),
        "accounts.end_token": _("ended a key for a program"),
        "accounts.create_user": _("created the account"),
        "accounts.invite_user": _("made an invitation"),
        "accounts.lock_user": _("locked the account"),
        "accounts.unlock_user": _("unlocked the account"),
        "accounts.sign_out_user": _("ended all sessions"),
        "accounts.make_training_copy": _("made this a training copy: %(accounts)s accounts"),
        "accounts.reset_second_factor": _("removed the second step of signing in"),
        "accounts.add_authenticator_app": _("set up an authenticator app"),
        "accounts.add_passkey": _("added a passkey"),
        "accounts.make_recovery_codes": _("made new recovery codes"),
        "accounts.remove_authenticator_app": _("removed the authenticator app"),
        "accounts.remove_passkey": _("removed a passkey"),
        "accounts.remove_recovery_codes": _("removed the recovery codes"),
        "accounts.sign_in": _("signed in"),
        "accounts.set_password": _("set a password"),
        "keys.new": _("made new keys: %(keys)s"),
        "keys.rotate": _("moved %(rows)s sealed rows onto the current keys"),
        "keys.drop": _("dropped the key %(key)s"),
        "audit.erase": _("erased events under request %(request)s"),
    }
)
