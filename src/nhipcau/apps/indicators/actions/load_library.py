"""Take in the definitions that come with the product. What the province wrote, ended or uses stays so."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils import timezone

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import Actor, System
from nhipcau.apps.accounts.models import User
from nhipcau.apps.indicators.library import PARTS, PLAIN, Shipped, content_of, shipped
from nhipcau.apps.indicators.models import Indicator, IndicatorVersion


@dataclass(slots=True)
class Loaded:
    """Codes: new ones (in use at once), changed ones (a draft that somebody puts in use), those whose draft
    somebody is writing, which were left alone.
    """

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def load_library(*, actor: Actor, library: tuple[Shipped, ...] | None = None) -> Loaded:
    """Add what is missing; a definition that changed makes the next version, as a draft.

    A definition that any version has word for word is known, so twice is the same as once, and what the
    province has replaced by its own does not come back.
    """
    rows = shipped() if library is None else library
    loaded = Loaded()
    with act(actor, "indicators.load_library", Indicator, permission="create") as entry:
        found = {row.code: row for row in Indicator.objects.select_for_update().order_by("pk")}
        for row in rows:
            if row.code not in found:
                found[row.code] = _indicator(row, actor)
                loaded.new.append(row.code)
        versions = _versions()
        for row in rows:
            if found[row.code].ended_at is None:
                _take(row, found, versions.get(row.code, []), loaded, actor)
        note(entry, new=len(loaded.new), changed=loaded.changed, left=loaded.left)
    return loaded


def _versions() -> dict[str, list[IndicatorVersion]]:
    """By code, first version first."""
    found: dict[str, list[IndicatorVersion]] = {}
    rows = IndicatorVersion.objects.select_related("indicator", *PARTS).order_by("number")
    for version in rows:
        found.setdefault(version.indicator.code, []).append(version)
    return found


def _indicator(row: Shipped, actor: Actor) -> Indicator:
    return Indicator.objects.create(
        code=row.code, topic=row.topic, position=row.position, created_by=_person(actor)
    )


def _take(
    row: Shipped,
    indicators: dict[str, Indicator],
    there: list[IndicatorVersion],
    loaded: Loaded,
    actor: Actor,
) -> None:
    if any(content_of(version) == row.content for version in there):
        return
    values = {name: row.content[name] for name in PLAIN}
    values |= {name: indicators.get(row.content[name]) for name in PARTS}
    if not there:
        now = timezone.now()
        IndicatorVersion.objects.create(
            indicator=indicators[row.code],
            number=1,
            state=IndicatorVersion.State.IN_USE,
            in_use_at=now,
            created_by=_person(actor),
            **values,
        )
        return
    last = there[-1]
    if last.state == IndicatorVersion.State.DRAFT:
        # Somebody is writing it: hers goes first.
        loaded.left.append(row.code)
        return
    before = content_of(last)
    changed = ", ".join(name for name in (*PLAIN, *PARTS) if before[name] != row.content[name])
    IndicatorVersion.objects.create(
        indicator=indicators[row.code],
        number=last.number + 1,
        change_note=row.change_note or f"Thư viện đi kèm sản phẩm thay đổi: {changed}.",
        created_by=_person(actor),
        **values,
    )
    loaded.changed.append(row.code)


def _person(actor: Actor) -> User | None:
    return None if isinstance(actor, System) else actor
