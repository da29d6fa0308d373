"""Another body keeps the register from a day on, by a named paper."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.models import Organisation
from nhipcau.apps.registry.models import Remit
from nhipcau.apps.registry.reach import sees_all


def change_keeper(organisation: Organisation, *, basis: str, since: date, actor: User) -> Remit:
    """Those who kept it until then keep it no longer. Raises Refused for a day that is past, when nothing
    would change, and for a coordinator who would give the register to herself.
    """
    with act(actor, "registry.change_keeper", Remit, permission="create") as entry:
        may_give_to(organisation, actor)
        if since < timezone.localdate():
            raise Refused(_("What was read until today was read lawfully: choose today or a later day."))
        keepers = Remit.objects.select_for_update().filter(group="")
        # Planned and never begun: called off.
        keepers.filter(valid__startswith__gte=since).delete()
        holding = list(keepers.filter(Q(valid__endswith=None) | Q(valid__endswith__gt=since)))
        if [each.organisation_id for each in holding] == [organisation.pk]:
            raise Refused(_("This body keeps the register already."))
        for each in holding:
            each.valid = (each.valid.lower, since)
            each.save(update_fields=["valid"])
        made = Remit.objects.create(
            organisation=organisation, group="", basis=" ".join(basis.split()), valid=(since, None)
        )
        entry.subject = made
        before = [each.organisation_id for each in holding]
        note(entry, organisation=organisation.pk, before=before, since=since.isoformat())
    return made


def may_give_to(organisation: Organisation, actor: User) -> None:
    """Raises Refused where somebody who does not keep the register would give her own body a right to it.
    System administrators read nobody, so they give to any.
    """
    scope = scope_of(actor)
    if sees_all(actor) or scope.has("system_admin"):
        return
    if organisation.pk in scope.organisations("coordinator", "officer", "commune_officer"):
        raise Refused(
            _("Your own body does not keep the register, so you cannot give it this. Ask the administrator.")
        )
