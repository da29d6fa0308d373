"""A person's links: her records, how each was joined, what was decided, what can be taken out or apart."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from nhipcau.apps.access.pages import for_roles, user_of
from nhipcau.apps.access.policies import may
from nhipcau.apps.accounts.models import User
from nhipcau.apps.registry.actions import read_person
from nhipcau.apps.registry.forms.joining import ApartForm, DecideForm
from nhipcau.apps.registry.forms.partial import as_written
from nhipcau.apps.registry.forms.taking_out import TakeOutForm
from nhipcau.apps.registry.models import Membership, Merge, Pair, Person, SourceRecord, TakingOut
from nhipcau.apps.registry.reach import sees_all
from nhipcau.apps.registry.reviewing.evidence import chance
from nhipcau.apps.registry.reviewing.resting import at_rest
from nhipcau.apps.registry.reviewing.sides import Names, source_of
from nhipcau.apps.registry.views.person_parts import restricted_page

MOST = 50


@for_roles()
@require_GET
def person_links(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    person = get_object_or_404(Person.objects.visible_to(user), pk=pk)
    if person.merged_into_id is not None:
        return redirect("registry:person_links", person.merged_into_id)
    read_person(person, actor=user)
    return links_page(request, person, user)


def links_page(
    request: HttpRequest,
    person: Person,
    user: User,
    *,
    take_form: TakeOutForm | None = None,
    tried: tuple[int, Form] | None = None,
) -> HttpResponse:
    """About fifteen queries, however many records. `tried`: a taking out (id) and the form that was sent of
    it. Of who is restricted it shows what her page shows.
    """
    if person.restricted_at is not None:
        return restricted_page(request, person, user)
    memberships = list(
        Membership.objects.visible_to(user)
        .filter(person=person)
        .select_related("record__round", "record__running_source", "actor")
        .order_by("-until", "since", "pk")[: 2 * MOST]
    )
    own = {each.record_id for each in memberships if each.until is None}
    resting = at_rest(user)
    pairs = _pairs(user, own, resting)
    names = Names.of(
        [each.record for each in memberships]
        + [record for pair in pairs for record in (pair.left, pair.right)],
        user,
    )
    standing = [_row(each, names, resting) for each in memberships if each.until is None]
    takings = _takings(person, user, resting, tried)
    waits = any(each["taking"].state == TakingOut.State.PROPOSED and each["hers"] for each in takings)
    takes_out = len(standing) > 1 and not waits and may(user, "take_out", person)
    context = {
        "person": person,
        "rows": standing,
        "left": [_row(each, names, resting) for each in memberships if each.until is not None],
        "pairs": [_pair(each, own, names, resting) for each in pairs],
        "merges": _merges(person, user),
        "apart_form": ApartForm(),
        "take_form": take_form or (TakeOutForm(records=sorted(own)) if takes_out else None),
        "ticked": set(take_form.data.getlist("record")) if take_form is not None else set(),  # type: ignore[attr-defined]  # a QueryDict
        "takings": takings,
    }
    return render(request, "registry/review/links.html", context, status=422 if take_form or tried else 200)


def _pairs(user: User, own: set[int], resting: dict[int, int]) -> list[Pair]:
    """With what rests for the keeper alone, who sees no more of it than the number."""
    found = Pair.objects.visible_to(user).filter(Q(left__in=own) | Q(right__in=own))
    if not sees_all(user):
        found = found.exclude(Q(left__in=resting) | Q(right__in=resting))
    rows = found.select_related("left", "right", "decided_by").order_by("state", "-weight", "pk")
    return list(rows[:MOST])


def _pair(pair: Pair, own: set[int], names: Names, resting: dict[int, int]) -> dict[str, Any]:
    other = pair.right if pair.left_id in own else pair.left
    return {
        "pair": pair,
        "other": other,
        "rests": resting.get(other.pk),
        "within": pair.left_id in own and pair.right_id in own,
        "origin": names.origin(other),
        "chance": chance(pair.weight) if pair.evidence else "",
    }


def _merges(person: Person, user: User) -> list[dict[str, Any]]:
    rows = (
        Merge.objects.visible_to(user)
        .filter(Q(kept=person) | Q(gone=person))
        .select_related("kept", "gone", "asked_by", "apart_by")
    )
    return [
        {"merge": each, "may_part": each.state == Merge.State.DONE and may(user, "take_apart", each)}
        for each in rows[:MOST]
    ]


def _takings(
    person: Person, user: User, resting: dict[int, int], tried: tuple[int, Form] | None
) -> list[dict[str, Any]]:
    """Out of her, and those that made her; each with what can be done."""
    rows = list(
        TakingOut.objects.visible_to(user)
        .filter(Q(person=person) | Q(into=person))
        .select_related("asked_by", "decided_by", "back_by")[:MOST]
    )
    records = SourceRecord.objects.visible_to(user).in_bulk({pk for each in rows for pk in each.records})
    return [
        {
            "taking": each,
            "hers": each.person_id == person.pk,
            "other": each.into_id if each.person_id == person.pk else each.person_id,
            "records": [records[pk] for pk in each.records if pk in records and pk not in resting],
            "form": _form(each, user, tried),
            "own": each.state == TakingOut.State.PROPOSED and each.asked_by_id == user.pk,
            "tried": tried is not None and tried[0] == each.pk,
        }
        for each in rows
    ]


def _form(taking: TakingOut, user: User, tried: tuple[int, Form] | None) -> Form | None:
    """None where this officer has nothing to say."""
    if tried is not None and tried[0] == taking.pk:
        return tried[1]
    if taking.state == TakingOut.State.PROPOSED:
        decides = may(user, "decide", taking) and taking.asked_by_id != user.pk
        return DecideForm(auto_id=f"decide_{taking.pk}_%s") if decides else None
    if taking.state == TakingOut.State.DONE and may(user, "put_back", taking):
        return ApartForm(auto_id=f"back_{taking.pk}_%s")
    return None


def _row(membership: Membership, names: Names, resting: dict[int, int]) -> dict[str, Any]:
    record = membership.record
    return {
        "membership": membership,
        "record": record,
        "rests": resting.get(record.pk),
        "sender": names.body(record.sender_id),
        "source": source_of(record),
        "born": as_written(record.birth),
    }
