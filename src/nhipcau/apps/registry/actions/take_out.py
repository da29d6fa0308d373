"""Records of a person that are somebody else's go out of her; a second officer agrees where both halves have
a history, as with a join.
"""

from __future__ import annotations

from collections.abc import Collection

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import User
from nhipcau.apps.registry.linking.queue import begin as link_later
from nhipcau.apps.registry.models import Person, TakingOut
from nhipcau.apps.registry.taking_out import Halves, carry_out, halves, needs_second
from nhipcau.apps.registry.taking_out import put_back as put_all_back

State = TakingOut.State


def take_out(person: Person, records: Collection[int], *, reason: str, actor: User) -> TakingOut:
    """`records` are ids. Done at once, or it waits for a second officer.

    Raises Refused without records or a reason, when one waits already, and as `halves` does.
    """
    if not records:
        raise Refused(_("Choose the records that are not hers."))
    if not reason.strip():
        raise Refused(_("Write the reason."))
    with act(actor, "registry.take_out", person, permission="take_out", reason=reason.strip()) as entry:
        both = halves(person, records)
        if TakingOut.objects.filter(person=person, state=State.PROPOSED).exists():
            raise Refused(_("Records of hers wait for a second officer already. Let that be decided first."))
        made = TakingOut.objects.create(
            person=person, records=list(both.going), reason=reason.strip()[:300], asked_by=actor
        )
        waits = needs_second(both)
        if not waits:
            _carry_out(made, both, actor)
        note(entry, records=list(both.going), taking_out=made.pk, waits=waits, into=made.into_id)
    return made


def decide_taking_out(taking: TakingOut, *, agrees: bool, reason: str, actor: User) -> TakingOut:
    """By another officer than the one who asked. Raises Refused for that one, when it does not wait any more,
    without a reason for no, and as `halves` does.
    """
    if not agrees and not reason.strip():
        raise Refused(_("Write the reason."))
    why = reason.strip()
    with act(actor, "registry.decide_taking_out", taking, permission="decide", reason=why) as entry:
        found = TakingOut.objects.select_for_update(of=("self",)).get(pk=taking.pk)
        if found.state != State.PROPOSED:
            raise Refused(_("This was decided meanwhile."))
        if found.asked_by_id == actor.pk:
            raise Refused(_("You asked for this: another officer has to decide it."))
        if agrees:
            _carry_out(found, halves(found.person, found.records), actor)
        else:
            found.state, found.decided_by, found.decided_at = State.REFUSED, actor, timezone.now()
            found.save()
        note(entry, agrees=agrees, person=found.person_id, into=found.into_id)
    return found


def put_back(taking: TakingOut, *, reason: str, actor: User) -> TakingOut:
    """Everything as it was. Raises Refused without a reason, when they are not out, and where somebody built
    on it since.
    """
    if not reason.strip():
        raise Refused(_("Write the reason."))
    with act(actor, "registry.put_back", taking, permission="put_back", reason=reason.strip()) as entry:
        found = TakingOut.objects.select_for_update(of=("self",)).get(pk=taking.pk)
        if found.state != State.DONE:
            raise Refused(_("These records are not taken out now."))
        put_all_back(found)
        found.state, found.back_by, found.back_at = State.BACK, actor, timezone.now()
        found.back_reason = reason.strip()[:300]
        found.save()
        note(entry, person=found.person_id, into=found.into_id)
    return found


def _carry_out(taking: TakingOut, both: Halves, actor: User) -> None:
    """With an entry of its own for who came out: the record of that person begins with it."""
    into = carry_out(taking, both, actor=actor)
    with act(actor, "registry.come_out", into, permission="take_out", reason=taking.reason) as entry:
        note(entry, out_of=both.person.pk, records=list(both.going), taking_out=taking.pk)
    link_later()
