"""Open work goes to a successor: listed, confirmed by both sides, moved in the moment of the second yes."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import Actor, System
from nhipcau.apps.access.granting import manages
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.accounts.models import User
from nhipcau.apps.notices.actions import tell
from nhipcau.apps.orgs import handing
from nhipcau.apps.orgs.colleagues import agencies_of
from nhipcau.apps.orgs.handing import OpenItem
from nhipcau.apps.orgs.models import HandedItem, Handover, Organisation


def open_handover(
    giver: User, receiver: User, keys: Collection[str], *, why: str, actor: User, remark: str = ""
) -> Handover:
    """The handover, waiting for both sides. `keys` name items of `handing.open_work(giver)`.

    Begun by the giver, who says yes by it, or by who manages her account. Raises PermissionDenied for others,
    Refused when nothing is chosen, the receiver does not work where the work is, or an item is in another
    handover that waits.
    """
    with act(actor, "orgs.open_handover", Handover, permission="create") as entry:
        if actor.pk != giver.pk and not manages(scope_of(actor), giver):
            raise PermissionDenied
        _one_at_a_time()
        items = _chosen(giver, receiver, keys)
        herself = actor.pk == giver.pk
        made = Handover.objects.create(
            giver=giver,
            receiver=receiver,
            organisation=Organisation.objects.get(pk=items[0].organisation),
            why=Handover.Why(why),
            remark=remark.strip()[:500],
            created_by=actor,
            given_by=actor if herself else None,
            given_at=timezone.now() if herself else None,
        )
        HandedItem.objects.bulk_create(_line(made, item) for item in items)
        entry.subject = made
        note(entry, giver=giver.pk, receiver=receiver.pk, items=len(items))
        people = [receiver] if herself else [receiver, giver]
        tell(
            people,
            "orgs.handover",
            key=f"handover:{made.pk}",
            actor=actor,
            about=made,
            giver=giver.full_name,
            count=len(items),
        )
    return made


def _one_at_a_time() -> None:
    """Two handovers of one item would both find it free."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('orgs.hand_over'))")


def _chosen(giver: User, receiver: User, keys: Collection[str]) -> Sequence[OpenItem]:
    if giver.pk == receiver.pk or not receiver.is_active:
        raise Refused(_("Choose somebody else who works here."))
    items = [item for item in handing.open_work(giver) if item.key in keys]
    if not items:
        raise Refused(_("Choose what is handed over."))
    there = agencies_of(receiver, timezone.localdate())
    if any(item.organisation not in there for item in items):
        raise Refused(_("The successor has no working role at the agency of this work. Appoint her first."))
    waiting = set(HandedItem.objects.filter(handover__state=Handover.State.OPEN).values_list("kind", "item"))
    if any((item.kind, item.pk) in waiting for item in items):
        raise Refused(_("Some of it is in another handover that waits. Finish or call off that one."))
    return items


def _line(made: Handover, item: OpenItem) -> HandedItem:
    return HandedItem(
        handover=made,
        kind=item.kind,
        item=item.pk,
        words=item.words,
        remark=item.remark[:300],
        due_on=item.due_on,
    )


def give_over(handover: Handover, *, actor: Actor) -> Handover:
    """The giver's yes, or for one whose account is locked that of who manages it."""
    with act(actor, "orgs.give_over", handover, permission="give") as entry:
        row = _waiting(handover)
        row.given_at, row.given_by = timezone.now(), None if isinstance(actor, System) else actor
        note(entry, moved=_when_both_said_yes(row))
    return row


def take_over(handover: Handover, *, actor: Actor) -> Handover:
    """The receiver's yes."""
    with act(actor, "orgs.take_over", handover, permission="receive") as entry:
        row = _waiting(handover)
        row.received_at = timezone.now()
        note(entry, moved=_when_both_said_yes(row))
    return row


def _waiting(handover: Handover) -> Handover:
    row = Handover.objects.select_for_update(of=("self",)).get(pk=handover.pk)
    if row.state != Handover.State.OPEN:
        raise Refused(_("This handover does not wait any more."))
    return row


def _when_both_said_yes(row: Handover) -> int:
    """Move everything when this was the second yes; how many pieces of work went."""
    moved = 0
    if row.given_at and row.received_at:
        row.state, row.done_at = Handover.State.DONE, timezone.now()
        moved = handing.move(row)
    row.save()
    return moved


def cancel_handover(handover: Handover, *, reason: str, actor: Actor) -> Handover:
    """Call it off: everything stays where it is. Raises Refused without a reason and when it is done."""
    with act(actor, "orgs.cancel_handover", handover, permission="cancel", reason=reason.strip()):
        row = _waiting(handover)
        if not reason.strip():
            raise Refused(_("Say why it is called off."))
        row.state, row.cancelled_reason = Handover.State.CANCELLED, reason.strip()[:300]
        row.save()
    return row
