"""Who may do what to organisations, sets and appointments."""

from __future__ import annotations

from nhipcau.apps.access.granting import grantable
from nhipcau.apps.access.policies import policy
from nhipcau.apps.orgs.models import Appointment, Organisation, OrganisationSet

policy(
    Organisation,
    create=lambda scope, _user, _o: scope.has("coordinator", "system_admin"),
    edit=lambda scope, _user, _o: scope.has("coordinator", "system_admin"),
)
policy(
    OrganisationSet,
    create=lambda scope, _user, _o: scope.has("coordinator"),
    confirm=lambda scope, _user, _o: scope.has("coordinator"),
)
policy(
    Appointment,
    create=lambda scope, _user, _o: bool(grantable(scope)),
    end=lambda scope, _user, appointment: appointment.role in grantable(scope),
)
