"""A person's data are kept and not used, until that is lifted."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import User
from nhipcau.apps.registry.deriving import derive
from nhipcau.apps.registry.family import family_of
from nhipcau.apps.registry.models import Person, Recall, Restriction
from nhipcau.apps.registry.recalling import recall


def restrict_person(person: Person, *, reason: str, actor: User) -> Restriction:
    """Raises Refused without a reason, and for one whose data are restricted already."""
    with act(actor, "registry.restrict_person", person, permission="restrict") as entry:
        if not reason.strip():
            raise Refused(_("Write the reason."))
        found = Person.objects.select_for_update().get(pk=person.pk)
        if found.merged_into_id is not None or not found.records:
            raise Refused(_("This person was joined to another one or erased."))
        if found.restricted_at is not None:
            raise Refused(_("The use of this person's data is restricted already."))
        made = Restriction.objects.create(person=found, set_by=actor, reason=reason.strip()[:300])
        derive([found.pk])
        recall(family_of(found), Recall.Why.RESTRICTED)
        note(entry, restriction=made.pk)
    return made


def lift_restriction(person: Person, *, reason: str, actor: User) -> None:
    """Her own, and those of whoever was joined to her. Raises Refused without a reason or a restriction."""
    with act(actor, "registry.lift_restriction", person, permission="restrict") as entry:
        if not reason.strip():
            raise Refused(_("Write the reason."))
        family = family_of(Person.objects.select_for_update().get(pk=person.pk))
        lifted = (
            Restriction.objects.standing()
            .filter(person__in=family)
            .update(lifted_at=timezone.now(), lifted_by=actor, lifted_reason=reason.strip()[:300])
        )
        if not lifted:
            raise Refused(_("The use of this person's data is not restricted."))
        derive(family)
        note(entry, restrictions=lifted)
