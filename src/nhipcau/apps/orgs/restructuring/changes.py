"""Writing changes of rows with their log, and taking them back from it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeAlias

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.backends.postgresql.psycopg_any import Range

from nhipcau.apps.orgs.carrying import Carried, Model, Values
from nhipcau.apps.orgs.models import Restructuring, RowChange

Verb = RowChange.Verb
Row: TypeAlias = Any
PIECE = 2000


def plain(model: Model, column: str, value: Any) -> Any:
    """A column's value as JSON keeps it. `parsed` reads it back."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, Range):
        # The database gives one form back for all that mean the same; so do we.
        ends = {"lower": str(value.lower) if value.lower else None}
        return json.dumps({**ends, "upper": str(value.upper) if value.upper else None, "bounds": "[)"})
    field = _field(model, column)
    if isinstance(value, (dict, list)):
        return json.loads(json.dumps(value, cls=DjangoJSONEncoder))
    return field.value_to_string(_Holder(field.attname, value))


class _Holder:
    """What `value_to_string` asks: an object with the value in its place."""

    def __init__(self, name: str, value: Any) -> None:
        setattr(self, name, value)


def parsed(model: Model, column: str, value: Any) -> Any:
    return None if value is None else _field(model, column).to_python(value)


def _field(model: Model, column: str) -> Any:
    return next(field for field in model._meta.concrete_fields if field.attname == column)


def whole(row: Row) -> Values:
    """All columns of a row."""
    model = type(row)
    return {
        field.attname: plain(model, field.attname, getattr(row, field.attname))
        for field in model._meta.concrete_fields
    }


def change(
    act: Restructuring,
    carried: Carried | None,
    row: Row,
    values: Values,
    verb: str,
    *,
    relation: str = "",
    model: Model | None = None,
) -> RowChange:
    """The log's line for a row that gets new values; nothing is written yet."""
    model = model or type(row)
    was = {column: plain(model, column, getattr(row, column)) for column in values}
    now = {column: plain(model, column, value) for column, value in values.items()}
    owner = carried.column if carried else ""
    old = getattr(row, owner) if owner else None
    return RowChange(
        restructuring=act,
        relation=relation or (carried.key if carried else model._meta.label_lower),
        model=model._meta.label_lower,
        row=str(row.pk),
        verb=verb,
        old_owner=old,
        new_owner=values.get(owner, old) if owner else None,
        was=was,
        now=now,
    )


def taken(
    act: Restructuring, relation: str, row: Row, verb: str, owners: tuple[int | None, int | None]
) -> RowChange:
    """The line for a row that is taken away, with all it held."""
    return RowChange(
        restructuring=act,
        relation=relation,
        model=row._meta.label_lower,
        row=str(row.pk),
        verb=verb,
        old_owner=owners[0],
        new_owner=owners[1],
        was=whole(row),
        now=None,
    )


def made(
    act: Restructuring, row: Row, *, relation: str = "", old: int | None = None, new: int | None = None
) -> RowChange:
    """The line for a new row. It has its key once it is written; till then the line keeps the row itself."""
    line = RowChange(
        restructuring=act,
        relation=relation or type(row)._meta.label_lower,
        model=type(row)._meta.label_lower,
        row="",
        verb=Verb.MADE,
        old_owner=old,
        new_owner=new,
        was=None,
    )
    line.fresh = row  # type: ignore[attr-defined]  # lives until the row is written
    return line


def write(changes: Sequence[RowChange]) -> None:
    """Apply the changes in their order, runs of equal ones at once, and keep their log."""
    for run in _runs(changes):
        model = apps.get_model(run[0].model)
        if run[0].verb == Verb.MADE:
            _make(model, run)
        elif run[0].now is None:
            _take(model, run)
        else:
            _set(model, run)
    RowChange.objects.bulk_create(changes, batch_size=PIECE)


def _runs(changes: Iterable[RowChange]) -> Iterator[list[RowChange]]:
    """Neighbours of one model and one manner, a row once in each; the order between the runs stays."""
    run: list[RowChange] = []
    rows: set[str] = set()
    for each in changes:
        other = run and (each.model, _manner(each)) != (run[-1].model, _manner(run[-1]))
        if other or (each.row and each.row in rows):
            yield run
            run, rows = [], set()
        run.append(each)
        rows.add(each.row)
    if run:
        yield run


def _manner(each: RowChange) -> str:
    if each.verb == Verb.MADE:
        return "make"
    return "take" if each.now is None else "set"


def _make(model: Model, run: list[RowChange]) -> None:
    rows = [each.fresh for each in run]  # type: ignore[attr-defined]
    for each, row in zip(run, model._base_manager.bulk_create(rows, batch_size=PIECE), strict=True):
        each.row, each.now = str(row.pk), whole(row)


def _take(model: Model, run: list[RowChange]) -> None:
    for keys in _pieces([each.row for each in run]):
        # Past on_delete: what refers to such a row was looked at, and the database refuses the rest.
        rows = model._base_manager.filter(pk__in=keys)
        rows._raw_delete(rows.db)


def _set(model: Model, run: list[RowChange]) -> None:
    """One statement for all rows that get the same values."""
    alike: dict[str, list[RowChange]] = defaultdict(list)
    for each in run:
        alike[json.dumps(each.now, sort_keys=True)].append(each)
    for group in alike.values():
        values = {column: parsed(model, column, value) for column, value in (group[0].now or {}).items()}
        for keys in _pieces([each.row for each in group]):
            model._base_manager.filter(pk__in=keys).update(**values)


def _pieces(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(keys), PIECE):
        yield keys[start : start + PIECE]


def take_back(act: Restructuring) -> int:
    """Undo everything in the log, last first; returns how many rows were put back.

    Columns that went on changing since keep what they are now (`hard_columns` were looked at before).
    """
    lines = list(RowChange.objects.filter(restructuring=act).order_by("-pk"))
    for run in _runs(lines):
        model = apps.get_model(run[0].model)
        if run[0].verb == Verb.MADE:
            _take(model, run)
        elif run[0].now is None:
            _put_back(model, run)
        else:
            _restore(model, run)
    return len(lines)


def _put_back(model: Model, run: list[RowChange]) -> None:
    model._base_manager.bulk_create(
        [
            model(**{column: parsed(model, column, value) for column, value in (each.was or {}).items()})
            for each in run
        ],
        batch_size=PIECE,
    )


def _restore(model: Model, run: list[RowChange]) -> None:
    present = {str(row.pk): row for row in _present(model, run)}
    alike: dict[str, list[str]] = defaultdict(list)
    for each in run:
        row = present.get(each.row)
        if row is None:
            continue
        values = {
            column: value
            for column, value in (each.was or {}).items()
            if plain(model, column, getattr(row, column)) == (each.now or {}).get(column)
        }
        if values:
            alike[json.dumps(values, sort_keys=True)].append(each.row)
    for text, keys in alike.items():
        values = {column: parsed(model, column, value) for column, value in json.loads(text).items()}
        for piece in _pieces(keys):
            model._base_manager.filter(pk__in=piece).update(**values)


def _present(model: Model, run: list[RowChange]) -> Iterator[models.Model]:
    for keys in _pieces([each.row for each in run]):
        yield from model._base_manager.filter(pk__in=keys)
