"""What keeps an act from being undone: whatever has come to rest on it since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import Q
from django.utils import timezone

from nhipcau.apps.orgs.carrying import Carried, Rule, relation, relations
from nhipcau.apps.orgs.models import Lineage, Restructuring, RowChange
from nhipcau.apps.orgs.restructuring.changes import plain
from nhipcau.apps.orgs.restructuring.stages import IN_FORCE

Verb = RowChange.Verb
NAMED = 5
ORGANISATION = "orgs.organisation"


def dependents(act: Restructuring) -> list[dict[str, Any]]:
    """Each kind of dependence with its count and a few rows; empty when the act can be undone."""
    lines = list(RowChange.objects.filter(restructuring=act).order_by("pk"))
    found = [*_later_acts(act, lines), *_changed(lines), *_closed(lines), *_newer(lines)]
    return [entry for entry in found if entry["n"]]


def _entry(code: str, key: str, rows: list[str], number: int | None = None) -> dict[str, Any]:
    return {"code": code, "relation": key, "n": len(rows) if number is None else number, "rows": rows[:NAMED]}


def bodies_of(lines: list[RowChange]) -> set[int]:
    """Every body whose rows the act touched, those it made among them."""
    found = {line.old_owner for line in lines} | {line.new_owner for line in lines}
    return {pk for pk in found if pk} | set(made_bodies(lines))


def made_bodies(lines: list[RowChange]) -> list[int]:
    return [int(line.row) for line in lines if line.model == ORGANISATION and line.verb == Verb.MADE]


def _later_acts(act: Restructuring, lines: list[RowChange]) -> Iterator[dict[str, Any]]:
    bodies = bodies_of(lines)
    edges = Lineage.objects.filter(
        Q(predecessor__in=bodies) | Q(successor__in=bodies),
        restructuring__state__in=IN_FORCE,
        restructuring__carried_out_at__gt=act.carried_out_at,
    )
    titles = edges.order_by("restructuring_id").values_list("restructuring__title", flat=True).distinct()
    yield _entry("later-act", "", list(dict.fromkeys(titles)))


def _changed(lines: list[RowChange]) -> Iterator[dict[str, Any]]:
    """Rows that are no longer as the act left them, but for what may go on changing."""
    last: dict[tuple[str, str], RowChange] = {}
    for line in lines:
        kept = last.get((line.model, line.row))
        if kept is not None and kept.now is not None and line.now is not None:
            line.now = {**kept.now, **line.now}
        last[line.model, line.row] = line
    by_model: dict[str, list[RowChange]] = defaultdict(list)
    for line in last.values():
        by_model[line.model].append(line)
    for label, mine in by_model.items():
        wrong: dict[str, list[str]] = defaultdict(list)
        rows = {str(row.pk): row for row in _rows(label, [line.row for line in mine])}
        for line in mine:
            if not _as_left(line, rows.get(line.row)):
                wrong[line.relation].append(line.row)
        for key, keys in wrong.items():
            yield _entry("changed", key, keys)


def _rows(label: str, keys: list[str]) -> Iterator[Any]:
    manager: Any = apps.get_model(label)._base_manager
    for start in range(0, len(keys), 5000):
        yield from manager.filter(pk__in=keys[start : start + 5000])


def _as_left(line: RowChange, row: Any) -> bool:
    if line.now is None:
        return row is None
    if row is None:
        return False
    carried = relation(line.relation)
    soft = carried.soft if carried else ()
    model = type(row)
    return all(
        plain(model, column, getattr(row, column)) == value
        for column, value in line.now.items()
        if column not in soft
    )


def _closed(lines: list[RowChange]) -> Iterator[dict[str, Any]]:
    """Work that was finished under the successor's name since: that was said, and stays said."""
    by_key: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        if line.verb == Verb.MOVED:
            by_key[line.relation].append(line.row)
    for key, keys in by_key.items():
        carried = relation(key)
        if carried is None or carried.rule != Rule.MOVES:
            continue
        yield _entry("closed", key, _no_longer_open(carried, keys))


def _no_longer_open(carried: Carried, keys: list[str]) -> list[str]:
    manager: Any = carried.model._base_manager
    there = {str(pk) for pk in manager.filter(pk__in=keys).values_list("pk", flat=True)}
    still = manager.filter(carried.open(timezone.localdate()), pk__in=keys)
    return sorted(there - {str(pk) for pk in still.values_list("pk", flat=True)}, key=len)


def _newer(lines: list[RowChange]) -> Iterator[dict[str, Any]]:
    """What was given since to a body that the act made: it would belong to nobody."""
    made = made_bodies(lines)
    if not made:
        return
    known: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        known[line.model].add(line.row)
    for key in relations():
        label, _dot, name = key.rpartition(".")
        manager: Any = apps.get_model(label)._base_manager
        rows = manager.filter(**{f"{name}__in": made}).values_list("pk", flat=True)
        yield _entry("newer", key, [str(pk) for pk in rows if str(pk) not in known[label]])
