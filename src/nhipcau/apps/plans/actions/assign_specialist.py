"""The agency's head says who works on it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.policies import require
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.models import Appointment
from nhipcau.apps.plans.models import POSTS, Assignment
from nhipcau.apps.plans.progress import hold, stepped, unchanged
from nhipcau.apps.plans.refusals import Refused
from nhipcau.apps.plans.stepping import Step
from nhipcau.apps.plans.telling import tell_people


def specialists(assignment: Assignment) -> list[User]:
    """Who may be given it: those of its agency who work on tasks, in the order of their names."""
    held = Appointment.objects.filter(
        organisation=assignment.organisation_id,
        role__in=(
            Appointment.Role.OFFICER,
            Appointment.Role.COMMUNE_OFFICER,
            Appointment.Role.COORDINATOR,
        ),
        post__in=("", *POSTS["update"]),
        valid__contains=timezone.localdate(),
    )
    return list(User.objects.filter(is_active=True, pk__in=held.values("user")))


def assign_specialist(assignment: Assignment, specialist: User, *, version: int, actor: User) -> Assignment:
    """She is told. Also when another one had it before. Raises Stale, Refused("not-of-agency")."""
    require(actor, "assign", assignment)
    with transaction.atomic():
        held = hold(assignment)
        unchanged(held.row, version, Step.TO_ASSIGN, Step.DRAFTING)
        if specialist not in specialists(held.row):
            raise Refused("not-of-agency")
        with act(actor, "plans.assign_specialist", held.row, permission="assign") as entry:
            note(entry, task=held.task.pk, specialist=specialist.pk)
            held.row.step, held.row.specialist = Step.DRAFTING, specialist
            stepped(held, actor)
        key = f"given:{held.row.pk}:{held.row.version}"
        tell_people([specialist], held.row, "plans.given_to_you", key=key, actor=actor)
    return held.row
