"""An officer says whether two records are of one person: that holds until it is changed with a reason.

Locked in this order, here as in merge_persons: the join that the pair led to, the persons, the pair. So
two officers who answer at once, or one who answers and one who takes apart, never wait in a ring.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import User
from nhipcau.apps.registry.actions.merge_persons import merge_persons, refuse
from nhipcau.apps.registry.joining import APART, check_usable, lift, locked, part
from nhipcau.apps.registry.models import Membership, Merge, Pair
from nhipcau.apps.webkit.formats import format_moment

State = Pair.State
ANSWERS = (State.SAME, State.DIFFERENT, State.SIBLING, State.UNKNOWN)
# Bits: from eight to one on, whoever says the opposite says why.
STRONG = 3.0
UNDOABLE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Decided:
    """`merge` is the join that the answer led to; it waits where both persons have a history."""

    pair: Pair
    merge: Merge | None = None

    @property
    def waits(self) -> bool:
        return self.merge is not None and self.merge.state == Merge.State.PROPOSED


def needs_reason(pair: Pair, answer: str) -> bool:
    """Where the answer is not what the evidence says, and wherever an answer is changed. That two are
    brothers or sisters says itself why so much is the same.
    """
    if pair.state != State.OPEN:
        return True
    if answer == State.DIFFERENT:
        return pair.weight >= STRONG
    return answer == State.SAME and pair.weight <= -STRONG


def decide_pair(pair: Pair, answer: str, *, reason: str, actor: User, seen: str = State.OPEN) -> Decided:
    """`seen` is the state that the officer looked at: what another one said meanwhile is not written over.

    Raises Refused for that, without a reason where one is needed, for records that are one person's already
    when they are said to be two, and as merge_persons does.
    """
    if answer not in ANSWERS or answer == seen:
        raise Refused(_("Choose one of the answers."))
    why = reason.strip()[:300]
    with act(actor, "registry.decide_pair", pair, permission="decide", reason=why) as entry:
        merge, persons, found = _held(pair)
        if found.state != seen:
            raise Refused(told(found))
        if needs_reason(found, answer) and not why:
            raise Refused(_("Write the reason."))
        if answer != State.SAME:
            persons = _leave(merge, persons, found, why, actor, holds=answer in APART)
        if answer in APART and len(set(persons.values())) < 2:
            raise Refused(
                _("The two records are of one person now. Take that apart first, on the page of her links.")
            )
        at = found.decided_at
        _say(found, answer, why, actor)
        if answer == State.SAME and seen in APART:
            lift(found, persons.values(), at)
        made = _join(found, persons, why, actor) if answer == State.SAME else None
        note(entry, answer=answer, before=seen, **({"merge": made.pk} if made else {}))
    return Decided(found, made)


def undo_pair(pair: Pair, *, actor: User) -> Pair:
    """The officer takes her own last answer back: everything is as it was before.

    Raises Refused when the answer is another's or an hour old, and when a second officer built on it.
    """
    with act(actor, "registry.undo_pair", pair, permission="decide") as entry:
        merge, _persons, found = _held(pair)
        fresh = found.decided_at is not None and timezone.now() - found.decided_at < UNDOABLE
        if found.state == State.OPEN or found.decided_by_id != actor.pk or not fresh:
            raise Refused(_("Only your own answer of the last hour is taken back. Change it with a reason."))
        if merge is not None and merge.state == Merge.State.DONE and merge.decided_by_id != actor.pk:
            raise Refused(_("A second officer agreed meanwhile. Take them apart with a reason."))
        before = found.state
        if merge is not None and merge.state == Merge.State.DONE:
            part(merge, actor=actor, reason=gettext("Answer taken back at once"), holds=False)
        elif merge is not None:
            refuse(merge, actor=actor)
        _say(found, State.OPEN, "", None)
        note(entry, before=before)
    return found


def told(pair: Pair) -> str:
    """What stands now, and who said it."""
    if pair.state == State.LINKED:
        return gettext("The system joined the two meanwhile, with later evidence. Look at the pair again.")
    if pair.state == State.OPEN or pair.decided_by is None:
        return gettext("The answer was taken back meanwhile. Look at the pair again.")
    return gettext(
        "%(name)s answered at %(when)s: %(answer)s. That stands; it can be changed with a reason."
    ) % {
        "name": pair.decided_by.full_name,
        "when": format_moment(pair.decided_at),
        "answer": pair.get_state_display(),
    }


def persons_of(pair: Pair) -> dict[int, int]:
    """Record → person, of both records."""
    rows = Membership.objects.filter(record__in=(pair.left_id, pair.right_id), until=None)
    return dict(rows.values_list("record", "person"))


def _held(pair: Pair) -> tuple[Merge | None, dict[int, int], Pair]:
    standing = Merge.objects.filter(pair=pair, state__in=(Merge.State.PROPOSED, Merge.State.DONE))
    merge = standing.select_for_update(of=("self",)).order_by("-pk").first()
    persons = persons_of(pair)
    held = locked(*persons.values(), *((merge.kept_id, merge.gone_id) if merge else ()))
    found = Pair.objects.select_for_update(of=("self",)).filter(pk=pair.pk).first()
    if found is None or len(persons) < 2 or persons_of(pair) != persons:
        raise Refused(_("The records were joined or taken apart meanwhile. Look at the pair again."))
    for person in held.values():
        check_usable(person)
    return merge, persons, found


def _leave(
    merge: Merge | None, persons: dict[int, int], pair: Pair, why: str, actor: User, *, holds: bool
) -> dict[int, int]:
    """What "the same" led to does not stand any more."""
    if merge is None:
        return persons
    if merge.state == Merge.State.PROPOSED:
        refuse(merge, actor=actor)
        return persons
    part(merge, actor=actor, reason=why, holds=holds)
    return persons_of(pair)


def _join(pair: Pair, persons: dict[int, int], why: str, actor: User) -> Merge | None:
    """None when they are one already; the join that waits already, where one does."""
    ids = sorted(set(persons.values()))
    if len(ids) < 2:
        return None
    waiting = Merge.objects.filter(kept__in=ids, gone__in=ids, state=Merge.State.PROPOSED).first()
    if waiting is not None:
        return waiting
    rows = locked(*ids)
    # The older number stays.
    return merge_persons(rows[ids[0]], rows[ids[1]], reason=why, actor=actor, pair=pair)


def _say(pair: Pair, state: str, why: str, actor: User | None) -> None:
    pair.state, pair.reason, pair.decided_by = state, why, actor
    pair.decided_at = timezone.now() if actor else None
    pair.save(update_fields=["state", "reason", "decided_by", "decided_at"])
