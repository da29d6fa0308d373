"""The country's units into the database. What is there already stays; loading twice changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Count

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import Actor
from nhipcau.apps.orgs.models import Lineage, Organisation, OrganisationVersion
from nhipcau.core.places import Edge, Units, Version
from nhipcau.core.text import fold, sort_key

BATCH = 2000
Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Loaded:
    """How many rows were added. `kept` are units that were changed here and so not touched; `adopted` were
    entered by hand before and are now known as units of the country.
    """

    units: int = 0
    versions: int = 0
    edges: int = 0
    adopted: int = 0
    kept: int = 0


def load_units(
    units: Units,
    *,
    actor: Actor,
    source: str,
    provinces: Iterable[str] | None = None,
    home: str = "",
    progress: Progress = lambda _done, _total: None,
) -> Loaded:
    """Load all units, or those of some provinces (keys) with what these were made of and became.

    `home` is the key of the own province: communes of it that were entered by hand under the same name are
    taken for the units, so that tasks and appointments stay where they are. One event is recorded for all.
    """
    keys = wanted(units, provinces)
    versions = [version for version in units.all() if version.key in keys]
    edges = [edge for edge in units.edges if edge.predecessor in keys]
    with act(actor, "orgs.load_units", Organisation, permission="create") as entry:
        load = _Load(units, source, progress, len(keys) + len(versions) + len(edges))
        load.identities(keys, _by_hand(units, home) if home else {})
        load.versions(versions)
        load.edges(edges)
        found = load.loaded
        note(entry, units=found.units, versions=found.versions, edges=found.edges, adopted=found.adopted)
    return found


def wanted(units: Units, provinces: Iterable[str] | None) -> set[str]:
    """Keys of all units, or of those that lie or lay in the provinces and in what they were made of or
    became.
    """
    if provinces is None:
        return set(units.versions)
    waiting, related = list(provinces), set[str]()
    while waiting:
        key = waiting.pop()
        if key not in related:
            related.add(key)
            waiting += [edge.successor for edge in units.after(key)]
            waiting += [edge.predecessor for edge in units.before(key)]
    return {
        version.key
        for version in units.all()
        if version.key in related or any(above.key in related for above in units.parents(version))
    }


def _by_hand(units: Units, home: str) -> dict[str, int]:
    """Key → organisation: places of one name and no parent that were entered by hand and bear the name of
    exactly one unit of the own province that exists now.
    """
    entered = OrganisationVersion.objects.filter(
        organisation__realm=Organisation.Realm.PLACE, organisation__unit_key=None, parent=None
    )
    entered = entered.filter(valid__upper_inf=True, valid__isempty=False)
    entered = entered.annotate(names=Count("organisation__versions")).filter(names=1)
    rows = entered.values_list("organisation_id", "kind", "name_fold")
    named: dict[tuple[str, str], list[str]] = {}
    for version in units.all():
        if version.until is None and home in (version.parent, version.key):
            named.setdefault((version.tier, fold(version.name)), []).append(version.key)
    found: dict[str, int] = {}
    for organisation, kind, name in rows:
        keys = named.get((kind, name), [])
        if len(keys) == 1:
            found.setdefault(keys[0], organisation)
    return found


class _Load:
    """One run: rows that are missing, in the order in which they refer to one another."""

    def __init__(self, units: Units, source: str, progress: Progress, total: int) -> None:
        self.units, self.source, self.progress, self.total = units, source, progress, total
        self.ids: dict[str, int] = {}
        self.adopted: set[str] = set()
        self.loaded = Loaded()
        self._done = 0

    def _step(self, count: int) -> None:
        self._done += count
        self.progress(self._done, self.total)

    def identities(self, keys: set[str], by_hand: dict[str, int]) -> None:
        there = Organisation.objects.filter(unit_key__in=keys)
        self.ids = {str(key): pk for key, pk in there.values_list("unit_key", "pk")}
        for key, pk in by_hand.items():
            if key not in self.ids:
                Organisation.objects.filter(pk=pk).update(unit_key=key)
                self.ids[key] = pk
                self.adopted.add(key)
        missing = [
            Organisation(realm=Organisation.Realm.PLACE, unit_key=key) for key in sorted(keys - set(self.ids))
        ]
        for start in range(0, len(missing), BATCH):
            made = Organisation.objects.bulk_create(missing[start : start + BATCH])
            self.ids |= {str(each.unit_key): each.pk for each in made}
            self._step(len(made))
        self._done = len(keys)
        self.loaded.units, self.loaded.adopted = len(missing), len(self.adopted)

    def versions(self, versions: list[Version]) -> None:
        """Those that are missing.

        A unit whose last version was loaded and has ended in a newer table gets the next one; a unit that was
        renamed or ended here is left alone.
        """
        there: dict[int, list[OrganisationVersion]] = {}
        for row in OrganisationVersion.objects.filter(organisation_id__in=self.ids.values()).order_by(
            "valid"
        ):
            there.setdefault(row.organisation_id, []).append(row)
        new: list[OrganisationVersion] = []
        kept: set[str] = set()
        for version in versions:
            rows = there.get(self.ids[version.key], [])
            if version.key in self.adopted:
                new += self._adopt(version, rows[-1])
            elif not rows:
                new.append(self._row(version))
            elif not any(row.valid.lower == version.since for row in rows):
                if self._follows(version, rows):
                    new.append(self._row(version))
                else:
                    kept.add(version.key)
        for start in range(0, len(new), BATCH):
            OrganisationVersion.objects.bulk_create(new[start : start + BATCH])
            self._step(len(new[start : start + BATCH]))
        self._done = len(self.ids) + len(versions)
        self.loaded.versions, self.loaded.kept = len(new), len(kept)

    def _adopt(self, version: Version, row: OrganisationVersion) -> list[OrganisationVersion]:
        """What was entered by hand keeps its name and gets its place in the country and its own time."""
        if version.until is not None:
            return [self._row(version)]
        row.parent_id = self.ids.get(version.parent)
        row.code, row.unit_type, row.source = version.code, version.type, self.source
        row.valid = DateRange(version.since, row.valid.upper)
        row.save()
        return []

    def _follows(self, version: Version, rows: list[OrganisationVersion]) -> bool:
        """Whether it goes on from a last version that was loaded; that one then ends."""
        last = rows[-1]
        ours = bool(last.source) and last.valid.upper is None
        if not ours or version.since is None or (last.valid.lower or date.min) >= version.since:
            return False
        last.valid = DateRange(last.valid.lower, version.since)
        last.save()
        return True

    def _row(self, version: Version) -> OrganisationVersion:
        return OrganisationVersion(
            organisation_id=self.ids[version.key],
            name=version.name,
            name_fold=fold(version.name),
            name_sort=sort_key(version.name),
            kind=version.tier,
            unit_type=version.type,
            code=version.code,
            source=self.source,
            parent_id=self.ids[version.parent] if version.parent else None,
            valid=DateRange(version.since, version.until),
        )

    def edges(self, edges: list[Edge]) -> None:
        of = Lineage.objects.filter(predecessor_id__in=self.ids.values(), restructuring=None)
        there = set(of.values_list("predecessor_id", "successor_id", "kind", "effective_on"))
        new = []
        for edge in edges:
            slot = (self.ids[edge.predecessor], self.ids.get(edge.successor), edge.kind, edge.on)
            if slot not in there:
                new.append(
                    Lineage(
                        predecessor_id=slot[0],
                        successor_id=slot[1],
                        kind=Lineage.Kind(edge.kind),
                        effective_on=edge.on,
                        legal_basis=self.units.acts[edge.act],
                    )
                )
        for start in range(0, len(new), BATCH):
            Lineage.objects.bulk_create(new[start : start + BATCH])
            self._step(len(new[start : start + BATCH]))
        self.progress(self.total, self.total)
        self.loaded.edges = len(new)
