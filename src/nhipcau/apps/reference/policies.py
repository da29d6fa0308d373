"""Who may change dated reference data: the coordinator; everyone who works here reads it."""

from __future__ import annotations

from nhipcau.apps.access.policies import policy
from nhipcau.apps.reference.models import LawChange

policy(
    LawChange,
    create=lambda scope, _user, _o: scope.has("coordinator", "system_admin"),
    edit=lambda scope, _user, _o: scope.has("coordinator", "system_admin"),
)
