"""What every relation to a body does when the body has a successor. Each app says so in its `carrying.py`.

    declare(Assignment, "organisation", Rule.MOVES, label=_("open assignments"), open=still_open, …)

A relation that nobody has declared refuses every act of restructuring, and a test that names it fails.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, TypeAlias

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise

from nhipcau.apps.orgs.models import Organisation

Model: TypeAlias = type[models.Model]
Values: TypeAlias = dict[str, Any]


class Rule(StrEnum):
    """What becomes of a row whose body has a successor."""

    # While it is open (`open` says when) the row is given to the successor; a closed one keeps its body.
    MOVES = "moves"
    # A row of a period: ends on the day, and a new one of the successor's begins.
    DATED = "dated"
    # Bodies below a body that ends: they belong under the successor from the day on.
    CHILD = "child"
    # Other names of the body: they lead to the successor in documents of the day and later.
    ALIAS = "alias"
    # Asked again when it takes effect (a draft that is approved later).
    ASKED = "asked"
    # Says what was; stays with its time.
    STAYS = "stays"
    # The lineage's own rows.
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Facets:
    """Lookup paths from a row to what allotment asks about; empty where it has none.

    `words` is folded text to search, `text` what a page prints, `plan` the id of its plan, `plan_name` the
    plan's name, `role_names` what the values of `role` are called.
    """

    text: str = ""
    words: str = ""
    plan: str = ""
    plan_name: str = ""
    role: str = ""
    role_names: Mapping[str, str | Promise] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Joined:
    """Rows that would meet in one: what to set in each, by key. Those of `closed` keep their body and end;
    without values they are taken away. `also`: rows of other models that hang on those, set before; `gone`:
    such rows that are taken away.
    """

    closed: dict[Any, Values] = field(default_factory=dict)
    kept: dict[Any, Values] = field(default_factory=dict)
    also: dict[tuple[Model, Any], Values] = field(default_factory=dict)
    gone: list[models.Model] = field(default_factory=list)


def every(_day: date) -> Q:
    """All rows are open."""
    return Q()


@dataclass(frozen=True, slots=True)
class Carried:
    """One declared relation; `field` is the name of the foreign key in `model`.

    - `open(day)`: the rows that the rule is about.
    - `owner`: lookup path of the row that changes of this one lock first, so that both wait in one order.
    - `join({key: new body})`: what becomes of rows that would meet in one.
    - `end(reason)`: columns that end a row; without it, a row that ends is taken away.
    - `after(keys)`: further rows that follow from those changed, as {(model, key): values}.
    - `soft`: columns that may go on changing without keeping the act from being undone.
    - DATED: `since_effective` (else from the day it is carried out), `same` the columns that make two rows
      one role, `fits(row, kind)` whether the successor takes it, `adapt(row, kind)` what changes with it,
      `shared` whether each of several successors gets one.
    """

    model: Model
    field: str
    rule: Rule
    label: str | Promise
    open: Callable[[date], Q] = every
    facets: Facets = Facets()
    owner: str = ""
    join: Callable[[Mapping[Any, int]], Joined] | None = None
    end: Callable[[str], Values] | None = None
    after: Callable[[Collection[Any]], Mapping[tuple[Model, Any], Values]] | None = None
    soft: tuple[str, ...] = ()
    since_effective: bool = False
    same: tuple[str, ...] = ()
    fits: Callable[[Any, str], bool] | None = None
    adapt: Callable[[Any, str], Values] | None = None
    shared: bool = False

    @property
    def key(self) -> str:
        return f"{self.model._meta.label_lower}.{self.field}"

    @property
    def column(self) -> str:
        return f"{self.field}_id"


_declared: dict[str, Carried] = {}


def declare(model: Model, name: str, rule: Rule, label: str | Promise, **more: Any) -> None:
    """Say what `model.name` does. Called at start; a second time replaces the first."""
    carried = Carried(model, name, rule, label, **more)
    _declared[carried.key] = carried


def declared(*rules: Rule) -> list[Carried]:
    """Those declared, of the rules when any are named, in the order of declaration."""
    return [carried for carried in _declared.values() if not rules or carried.rule in rules]


def relation(key: str) -> Carried | None:
    return _declared.get(key)


def relations() -> list[str]:
    """Keys of all foreign keys to Organisation, those of many-to-many tables among them."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        for each in model._meta.concrete_fields:
            if isinstance(each, models.ForeignKey) and each.related_model is Organisation:
                found.append(f"{model._meta.label_lower}.{each.name}")
    return sorted(found)


def undeclared() -> list[str]:
    """Relations that nobody has decided about."""
    return [key for key in relations() if key not in _declared]
