"""A person's page: what is known with its source, the records, the times in groups and countries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from nhipcau.apps.access.policies import can, may
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.kept import named_on
from nhipcau.apps.reference.models import Country
from nhipcau.apps.registry.deriving import FIELDS
from nhipcau.apps.registry.family import family_of
from nhipcau.apps.registry.forms.numbers import PurposeForm
from nhipcau.apps.registry.forms.partial import as_written
from nhipcau.apps.registry.models import (
    Consent,
    GroupSpell,
    LookUp,
    Membership,
    Merge,
    Person,
    Residence,
    Restriction,
    RightsRequest,
    Sex,
    SourceRecord,
    Verification,
)
from nhipcau.apps.registry.reach import reach_of, sees_all

DATES = ("birth", "left_in")
HIDDEN = ("place_text",)
LABELS = {column.attname: column.verbose_name for column in SourceRecord._meta.concrete_fields}


@dataclass(frozen=True, slots=True)
class Known:
    """One thing that is known of the person; `sender` and `on` say from whom and of which day."""

    label: str
    value: str
    sender: str
    source: str
    on: date | None
    record: int


def person_page(
    request: HttpRequest,
    person: Person,
    user: User,
    *,
    form: PurposeForm | None = None,
    numbers: list[tuple[str, str]] | None = None,
) -> HttpResponse:
    """About twelve queries, however many records. `numbers` once they were opened."""
    standing = Membership.objects.visible_to(user).filter(person=person, until=None).values("record")
    records = list(
        SourceRecord.objects.visible_to(user)
        .filter(pk__in=standing.order_by())
        .select_related("round", "running_source", "made_by")
        .prefetch_related("groupspell_facts", "residence_facts", "nationality_facts", "identity_numbers")
        .order_by("-stated_on", "-pk")
    )
    names = named_on({each.sender_id for each in records} | {person.place_id or 0}, timezone.localdate())
    facts = ("groupspell_facts", "residence_facts", "nationality_facts")
    spells = [fact for name in facts for record in records for fact in getattr(record, name).all()]
    countries = _countries(user, {person.country, *(getattr(each, "country", "") for each in spells)})
    by_pk = {each.pk: each for each in records}
    context = {
        "person": person,
        "born": as_written(person.birth),
        "known": [_known(field, person, by_pk, names, countries) for field in FIELDS if _told(field, person)],
        "records": [
            {
                "record": each,
                "sender": names[each.sender_id].name if each.sender_id in names else "",
                "source": _source_of(each),
                "written": sorted(each.written.items()),
            }
            for each in records
        ],
        "spells": _spells(spells, countries),
        "opened": numbers,
        "purpose_form": form or PurposeForm(),
        "may_reveal": may(user, "reveal", person),
        "numbers": any(each.identity_numbers.all() for each in records),
        "ended": Membership.objects.visible_to(user).filter(person=person).exclude(until=None).count(),
        "groups": [
            label
            for group, label in GroupSpell._meta.get_field("group").flatchoices
            if group in person.groups
        ],
        "seen_until": _seen_until(user, person),
        "may_correct": may(user, "correct", person),
        "may_merge": may(user, "merge", person),
        "may_erase": may(user, "erase", person),
        **_trust(person, user),
        "merges": Merge.objects.visible_to(user).filter(kept=person),
    }
    return render(request, "registry/person.html", context, status=422 if form else 200)


def _seen_until(user: User, person: Person) -> datetime | None:
    """Until when she sees somebody out of her scope; a query only for whoever looked somebody up."""
    if person.pk not in reach_of(user).looked_up or sees_all(user):
        return None
    if Person.objects.visible_to(user).in_scope_of(user).filter(pk=person.pk).exists():
        return None
    looks = LookUp.objects.visible_to(user).filter(user=user, person=person, until__gt=timezone.now())
    return looks.order_by("-until").values_list("until", flat=True).first()


def _told(field: str, person: Person) -> bool:
    """A commune that was understood stands for the words it was written in."""
    return field in person.derived and not (field in HIDDEN and "place_id" in person.derived)


def _known(
    field: str, person: Person, records: dict[int, SourceRecord], names: Any, countries: dict[str, str]
) -> Known:
    said = person.derived[field]
    record = records.get(said["record"])
    value = str(said["value"])
    if field == "place_id":
        value = names[person.place_id].name if person.place_id in names else value
    elif field in DATES:
        value = as_written(value)
    elif field == "country":
        value = countries.get(value, value)
    elif field == "sex":
        value = str(dict(Sex.choices).get(value, value))
    return Known(
        str(LABELS[field]),
        value,
        names[record.sender_id].name if record and record.sender_id in names else "",
        _source_of(record) if record else "",
        date.fromisoformat(said["on"]) if said.get("on") else None,
        said["record"],
    )


def _source_of(record: SourceRecord) -> str:
    return str(record.round or record.running_source or "")


def _countries(user: User, codes: Iterable[str]) -> dict[str, str]:
    rows = Country.objects.visible_to(user).current().filter(code__in=[code for code in codes if code])
    return {each.code: each.label for each in rows}


def _spells(rows: Iterable[Any], countries: dict[str, str]) -> list[dict[str, str]]:
    """Times in groups and countries, and nationalities, the same once; the latest first."""
    seen: dict[tuple[str, str, str], dict[str, str]] = {}
    for row in rows:
        if isinstance(row, GroupSpell):
            what, theirs = str(row.get_group_display()), False
        elif isinstance(row, Residence):
            country = countries.get(row.country, row.country)
            what, theirs = (f"{row.city}, {country}" if row.city else country), True
        else:
            what, theirs = f"{countries.get(row.country, row.country)} ({row.get_status_display()})", True
        seen[what, row.since, row.until] = {
            "what": what,
            "theirs": "1" if theirs else "",
            "since": as_written(row.since),
            "until": as_written(row.until),
            "sort": row.since or row.until,
        }
    return sorted(seen.values(), key=lambda each: each["sort"], reverse=True)


def restricted_page(request: HttpRequest, person: Person, user: User) -> HttpResponse:
    """Of a person whose data rest: since when and why, her requests, and how it is lifted."""
    context = {
        "person": person,
        "restrictions": Restriction.objects.visible_to(user)
        .standing()
        .filter(person__in=family_of(person))
        .select_related("set_by"),
        "may_restrict": may(user, "restrict", person),
        "may_erase": may(user, "erase", person),
        **_requests(person, user),
    }
    return render(request, "registry/person_restricted.html", context)


def _trust(person: Person, user: User) -> dict[str, Any]:
    """Who confirmed it, what she agreed to, what she asked. Four queries."""
    family = family_of(person)
    return {
        "verifications": Verification.objects.visible_to(user).filter(person__in=family),
        "consents": Consent.objects.visible_to(user).filter(person__in=family).select_related("text"),
        "may_verify": may(user, "verify", person),
        "may_consent": may(user, "consent", person),
        "may_restrict": may(user, "restrict", person),
        **_requests(person, user),
    }


def _requests(person: Person, user: User) -> dict[str, Any]:
    answers = can(user, "list", RightsRequest)
    rows = RightsRequest.objects.visible_to(user).filter(person__in=family_of(person)) if answers else []
    return {"requests": rows, "may_answer": answers}
