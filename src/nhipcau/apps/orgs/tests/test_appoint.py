"""Who may give which role, and that the last administrator stays."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from tests.cast import Cast

from nhipcau.apps.access.actions import create_user, invite_user, lock_user
from nhipcau.apps.access.granting import GRANTS
from nhipcau.apps.access.policies import can
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.access.scope import ROLES
from nhipcau.apps.orgs.actions import appoint, end_appointment
from nhipcau.apps.orgs.models import Appointment

TODAY = date(2026, 11, 20)
BASE = "http://testserver/"


@pytest.mark.parametrize("giver", ["system_admin", "coordinator", "leader", "officer", "reader"])
@pytest.mark.parametrize("role", ROLES)
def test_roles_are_given_by_the_table(cast: Cast, giver: str, role: str) -> None:
    actor = getattr(cast, giver)
    allowed = role in GRANTS.get(giver, ())  # type: ignore[call-overload]
    if allowed:
        assert appoint(cast.outsider, role, cast.commune, valid_from=TODAY, actor=actor).role == role
    else:
        with pytest.raises(PermissionDenied):
            appoint(cast.outsider, role, cast.commune, valid_from=TODAY, actor=actor)


def test_a_coordinator_cannot_end_what_she_could_not_give(cast: Cast) -> None:
    theirs = Appointment.objects.get(user=cast.leader)
    with pytest.raises(PermissionDenied):
        end_appointment(theirs, last_day=TODAY, reason="x", actor=cast.coordinator)


def test_an_officer_does_not_even_see_other_appointments(cast: Cast) -> None:
    theirs = Appointment.objects.get(user=cast.leader)
    with pytest.raises(Http404):
        end_appointment(theirs, last_day=TODAY, reason="x", actor=cast.officer)


def test_no_invitation_is_a_way_up(cast: Cast) -> None:
    """A link to set the administrator's password would be one."""
    for person in (cast.system_admin, cast.second_coordinator, cast.leader):
        with pytest.raises(PermissionDenied):
            invite_user(person, base=BASE, actor=cast.coordinator)
    assert invite_user(cast.officer, base=BASE, actor=cast.coordinator)


def test_a_locked_administrator_stays_out_of_a_coordinators_reach(cast: Cast) -> None:
    second = create_user("hai@example.vn", "Hai", actor=cast.system_admin)
    appoint(second, "system_admin", cast.lead_agency, valid_from=TODAY, actor=cast.system_admin)
    lock_user(second, reason="Nghỉ", actor=cast.system_admin)
    assert not can(cast.coordinator, "unlock", second)


def test_the_last_administrator_keeps_the_appointment(cast: Cast) -> None:
    own = Appointment.objects.get(user=cast.system_admin)
    with pytest.raises(Refused):
        end_appointment(own, last_day=TODAY, reason="x", actor=cast.system_admin)
    appoint(cast.leader, "system_admin", cast.lead_agency, valid_from=TODAY, actor=cast.system_admin)
    end_appointment(own, last_day=TODAY, reason="Thay người", actor=cast.system_admin)


def test_nobody_locks_herself(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        lock_user(cast.system_admin, reason="x", actor=cast.system_admin)


def test_an_address_has_one_account(cast: Cast) -> None:
    with pytest.raises(Refused):
        create_user(cast.officer.email.upper(), "Ai đó", actor=cast.coordinator)


def test_a_lock_needs_a_reason(cast: Cast) -> None:
    with pytest.raises(Refused):
        lock_user(cast.officer, reason="  ", actor=cast.coordinator)
    cast.officer.refresh_from_db()
    assert cast.officer.is_active
