"""A person is entered by hand from a paper: one record, and the person that it makes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.models import Organisation
from nhipcau.apps.registry.entering import enter
from nhipcau.apps.registry.linking.queue import begin as link_later
from nhipcau.apps.registry.models import (
    GroupSpell,
    Membership,
    Person,
    Residence,
    Round,
    RunningSource,
    SourceRecord,
)
from nhipcau.apps.registry.numbers import keep
from nhipcau.core.personvalues import IdentityNumber as Understood


def enter_person(
    values: dict[str, Any],
    *,
    source: Round | RunningSource,
    sender: Organisation,
    actor: User,
    person: Person | None = None,
    numbers: Iterable[Understood] = (),
) -> Person:
    """`values` are columns of SourceRecord, `numbers` hers. With `person` it is one more record of hers.

    Raises Refused without a name, and when the round or source takes no more records.
    """
    if not values.get("name"):
        raise Refused(_("Write the name."))
    with act(actor, "registry.enter_person", Person, permission="create") as entry:
        record = SourceRecord(
            origin=SourceRecord.Origin.PAPER,
            sender=sender,
            made_by=actor,
            stated_on=source.reference_date if isinstance(source, Round) else timezone.localdate(),
            **_of(source),
            **values,
        )
        by = Membership.By.FIRST if person is None else Membership.By.OFFICER
        made = enter(record, person, by=by)
        keep_facts(record)
        keep(record, numbers)
        link_later()
        entry.subject = made
        note(entry, record=record.pk)
    return made


def keep_facts(record: SourceRecord) -> None:
    """What the record says of groups and of the country, as facts that can carry dates."""
    GroupSpell.objects.bulk_create(GroupSpell(record=record, group=group) for group in record.groups)
    if record.country:
        Residence.objects.create(
            record=record, country=record.country, city=record.city, since=record.left_in
        )


def _of(source: Round | RunningSource) -> dict[str, Any]:
    if isinstance(source, Round):
        if source.state != Round.State.OPEN:
            raise Refused(_("This round takes no records now."))
        return {"round": source}
    if source.ended_at is not None:
        raise Refused(_("This source has ended."))
    return {"running_source": source}
