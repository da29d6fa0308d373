"""Changes of accounts.

One verb a file. They live here because they need permission, which accounts lies below.
"""

from nhipcau.apps.access.actions.create_token import create_token, end_token
from nhipcau.apps.access.actions.create_user import create_user, create_users
from nhipcau.apps.access.actions.erase_events import erase_events
from nhipcau.apps.access.actions.invite_user import Slip, invite_by_mail, invite_by_slip, invite_user
from nhipcau.apps.access.actions.lock_user import lock_user
from nhipcau.apps.access.actions.reset_second_factor import reset_second_factor
from nhipcau.apps.access.actions.sign_out_user import sign_out_user
from nhipcau.apps.access.actions.unlock_user import unlock_user

__all__ = [
    "Slip",
    "create_token",
    "create_user",
    "create_users",
    "end_token",
    "erase_events",
    "invite_by_mail",
    "invite_by_slip",
    "invite_user",
    "lock_user",
    "reset_second_factor",
    "sign_out_user",
    "unlock_user",
]
