"""An officer corrects what the register says: a record of her own, that is believed before the others."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.models import Organisation
from nhipcau.apps.registry.actions.enter_person import keep_facts
from nhipcau.apps.registry.entering import enter
from nhipcau.apps.registry.models import Membership, Person, SourceRecord


def correct_person(
    person: Person, values: dict[str, Any], *, basis: str, reason: str, sender: Organisation, actor: User
) -> Person:
    """`values`: only the columns that are corrected. `basis` says who vouches for them.

    Raises Refused when nothing is corrected, without a reason, and for a person that was joined to another.
    """
    if not reason.strip():
        raise Refused(_("Write the reason."))
    if not values:
        raise Refused(_("Nothing differs from what the register says. Change a field first."))
    with act(actor, "registry.correct_person", person, permission="correct", reason=reason.strip()) as entry:
        found = Person.objects.select_for_update().get(pk=person.pk)
        if found.merged_into_id is not None:
            raise Refused(_("This person was joined to another one. Correct that one."))
        record = SourceRecord(
            origin=SourceRecord.Origin.CORRECTION,
            sender=sender,
            made_by=actor,
            reason=reason.strip()[:300],
            stated_on=timezone.localdate(),
            basis=basis,
            **values,
        )
        enter(record, found, by=Membership.By.OFFICER)
        keep_facts(record)
        # Names of columns only: what they say is in the record, which can be erased.
        note(entry, record=record.pk, fields=sorted(values))
    return found
