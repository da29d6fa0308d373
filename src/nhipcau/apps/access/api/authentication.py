"""Who asks: a key of a person's, or the person herself in a browser. Either sees what she sees, no more."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from nhipcau.apps.access.identity import set_identity
from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.accounts.models import ApiToken, User
from nhipcau.apps.accounts.models.token import digest_of

SCHEME = "Bearer"


class KeyAuthentication(BaseAuthentication):
    """`Authorization: Bearer nc_…`. A wrong, ended or late key and a locked person get one answer."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        words = get_authorization_header(request).split()
        if not words or words[0].lower() != SCHEME.lower().encode():
            return None
        key = words[1].decode("ascii", "ignore") if len(words) == 2 else ""
        today = timezone.localdate()
        rows = ApiToken.objects.in_force(today).select_related("user")
        token = rows.filter(digest=digest_of(key), user__is_active=True).first()
        if token is None:
            raise AuthenticationFailed(_("This key opens nothing. Make a new one on your account's page."))
        set_identity(token.user_id)
        if token.last_used_on != today:
            ApiToken.objects.filter(pk=token.pk).update(last_used_on=today)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:  # noqa: ARG002  # DRF passes it
        return SCHEME


class Working(BasePermission):
    """Only who holds a role today; with a key that only reads, only reading."""

    def has_permission(self, request: Request, view: object) -> bool:  # noqa: ARG002  # DRF passes it
        if not scope_of(request.user).roles:
            return False
        reads = request.method in SAFE_METHODS
        return reads or not isinstance(request.auth, ApiToken) or request.auth.writes


class KeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the description of the interface names the key."""

    target_class = "nhipcau.apps.access.api.authentication.KeyAuthentication"
    name = "key"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:  # noqa: ARG002  # spectacular passes it
        return {"type": "http", "scheme": "bearer"}
