"""An agency says which steps work takes inside it."""

from __future__ import annotations

from django.db import transaction

from nhipcau.apps.access.act import act, note
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.models import Organisation
from nhipcau.apps.plans.models import AgencySteps


def set_agency_steps(
    organisation: Organisation, *, receives: bool, assigns: bool, approves: bool, actor: User
) -> AgencySteps:
    """What is on its way inside goes on by the new steps; a report that waits for the head waits on."""
    with transaction.atomic():
        row, _made = AgencySteps.objects.get_or_create(organisation=organisation)
        with act(actor, "plans.set_agency_steps", row, permission="edit") as entry:
            note(entry, receives=receives, assigns=assigns, approves=approves)
            row.receives, row.assigns, row.approves = receives, assigns, approves
            row.changed_by = actor
            row.save()
    return row
