"""A body gets the right to read one group of the register; the right ends."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.models import Organisation
from nhipcau.apps.registry.actions.change_keeper import may_give_to
from nhipcau.apps.registry.models import Remit


def give_remit(organisation: Organisation, *, group: str, basis: str, since: date, actor: User) -> Remit:
    """Raises Refused when it has this right in that time, and where a coordinator whose body does not keep
    the register would give it to her own. Who keeps all of it is another act (change_keeper).
    """
    with act(actor, "registry.give_remit", Remit, permission="create") as entry:
        if not group:
            raise Refused(_("Choose one of the groups."))
        may_give_to(organisation, actor)
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        later = Q(valid__endswith=None) | Q(valid__endswith__gt=since)
        if Remit.objects.filter(later, organisation=organisation, group=group).exists():
            raise Refused(_("This body has this right already. End the one that holds first."))
        made = Remit.objects.create(
            organisation=organisation, group=group, basis=" ".join(basis.split()), valid=(since, None)
        )
        entry.subject = made
        note(entry, organisation=organisation.pk, group=group, since=since.isoformat())
    return made


def end_remit(remit: Remit, *, last_day: date, reason: str, actor: User) -> Remit:
    """Raises Refused when the day is before its first one, or it ends earlier anyway; and for the keeper's:
    there is always one, so another is named.
    """
    with act(actor, "registry.end_remit", remit, permission="end", reason=reason) as entry:
        found = Remit.objects.select_for_update().get(pk=remit.pk)
        if not found.group:
            raise Refused(_("Somebody has to keep the register: name the body that keeps it from then on."))
        end = last_day + timedelta(days=1)
        if end <= found.valid.lower or (found.valid.upper is not None and found.valid.upper <= end):
            raise Refused(_("The last day must lie between its first day and the end that is known."))
        found.valid = (found.valid.lower, end)
        found.save(update_fields=["valid"])
        note(entry, last_day=last_day.isoformat())
    return found
