from nhipcau.apps.accounts.models.user import User, UserQuerySet, provide_visibility

__all__ = ["User", "UserQuerySet", "provide_visibility"]
