"""Who may do what to organisations, sets and appointments."""

from __future__ import annotations

from nhipcau.apps.access.granting import grantable
from nhipcau.apps.access.policies import policy
from nhipcau.apps.access.scope import Scope
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.models import (
    Appointment,
    HomeProvince,
    Lineage,
    Organisation,
    OrganisationSet,
    Restructuring,
)

policy(
    Organisation,
    create=lambda scope, _user, _o: scope.has("coordinator", "system_admin"),
    edit=lambda scope, _user, _o: scope.has("coordinator", "system_admin"),
    set_home=lambda scope, _user, _o: scope.has("system_admin"),
)
policy(HomeProvince)
policy(
    OrganisationSet,
    create=lambda scope, _user, _o: scope.has("coordinator"),
    confirm=lambda scope, _user, _o: scope.has("coordinator"),
)
policy(
    Appointment,
    create=lambda scope, _user, _o: bool(grantable(scope)),
    end=lambda scope, _user, appointment: appointment.role in grantable(scope),
    change_post=lambda scope, _user, appointment: appointment.role in grantable(scope),
)


def _coordinates(scope: Scope, _user: User, _subject: object) -> bool:
    return scope.has("coordinator")


def _reviews(scope: Scope, user: User, act: Restructuring) -> bool:
    """Four eyes: nobody who wrote or sent it reviews it."""
    wrote = (act.created_by_id, act.changed_by_id, act.submitted_by_id)
    return scope.has("coordinator", "leader") and user.pk not in wrote


def _reviews_undo(scope: Scope, user: User, act: Restructuring) -> bool:
    """Four eyes again: nobody grants her own wish."""
    return scope.has("coordinator", "leader") and user.pk != act.undo_asked_by_id


policy(Lineage)
policy(
    Restructuring,
    create=_coordinates,
    edit=_coordinates,
    withdraw=_coordinates,
    review=_reviews,
    ask_undo=_coordinates,
    refuse_undo=lambda scope, _user, _act: scope.has("coordinator", "leader"),
    undo=_reviews_undo,
)
