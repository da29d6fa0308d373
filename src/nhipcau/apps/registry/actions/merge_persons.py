"""Two persons of the register are one: an officer says so, a second one agrees where both have a history."""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import User
from nhipcau.apps.registry.joining import check_joinable, has_history, join, locked, part
from nhipcau.apps.registry.models import Membership, Merge, Pair, Person


def merge_persons(kept: Person, gone: Person, *, reason: str, actor: User, pair: Pair | None = None) -> Merge:
    """Done at once when one of them has no history, else it waits for a second officer.

    Raises Refused without a reason where no pair's evidence stands for it, when the same waits already,
    and as `check_joinable` does.
    """
    if not reason.strip() and pair is None:
        raise Refused(_("Write the reason."))
    with act(actor, "registry.merge_persons", kept, permission="merge", reason=reason.strip()) as entry:
        persons = locked(kept.pk, gone.pk)
        if len(persons) < 2:
            raise Refused(_("Choose two persons."))
        stays, goes = persons[kept.pk], persons[gone.pk]
        check_joinable(stays, goes)
        both = Q(kept__in=(stays, goes)) & Q(gone__in=(stays, goes))
        if Merge.objects.filter(both, state=Merge.State.PROPOSED).exists():
            raise Refused(_("This waits for a second officer already."))
        made = Merge.objects.create(
            kept=stays, gone=goes, pair=pair, reason=reason.strip()[:300], asked_by=actor
        )
        waits = has_history(stays.pk) and has_history(goes.pk)
        if not waits:
            join(made, stays, goes, actor=actor, by=Membership.By.OFFICER)
        note(entry, gone=goes.pk, merge=made.pk, waits=waits)
    return made


def decide_merge(merge: Merge, *, agrees: bool, reason: str, actor: User) -> Merge:
    """By another officer than the one who asked. Raises Refused for that one, when it does not wait any more,
    without a reason for no, and as `check_joinable` does.
    """
    if not agrees and not reason.strip():
        raise Refused(_("Write the reason."))
    with act(actor, "registry.decide_merge", merge, permission="decide", reason=reason.strip()) as entry:
        found = Merge.objects.select_for_update().get(pk=merge.pk)
        if found.state != Merge.State.PROPOSED:
            raise Refused(_("This was decided meanwhile."))
        if found.asked_by_id == actor.pk:
            raise Refused(_("You asked for this: another officer has to decide it."))
        persons = locked(found.kept_id, found.gone_id)
        if agrees:
            kept, gone = persons[found.kept_id], persons[found.gone_id]
            check_joinable(kept, gone)
            join(found, kept, gone, actor=actor, by=Membership.By.OFFICER)
        else:
            refuse(found, actor=actor)
            # The first officer's word does not hold against the second's.
            Pair.objects.filter(pk=found.pair_id or 0, state=Pair.State.SAME).update(
                state=Pair.State.DIFFERENT,
                decided_by=actor,
                decided_at=found.decided_at,
                reason=reason.strip()[:300],
            )
        note(entry, agrees=agrees)
    return found


def refuse(merge: Merge, *, actor: User) -> None:
    """A join that waits is not made. It is locked."""
    merge.state, merge.decided_by, merge.decided_at = Merge.State.REFUSED, actor, timezone.now()
    merge.save()


def take_apart(merge: Merge, *, reason: str, actor: User) -> Merge:
    """Exactly what was joined. Raises Refused without a reason, and as `part` does."""
    if not reason.strip():
        raise Refused(_("Write the reason."))
    with act(actor, "registry.take_apart", merge, permission="take_apart", reason=reason.strip()):
        part(merge, actor=actor, reason=reason.strip())
    merge.refresh_from_db()
    return merge
