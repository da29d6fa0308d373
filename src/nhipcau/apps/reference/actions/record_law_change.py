"""The province notes that a legal document was replaced, amended or expired."""

from __future__ import annotations

from datetime import date

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import Actor
from nhipcau.apps.reference.models import LawChange


def record_law_change(
    number: str,
    effect: str,
    effective_on: date,
    source: str,
    *,
    actor: Actor,
    successor: str = "",
    title: str = "",
    issued_on: date | None = None,
) -> LawChange:
    """The row; the same document, effect and day give the one that is there, with the new words."""
    with act(actor, "reference.record_law_change", LawChange, permission="create") as entry:
        same = LawChange.objects.current().of(number, issued_on)
        row = same.filter(effect=effect, effective_on=effective_on).first() or LawChange()
        row.number, row.effect, row.effective_on = number.strip(), LawChange.Effect(effect), effective_on
        row.successor, row.source, row.title = successor.strip(), source.strip(), title.strip()
        row.issued_on = issued_on
        row.save()
        entry.subject = row
        note(entry, number=row.number, successor=row.successor, effective_on=effective_on.isoformat())
    return row


def edit_law_change(
    change: LawChange,
    *,
    actor: Actor,
    number: str | None = None,
    effect: str | None = None,
    effective_on: date | None = None,
    source: str | None = None,
    successor: str | None = None,
    title: str | None = None,
    issued_on: date | None = None,
) -> LawChange:
    """Correct a row: what is given changes, the rest stays."""
    given = {
        "number": number,
        "effect": effect,
        "effective_on": effective_on,
        "source": source,
        "successor": successor,
        "title": title,
        "issued_on": issued_on,
    }
    with act(actor, "reference.edit_law_change", change, permission="edit") as entry:
        fresh = LawChange.objects.select_for_update().get(pk=change.pk)
        for name, value in given.items():
            if value is not None:
                setattr(fresh, name, value)
        fresh.save()
        note(entry, fields=sorted(name for name, value in given.items() if value is not None))
    return fresh
