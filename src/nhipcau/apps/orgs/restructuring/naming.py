"""Names and places in the tree: bodies that end, begin, are renamed; aliases; bodies below one that ends."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from nhipcau.apps.orgs.carrying import relation
from nhipcau.apps.orgs.models import (
    Alias,
    Fate,
    Lineage,
    Organisation,
    OrganisationVersion,
    RowChange,
    StepUnit,
    realm_of,
)
from nhipcau.apps.orgs.restructuring.changes import change, made
from nhipcau.apps.orgs.restructuring.items import Item
from nhipcau.apps.orgs.restructuring.outline import Outline, Renaming
from nhipcau.core.text import fold

Verb = RowChange.Verb
VERSION = "orgs.organisationversion.organisation"
PARENT = "orgs.organisationversion.parent"
ALIAS = "orgs.alias.organisation"
_TYPE = OrganisationVersion.UnitType
# Folded, as names begin.
UNIT_WORDS = {
    _TYPE.PROVINCE: ("tinh",),
    _TYPE.RURAL_DISTRICT: ("huyen",),
    _TYPE.URBAN_DISTRICT: ("quan",),
    _TYPE.COMMUNE: ("xa",),
    _TYPE.WARD: ("phuong",),
    _TYPE.TOWNSHIP: ("thi tran",),
    _TYPE.SPECIAL_ZONE: ("dac khu",),
}


def new_bodies(outline: Outline) -> list[RowChange]:
    """Identities of the bodies that the act makes. Written first: everything else needs their ids."""
    lines = []
    for unit in outline.made:
        lines.append(made(outline.act, Organisation(realm=realm_of(unit.kind)), relation=VERSION))
    return lines


def first_versions(outline: Outline, made_ids: dict[int, int]) -> list[RowChange]:
    """Their names from the day on; `made_ids` maps a unit to the body that was made for it."""
    lines = []
    for unit in outline.made:
        version = OrganisationVersion(
            organisation_id=made_ids[unit.pk],
            name=unit.name,
            abbreviation=unit.abbreviation,
            kind=unit.kind,
            unit_type=_unit_type(unit),
            parent_id=unit.parent_id,
            valid=DateRange(outline.day, None),
        )
        lines.append(made(outline.act, version.with_keys(), relation=VERSION, new=made_ids[unit.pk]))
    return lines


def _unit_type(unit: StepUnit) -> str:
    """What a place is called stands before its name."""
    if realm_of(unit.kind) != Organisation.Realm.PLACE:
        return ""
    begins = {word: kind for kind, words in UNIT_WORDS.items() for word in words}
    return next((kind for word, kind in begins.items() if unit.name_fold.startswith(f"{word} ")), "")


def ended_versions(outline: Outline) -> list[RowChange]:
    """The last day of those that end is the day before."""
    rows = OrganisationVersion.objects.filter(
        organisation_id__in=outline.ending(), valid__contains=outline.day
    ).order_by("organisation_id")
    return [_cut(outline, row) for row in rows]


def _cut(outline: Outline, row: OrganisationVersion) -> RowChange:
    return change(
        outline.act,
        relation(VERSION),
        row,
        {"valid": DateRange(row.valid.lower, outline.day)},
        Verb.ENDED,
    )


def renamed(outline: Outline, below: Iterable[Item] = ()) -> list[RowChange]:
    """The same body, another name from the day on; the old name goes on leading to it.

    `below`: what becomes of those whose parent ends, for one that is renamed on the same day.
    """
    moving = {item.row: item for item in below if item.fate in (Fate.GIVE, Fate.END)}
    lines = []
    for each in outline.renamings:
        row = OrganisationVersion.objects.get(organisation_id=each.organisation, valid__contains=outline.day)
        lines += [_cut(outline, row), _with_new_name(outline, row, each, moving.get(row.pk))]
    return lines


def _with_new_name(
    outline: Outline, row: OrganisationVersion, renaming: Renaming, below: Item | None
) -> RowChange:
    unit = renaming.unit
    fresh = _following(outline, row)
    fresh.name, fresh.abbreviation = unit.name, unit.abbreviation or row.abbreviation
    fresh.kind = unit.kind or row.kind
    fresh.parent_id = unit.parent_id or (below.owner or None if below else row.parent_id)
    return made(
        outline.act, fresh.with_keys(), relation=VERSION, old=row.organisation_id, new=row.organisation_id
    )


def _following(outline: Outline, row: OrganisationVersion) -> OrganisationVersion:
    """A copy that begins on the day."""
    fresh = copy.copy(row)
    fresh.pk, fresh._state = None, copy.copy(row._state)
    fresh._state.adding, fresh._state.fields_cache = True, {}
    fresh.valid = DateRange(outline.day, row.valid.upper)
    return fresh


def children(outline: Outline, items: Iterable[Item]) -> list[RowChange]:
    """Bodies below one that ends get the successor as their parent from the day on."""
    mine = {item.row: item for item in items if item.fate in (Fate.GIVE, Fate.END)}
    gone = outline.ending() | {each.organisation for each in outline.renamings}
    lines = []
    for row in OrganisationVersion.objects.filter(pk__in=mine).order_by("pk"):
        if row.organisation_id in gone:
            continue
        parent = mine[row.pk].owner if mine[row.pk].fate == Fate.GIVE else None
        lines += _below(outline, row, parent)
    return lines


def _below(outline: Outline, row: OrganisationVersion, parent: int | None) -> list[RowChange]:
    carried = relation(PARENT)
    lower = row.valid.lower
    if lower is not None and lower >= outline.day:
        return [change(outline.act, carried, row, {"parent_id": parent}, Verb.MOVED)]
    cut = change(outline.act, carried, row, {"valid": DateRange(lower, outline.day)}, Verb.ENDED)
    fresh = _following(outline, row)
    fresh.parent_id = parent
    return [cut, made(outline.act, fresh, relation=PARENT, old=row.parent_id, new=parent)]


def aliases(outline: Outline) -> list[RowChange]:
    """Old names, abbreviations and aliases lead to the successors in documents of the day and later.

    Where there are several, the name leads to each of them: whom it means is then a question, not a guess.
    """
    texts = _texts(outline)
    pairs = [
        (old, text, target.owner)
        for old, passage in outline.passages.items()
        if passage.ends and passage.names
        for text in texts.get(old, ())
        for target in passage.targets
    ]
    pairs += [
        (each.organisation, text, each.organisation)
        for each in outline.renamings
        for text in texts.get(each.organisation, ())
    ]
    known = _known(outline, {owner for _old, _text, owner in pairs})
    lines = []
    for old, text, owner in pairs:
        if (owner, fold(text)) in known:
            continue
        known.add((owner, fold(text)))
        alias = Alias(organisation_id=owner, text=text, text_fold=fold(text))
        alias.valid = DateRange(outline.day, None)
        lines.append(made(outline.act, alias, relation=ALIAS, old=old, new=owner))
    return lines


def _texts(outline: Outline) -> dict[int, list[str]]:
    """By which names documents know the bodies the day before."""
    olds = outline.ending() | {each.organisation for each in outline.renamings}
    found: dict[int, list[str]] = {}
    for version in OrganisationVersion.objects.filter(
        organisation_id__in=olds, valid__contains=outline.day
    ).order_by("organisation_id"):
        names = (version.name, version.abbreviation)
        found[version.organisation_id] = [name for name in names if name]
    for alias in Alias.objects.filter(organisation_id__in=olds, valid__contains=outline.day):
        found.setdefault(alias.organisation_id, []).append(alias.text)
    return found


def _known(outline: Outline, owners: set[int]) -> set[tuple[int, str]]:
    """Names and aliases that the bodies have already, on the day or later."""
    real = [owner for owner in owners if owner > 0]
    period = (outline.day, None)
    aliases_there = Alias.objects.filter(organisation_id__in=real, valid__overlap=period)
    names = OrganisationVersion.objects.filter(organisation_id__in=real, valid__overlap=period).exclude(
        organisation_id__in=[each.organisation for each in outline.renamings]
    )
    found = set(aliases_there.values_list("organisation_id", "text_fold"))
    found |= set(names.values_list("organisation_id", "name_fold"))
    found |= {(each.organisation, fold(each.unit.name)) for each in outline.renamings}
    found |= {(target.owner, fold(target.name)) for target in outline.targets.values()}
    return found


def edges(outline: Outline) -> list[RowChange]:
    """The lineage that the act leaves."""
    lines = []
    for each in outline.edges:
        owner = each.target.owner if each.target else None
        row = Lineage(
            predecessor_id=each.predecessor,
            successor_id=owner,
            kind=each.kind,
            effective_on=outline.day,
            legal_basis=each.legal_basis,
            function=each.function,
            restructuring=outline.act,
        )
        lines.append(made(outline.act, row, old=each.predecessor, new=owner))
    return lines


def bind_units(outline: Outline, made_ids: dict[int, int]) -> list[RowChange]:
    """The steps' new units get the bodies that were made for them."""
    by_name = {unit.name_fold: made_ids[unit.pk] for unit in outline.made}
    lines = []
    for step in outline.steps:
        for unit in step.units.all():
            if unit.side == StepUnit.Side.NEW and unit.organisation_id is None:
                values: dict[str, Any] = {"organisation_id": by_name[unit.name_fold], "made": True}
                lines.append(change(outline.act, None, unit, values, Verb.CHANGED))
    return lines
