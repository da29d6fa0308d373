"""Who may do what to sheets of people, deputies, focal points and handovers."""

from __future__ import annotations

from nhipcau.apps.access.granting import manages
from nhipcau.apps.access.policies import policy
from nhipcau.apps.access.scope import Scope
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.models import Arrival, Deputy, FocalPoint, Handover


def keeps_focal_points(scope: Scope, organisation: int) -> bool:
    """An agency's own people keep its focal points; coordinators may help everywhere."""
    if scope.has("coordinator", "system_admin"):
        return True
    return organisation in scope.organisations("leader", "officer", "commune_officer")


def _brings_people(scope: Scope, _user: User, _arrival: object) -> bool:
    return scope.has("coordinator", "system_admin")


def _gave(scope: Scope, user: User, deputy: Deputy) -> bool:
    """Either of the two, or who could give every role of the absent one."""
    return user.pk in (deputy.absent_id, deputy.deputy_id) or manages(scope, deputy.absent)


def _begins(scope: Scope, user: User, handover: Handover) -> bool:
    return user.pk in (handover.giver_id, handover.created_by_id) or manages(scope, handover.giver)


def _gives(scope: Scope, user: User, handover: Handover) -> bool:
    """The giver; for one whose account is locked, who manages accounts."""
    if handover.giver.is_active:
        return user.pk == handover.giver_id
    return user.pk != handover.receiver_id and manages(scope, handover.giver)


policy(Arrival, create=_brings_people, confirm=_brings_people, undo=_brings_people, invite=_brings_people)
policy(Deputy, create=lambda scope, _user, _o: bool(scope.roles), end=_gave)
policy(
    FocalPoint,
    create=lambda scope, _user, _o: scope.has(
        "coordinator", "system_admin", "leader", "officer", "commune_officer"
    ),
    edit=lambda scope, _user, point: keeps_focal_points(scope, point.organisation_id),
)
policy(
    Handover,
    create=lambda scope, _user, _o: bool(scope.roles),
    give=_gives,
    receive=lambda _scope, user, handover: user.pk == handover.receiver_id,
    cancel=_begins,
)
