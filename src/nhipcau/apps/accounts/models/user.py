"""A person who works in the system. What she may do comes from her appointments (apps.orgs), not here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from nhipcau.core.text import fold, sort_key

# Who sees whom follows from roles, which live above: the app that knows them provides the rule at start.
_visibility: list[Callable[[UserQuerySet, object], UserQuerySet]] = []


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, user: object) -> UserQuerySet:
        """Nobody until a rule is provided."""
        return _visibility[0](self, user) if _visibility else self.none()


def provide_visibility(rule: Callable[[UserQuerySet, object], UserQuerySet]) -> None:
    """Called once at start by `access`."""
    _visibility[:] = [rule]


class UserManager(BaseUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_user(self, email: str, full_name: str, password: str | None = None, **extra: Any) -> User:
        """Without a password she can sign in only after setting one by an invitation."""
        user = self.unsaved(email, full_name, password, **extra)
        user.save()
        return user

    def unsaved(self, email: str, full_name: str, password: str | None = None, **extra: Any) -> User:
        """Ready to be written, in bulk too."""
        user: User = self.model(email=self.normalize_email(email).lower(), full_name=full_name, **extra)
        user.set_password(password)
        return user.with_keys()

    def get_by_natural_key(self, username: str | None) -> User:
        found: User = self.get(email=(username or "").lower())
        return found


class User(AbstractBaseUser):
    email = models.EmailField(_("e-mail address"), unique=True)
    full_name = models.CharField(_("full name"), max_length=120)
    name_fold = models.CharField(max_length=120, editable=False)
    name_sort = models.CharField(max_length=400, editable=False, db_collation="C")
    language = models.CharField(_("language"), max_length=5, default="vi")
    is_active = models.BooleanField(default=True)
    locked_at = models.DateTimeField(null=True, blank=True)
    locked_reason = models.CharField(max_length=300, blank=True)
    # Raised to sign her out everywhere: sessions remember the number they began with.
    session_epoch = models.PositiveIntegerField(default=0)
    # Raised by every invitation: links to set a password prove the number they were made with.
    link_epoch = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]
    objects = UserManager()

    class Meta:
        ordering = ["name_sort", "pk"]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.with_keys()
        super().save(*args, **kwargs)

    def with_keys(self) -> User:
        """Itself, ready to be written in bulk."""
        self.name_fold, self.name_sort = fold(self.full_name), sort_key(self.full_name)
        return self

    def get_full_name(self) -> str:
        return self.full_name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        # Django's own, with the epoch: a session of an older epoch belongs to nobody.
        return salted_hmac(
            "nhipcau.apps.accounts.session",
            f"{self.password}:{self.session_epoch}",
            secret=secret,
            algorithm="sha256",
        ).hexdigest()
