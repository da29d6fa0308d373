"""Two persons made one, and taken apart again: memberships end and begin, nothing is deleted.

Both persons are locked in the order of their numbers before anything is asked, so that joins that race or
cross are carried out one after the other, and the second sees what the first did: no cycle can come of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from itertools import product

from django.db import connection
from django.db.models import Model, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import User
from nhipcau.apps.registry.deriving import derive
from nhipcau.apps.registry.models import (
    Consent,
    Membership,
    Merge,
    Pair,
    Person,
    Restriction,
    RightsRequest,
    SourceRecord,
    Verification,
)

APART = (Pair.State.DIFFERENT, Pair.State.SIBLING)
# What is kept of a person that is no record, and when that was written.
SAID: dict[type[Model], str] = {
    Verification: "recorded_at",
    Consent: "recorded_at",
    RightsRequest: "created_at",
    Restriction: "since",
}
BY_HAND = (SourceRecord.Origin.PAPER, SourceRecord.Origin.CORRECTION)
# So many pairs of records are kept apart at most when two persons are: more say nothing more.
MOST_HELD = 400

_END = """
    update registry_membership set until = %s where person_id = any (%s) and until is null
    returning person_id, record_id
"""
_BEGIN = """
    insert into registry_membership (by, since, person_id, record_id)
    select %s, %s, unnest(%s::bigint[]), unnest(%s::bigint[])
"""
_LEAD = """
    update registry_person p set merged_into_id = l.kept
    from (select unnest(%s::bigint[]) as gone, unnest(%s::bigint[]) as kept) l where p.id = l.gone
"""


def locked(*persons: int) -> dict[int, Person]:
    """The persons by number, locked in that order."""
    rows = Person.objects.select_for_update().filter(pk__in=persons).order_by("pk")
    return {row.pk: row for row in rows}


def by_hand() -> Q:
    """Memberships that an officer made, or whose record she wrote."""
    return Q(by__in=(Membership.By.OFFICER, Membership.By.APART)) | Q(record__origin__in=BY_HAND)


def has_history(person: int) -> bool:
    """Whether an officer worked on her: then a second one must agree before she is joined to another."""
    return Membership.objects.filter(by_hand(), person=person).exists() or said_of([person])


def said_of(persons: Collection[int], *, since: datetime | None = None) -> bool:
    """Whether anything is kept of them that is no record: who vouches, consents, requests, restrictions."""
    for model, moment in SAID.items():
        later = {f"{moment}__gt": since} if since is not None else {}
        if model._default_manager.filter(person__in=persons, **later).exists():
            return True
    return False


def check_usable(person: Person) -> None:
    """Raises Refused for one whose data are kept and not used: nobody works on them until that is lifted."""
    if person.restricted_at is not None:
        raise Refused(
            _("The use of this person's data is restricted. Nothing is decided of her until that is lifted.")
        )


def check_joinable(kept: Person, gone: Person) -> None:
    """Raises Refused when one of them was joined already or is restricted, or they were said to be two."""
    if kept.pk == gone.pk or kept.merged_into_id is not None or gone.merged_into_id is not None:
        raise Refused(_("One of them was joined to another person meanwhile. Look at the page again."))
    check_usable(kept)
    check_usable(gone)
    of_both = between(_records(kept.pk), _records(gone.pk))
    if Pair.objects.filter(of_both, state__in=APART).exists():
        raise Refused(_("An officer found that these are two persons. Change that decision first."))


def join(merge: Merge, kept: Person, gone: Person, *, actor: User | None, by: str) -> None:
    """Carry the merge out. Both are locked and were checked."""
    moved = sorted(_records(gone.pk))
    move(moved, gone.pk, kept.pk, actor, by)
    Person.objects.filter(pk=gone.pk).update(merged_into=kept)
    merge.state, merge.moved = Merge.State.DONE, moved
    merge.decided_by, merge.decided_at = actor, timezone.now()
    merge.save()
    derive((kept.pk, gone.pk))


def join_sure(joined: Mapping[int, Mapping[int, Pair]]) -> None:
    """Join persons without an officer, set by set: the one that stays → those that go, by number, each with
    the pair that speaks for it. All are locked and were checked; who calls derives them.
    """
    leads = {gone: kept for kept, each in joined.items() for gone in each}
    if not leads:
        return
    pairs = {gone: pair for each in joined.values() for gone, pair in each.items()}
    moved: dict[int, list[int]] = {gone: [] for gone in leads}
    now, goes = timezone.now(), list(leads)
    with connection.cursor() as cursor:
        cursor.execute(_END, [now, goes])
        for person, record in cursor.fetchall():
            moved[person].append(record)
        records = [(leads[person], record) for person, each in moved.items() for record in each]
        if records:
            cursor.execute(_BEGIN, [Membership.By.SURE.value, now, *map(list, zip(*records, strict=True))])
        cursor.execute(_LEAD, [goes, list(leads.values())])
    Merge.objects.bulk_create(
        (
            Merge(
                kept_id=kept,
                gone_id=gone,
                pair=pairs[gone],
                state=Merge.State.DONE,
                moved=sorted(moved[gone]),
                decided_at=now,
            )
            for gone, kept in sorted(leads.items())
        ),
        batch_size=1000,
    )


def part(merge: Merge, *, actor: User, reason: str, holds: bool = True) -> None:
    """Take exactly that apart: the records that came go back, those that came later stay.

    With `holds` that they are two is kept for ever: nothing joins them again until an officer changes it.
    Without, it is as if nobody had joined them.
    Raises Refused when it is not joined, or the one that was kept was joined to another since, or is
    restricted.
    """
    found = Merge.objects.select_for_update().get(pk=merge.pk)
    if found.state != Merge.State.DONE:
        raise Refused(_("These two are not joined now."))
    persons = locked(found.kept_id, found.gone_id)
    kept = persons[found.kept_id]
    check_usable(kept)
    if kept.merged_into_id is not None:
        raise Refused(_("The person was joined to another one since. Take that apart first."))
    back = sorted(set(found.moved) & set(_records(kept.pk)))
    # Not those that came since: nobody said whose they are.
    stay = Membership.objects.filter(person=kept, until=None, since__lte=found.decided_at)
    stayed = sorted(set(stay.order_by().values_list("record", flat=True)) - set(back))
    move(back, kept.pk, found.gone_id, actor, Membership.By.APART)
    Person.objects.filter(pk=found.gone_id).update(merged_into=None)
    if holds:
        keep_apart(back, stayed, actor=actor, reason=reason)
    else:
        as_before(back, found.gone_id)
    found.state, found.apart_by, found.apart_at = Merge.State.APART, actor, timezone.now()
    found.apart_reason = reason[:300]
    found.save()
    derive(persons)


def keep_apart(
    ours: Collection[int],
    theirs: Collection[int],
    *,
    actor: User,
    reason: str,
    at: datetime | None = None,
) -> None:
    """That two are different holds between each record of the one and each of the other."""
    said = {"state": Pair.State.DIFFERENT, "decided_by": actor, "decided_at": at or timezone.now()}
    said["reason"] = reason[:300]
    known = Pair.objects.select_for_update().filter(between(ours, theirs)).order_by("pk")
    told = {(each.left_id, each.right_id) for each in known}
    Pair.objects.filter(between(ours, theirs)).exclude(state__in=APART).update(**said)
    every = {(min(one, other), max(one, other)) for one, other in product(ours, theirs)}
    Pair.objects.bulk_create(
        Pair(left_id=left, right_id=right, weight=0, **said)
        for left, right in _spread(every - told, ours, theirs)[:MOST_HELD]
    )


def _spread(
    couples: Iterable[tuple[int, int]], ours: Collection[int], theirs: Collection[int]
) -> list[tuple[int, int]]:
    """In an order in which the first ones name every record once."""
    turn = {record: at for side in (ours, theirs) for at, record in enumerate(sorted(side))}
    shorter = max(1, min(len(ours), len(theirs)))
    return sorted(couples, key=lambda each: ((turn[each[0]] + turn[each[1]]) % shorter, *each))


def lift(pair: Pair, persons: Iterable[int], at: datetime | None) -> None:
    """What `keep_apart` said in one breath with this pair is changed with it; what was said apart stays."""
    records = list(Membership.objects.filter(person__in=persons, until=None).values_list("record", flat=True))
    together = Pair.objects.filter(left__in=records, right__in=records, decided_at=at, state__in=APART)
    together.update(
        state=pair.state, decided_by=pair.decided_by, decided_at=pair.decided_at, reason=pair.reason
    )


def as_before(records: Iterable[int], person: int) -> None:
    """What was taken back at once is no work on the person: her records are hers as they were."""
    ended = Membership.objects.filter(person=person, record__in=records).exclude(until=None).order_by("pk")
    for before in ended:
        Membership.objects.filter(person=person, record=before.record_id, until=None).update(
            by=before.by, actor=before.actor_id, since=before.since
        )


def between(ours: Collection[int], theirs: Collection[int]) -> Q:
    return Q(left__in=ours, right__in=theirs) | Q(left__in=theirs, right__in=ours)


def _records(person: int) -> list[int]:
    rows = Membership.objects.filter(person=person, until=None)
    return list(rows.order_by().values_list("record", flat=True))


def move(records: Iterable[int], source: int, target: int, actor: User | None, by: str) -> None:
    """From the one to the other; pairs that are one person's by it wait no more, those of two wait again."""
    ids = list(records)
    Membership.objects.filter(person=source, record__in=ids, until=None).update(until=timezone.now())
    Membership.objects.bulk_create(
        (Membership(person_id=target, record_id=pk, by=by, actor=actor) for pk in ids), batch_size=1000
    )
    Pair.objects.filter(between(ids, _records(source)), within=True).update(within=False)
    Pair.objects.filter(between(ids, set(_records(target)) - set(ids)), within=False).update(within=True)
