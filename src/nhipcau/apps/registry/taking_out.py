"""Records go out of a person and make one of their own; put back, everything is as it was before.

Who they were before a join they are again, with that number, where exactly the records go that came with it;
else somebody new. Locked as in `joining`: the taking out, the join, the persons, then the pairs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.identity import as_part
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import User
from nhipcau.apps.registry.deriving import derive
from nhipcau.apps.registry.family import family_of
from nhipcau.apps.registry.joining import (
    as_before,
    between,
    by_hand,
    check_usable,
    keep_apart,
    locked,
    move,
    said_of,
)
from nhipcau.apps.registry.models import Membership, Merge, Pair, Person, SourceRecord, TakingOut, Unlinked

Taken = TakingOut.State
CHANGED = _("The records were joined or taken apart meanwhile. Look at the page again.")


@dataclass(frozen=True, slots=True)
class Halves:
    """The person, locked, and her records (ids): those that go and those that stay. `home` is who the records
    were before a join; `merge` that join.
    """

    person: Person
    going: tuple[int, ...]
    staying: tuple[int, ...]
    home: Person | None = None
    merge: Merge | None = None


def halves(person: Person, records: Collection[int]) -> Halves:
    """Both, locked, with whom the first are to be. Raises Refused for who was joined to another or whose data
    rest, for records that are not hers now, and where no record is left that speaks for itself.
    """
    found = _home(person, set(records))
    merge = None
    if found is not None:
        joins = Merge.objects.select_for_update().filter(gone=found, state=Merge.State.DONE)
        merge = joins.order_by("-pk").first()
    held = locked(person.pk, *([found] if found is not None else []))
    whole = held[person.pk]
    if whole.merged_into_id is not None:
        raise Refused(CHANGED)
    check_usable(whole)
    standing = _standing(person.pk)
    going, staying = sorted(set(records)), sorted(standing.keys() - set(records))
    if not set(going) <= standing.keys() or _home(person, set(records)) != found:
        raise Refused(CHANGED)
    if not any(standing[each] for each in going):
        raise Refused(_("A correction speaks for no person alone: choose the record that it is about, too."))
    if not any(standing[each] for each in staying):
        raise Refused(_("At least one record has to stay: leave one that is hers."))
    return Halves(whole, tuple(going), tuple(staying), held[found] if found is not None else None, merge)


def needs_second(both: Halves) -> bool:
    """Where officers worked on what goes and on what stays, as with a join of two who have a history."""
    worked = Membership.objects.filter(by_hand(), person=both.person, until=None)
    return worked.filter(record__in=both.going).exists() and (
        worked.filter(record__in=both.staying).exists() or said_of(family_of(both.person))
    )


def carry_out(taking: TakingOut, both: Halves, *, actor: User) -> Person:
    """Out they go. What is kept from them is compared with everybody else anew."""
    now = timezone.now()
    into = both.home or Person.objects.create()
    taking.before = {"pairs": _as_they_are(both), "led": into.merged_into_id}
    if both.merge is not None:
        taking.before["merge"] = both.merge.pk
        both.merge.state, both.merge.apart_by, both.merge.apart_at = Merge.State.APART, actor, now
        both.merge.apart_reason = taking.reason
        both.merge.save()
    Person.objects.filter(pk=into.pk).update(merged_into=None)
    move(both.going, both.person.pk, into.pk, actor, Membership.By.APART)
    keep_apart(both.going, both.staying, actor=actor, reason=taking.reason, at=now)
    taking.state, taking.into = Taken.DONE, into
    taking.decided_by, taking.decided_at = actor, now
    taking.save()
    derive((both.person.pk, into.pk))
    _compare_anew(both.going)
    return into


def put_back(taking: TakingOut) -> None:
    """Exactly what was taken out. It is locked.

    Raises Refused where somebody built on it: joined one of the two, added to who came out or said something
    of her, or answered anew what was said of both. Then it is said on the page of a pair that they are one.
    """
    assert taking.into_id is not None
    merge = Merge.objects.select_for_update().filter(pk=taking.before.get("merge")).first()
    held = locked(taking.person_id, taking.into_id)
    person, into = held[taking.person_id], held[taking.into_id]
    going = sorted(taking.records)
    _check_untouched(taking, person, into, merge)
    staying = list(_standing(person.pk))
    move(going, into.pk, person.pk, taking.decided_by, Membership.By.APART)
    as_before(going, person.pk)
    led = taking.before.get("led") or person.pk
    Person.objects.filter(pk=into.pk).update(merged_into=led)
    if merge is not None:
        merge.state, merge.apart_by, merge.apart_at, merge.apart_reason = Merge.State.DONE, None, None, ""
        merge.save()
    _say_as_before(taking, going, staying)
    derive((person.pk, into.pk))


def _check_untouched(taking: TakingOut, person: Person, into: Person, merge: Merge | None) -> None:
    for each in (person, into):
        check_usable(each)
    # Where she led to must lead to the person still.
    leads = Person.objects.filter(pk=taking.before.get("led") or person.pk).first()
    while leads is not None and leads.merged_into_id is not None:
        leads = leads.merged_into
    apart = merge is None or merge.state == Merge.State.APART
    joined = person.merged_into_id or into.merged_into_id or leads != person or not apart
    same = set(_standing(into.pk)) == set(taking.records) and person.records > 0
    spoken = said_of([into.pk], since=taking.decided_at)
    if joined or not same or spoken or _answered_anew(taking, person):
        raise Refused(
            _(
                "Somebody worked on one of the two since. Where they are one person after all, say so on the"
                " page of a pair."
            )
        )


def _answered_anew(taking: TakingOut, person: Person) -> bool:
    known = {each["pair"]: each["state"] for each in taking.before.get("pairs", ())}
    pairs = Pair.objects.filter(between(taking.records, list(_standing(person.pk))))
    by_it = {"state": Pair.State.DIFFERENT, "decided_at": taking.decided_at}
    rest = pairs.exclude(**by_it).values_list("pk", "state")
    return any(known.get(pk, Pair.State.OPEN) != state for pk, state in rest)


def _home(person: Person, records: set[int]) -> int | None:
    """Of those who were joined to her: the one whose records that stand with her are exactly these. Where
    one had come by way of another, the first.
    """
    family = family_of(person)[1:]
    ever: dict[int, set[int]] = defaultdict(set)
    first: dict[int, int] = {}
    rows = Membership.objects.filter(person__in=family, record__in=_standing(person.pk))
    for pk, each, record in rows.order_by("pk").values_list("pk", "person", "record"):
        ever[each].add(record)
        first.setdefault(each, pk)
    return min(
        (each for each, found in ever.items() if found == records), key=first.__getitem__, default=None
    )


def _standing(person: int) -> dict[int, bool]:
    """Her records, each with whether it speaks for itself; what was erased does not stand."""
    rows = Membership.objects.filter(person=person, until=None, record__erased_at=None).order_by("record")
    correction = SourceRecord.Origin.CORRECTION
    return {record: origin != correction for record, origin in rows.values_list("record", "record__origin")}


def _as_they_are(both: Halves) -> list[dict[str, Any]]:
    rows = Pair.objects.select_for_update(of=("self",)).filter(between(both.going, both.staying))
    return [
        {
            "pair": each.pk,
            "state": each.state,
            "by": each.decided_by_id,
            "at": each.decided_at.isoformat() if each.decided_at else None,
            "reason": each.reason,
        }
        for each in rows.order_by("pk")
    ]


def _say_as_before(taking: TakingOut, going: Collection[int], staying: Collection[int]) -> None:
    known = {each["pair"]: each for each in taking.before.get("pairs", ())}
    rows = Pair.objects.select_for_update(of=("self",)).filter(between(going, staying))
    for row in rows.filter(pk__in=known).order_by("pk"):
        said = known[row.pk]
        row.state, row.decided_by_id, row.reason = said["state"], said["by"], said["reason"]
        row.decided_at = _moment(said["at"])
        row.save(update_fields=["state", "decided_by", "decided_at", "reason"])
    made = Pair.objects.filter(between(going, staying), decided_at=taking.decided_at)
    made.exclude(pk__in=known).delete()


def _moment(text: str | None) -> datetime | None:
    return parse_datetime(text) if text else None


def _compare_anew(records: Collection[int]) -> None:
    """Whose they are may be known by now; what was said to be two stays so."""
    speaking = SourceRecord.objects.filter(pk__in=records).exclude(origin=SourceRecord.Origin.CORRECTION)
    ids = speaking.order_by("pk").values_list("pk", flat=True)
    with as_part("linking"):
        Unlinked.objects.bulk_create([Unlinked(record=pk) for pk in ids], ignore_conflicts=True)
