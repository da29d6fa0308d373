"""Agencies, communes, groups and people of the synthetic province. Loading twice changes nothing."""

from __future__ import annotations

from datetime import date

from nhipcau.apps.access.actors import Actor
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.actions import (
    add_alias,
    appoint,
    confirm_set,
    create_organisation,
    load_units,
    propose_set,
    rename_organisation,
    set_home_province,
)
from nhipcau.apps.orgs.models import HomeProvince, Organisation, OrganisationVersion
from nhipcau.apps.plans.demo.shelf import PASSWORD, day, table
from nhipcau.core.places import shipped
from nhipcau.core.places.shipped import SOURCE
from nhipcau.core.text import fold

SINCE = date(2025, 1, 1)
LOWER = ("district", "commune")
REAL = "b91"
# Confirmed, so that the first plan's tasks reach their members; the draft plan brings a third to confirm.
GROUPS = (("Ủy ban nhân dân các xã, phường", ("commune",)), ("Các sở, ban, ngành", ("department",)))


def load_organisations(*, actor: Actor) -> dict[str, Organisation]:
    """By the key of the table. A second row with the same key is the organisation's later name."""
    found: dict[str, Organisation] = {}
    for row in table("organisations.csv"):
        known = OrganisationVersion.objects.filter(
            name_fold=fold(row["name"]), organisation__unit_key=None
        ).first()
        if known is not None:
            found[row["key"]] = known.organisation
            continue
        start, end = day(row["valid_from"]), day(row["valid_until"])
        if row["key"] in found and start is not None:
            _rename(found[row["key"]], row, start, actor)
            continue
        renamed = any(other["key"] == row["key"] and other is not row for other in _later(row))
        found[row["key"]] = create_organisation(
            row["name"],
            row["kind"],
            abbreviation=row["abbreviation"],
            parent=found["tinh"] if row["kind"] in LOWER else None,
            valid_from=start,
            valid_until=None if renamed else end,
            actor=actor,
        )
        for alias in filter(None, row["aliases"].split(";")):
            add_alias(found[row["key"]], alias, actor=actor)
    if not HomeProvince.objects.exists():
        set_home_province(found["tinh"], actor=actor)
    return found


def load_real_units(*, actor: Actor) -> None:
    """An Giang and what it was made of, so that old and new names can be looked for; the whole country comes
    with `nhipcau orgs load-units`."""
    load_units(shipped(), actor=actor, source=SOURCE, provinces={REAL})


def _later(row: dict[str, str]) -> list[dict[str, str]]:
    rows = table("organisations.csv")
    return rows[rows.index(row) + 1 :]


def _rename(organisation: Organisation, row: dict[str, str], start: date, actor: Actor) -> None:
    rename_organisation(
        organisation, row["name"], abbreviation=row["abbreviation"], valid_from=start, actor=actor
    )


def load_groups(*, actor: Actor) -> int:
    """Propose and confirm the groups; returns how many were confirmed now."""
    count = 0
    for phrase, kinds in GROUPS:
        group = propose_set(phrase, kinds, actor=actor)
        if group.confirmed_at is None:
            confirm_set(group, actor=actor)
            count += 1
    return count


def load_people(organisations: dict[str, Organisation], *, actor: Actor) -> list[User]:
    """The cast, in the order of the table; who is there already stays as she is."""
    people = []
    for row in table("people.csv"):
        user = User.objects.filter(email=row["email"]).first()
        if user is None:
            user = User.objects.create_user(row["email"], row["full_name"], PASSWORD)
            appoint(user, row["role"], organisations[row["organisation"]], valid_from=SINCE, actor=actor)
        people.append(user)
    return people
