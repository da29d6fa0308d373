from nhipcau.apps.accounts.models.invitation import Invitation
from nhipcau.apps.accounts.models.token import ApiToken
from nhipcau.apps.accounts.models.user import User, UserQuerySet, provide_visibility

__all__ = ["ApiToken", "Invitation", "User", "UserQuerySet", "provide_visibility"]
