"""A version of a form is put in use: frozen from now on; the one before ends."""

from __future__ import annotations

from django.utils import timezone

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import Actor
from nhipcau.apps.indicators.models import IndicatorVersion
from nhipcau.apps.reporting.building import building, in_order
from nhipcau.apps.reporting.changing import person
from nhipcau.apps.reporting.models import FormVersion, Section
from nhipcau.apps.reporting.refusals import Refused, Stale


def edit_version(version: FormVersion, *, guidance: str, change_note: str, actor: Actor) -> FormVersion:
    """Guidance for the whole form, and what changed. Raises Refused("form-frozen")."""
    with building(version, "edit_version", actor) as (found, _entry):
        found.guidance, found.change_note = guidance.strip(), change_note.strip()
        found.save(update_fields=["guidance", "change_note"])
    return found


def put_in_use(version: FormVersion, *, revision: int, actor: Actor) -> FormVersion:
    """Open periods go on by the version they began with; planned ones take this one when they open.

    Raises Stale where it changed since the actor saw it; Refused: "form-frozen", "form-empty",
    "section-without-figures", "definition-not-in-use", "change-note", "form-ended".
    """
    with act(actor, "reporting.put_in_use", version, permission="put_in_use") as entry:
        found = FormVersion.objects.select_for_update().get(pk=version.pk)
        if found.state != FormVersion.State.DRAFT:
            raise Refused("form-frozen")
        if found.revision != revision:
            raise Stale("stale", None, None)
        if found.form.ended_at is not None:
            raise Refused("form-ended")
        _check(found)
        earlier = found.form.versions.filter(state=FormVersion.State.IN_USE)
        earlier.update(state=FormVersion.State.ENDED)
        found.state = FormVersion.State.IN_USE
        found.put_in_use_by, found.put_in_use_at = person(actor), timezone.now()
        found.save()
        note(entry, version=found.number)
    return found


def _check(version: FormVersion) -> None:
    sections = in_order(version)
    if not any(each.kind != Section.Kind.HEADING for each in sections):
        raise Refused("form-empty")
    for section in sections:
        figures = list(section.indicators.all())
        if section.kind == Section.Kind.INDICATORS and not figures:
            raise Refused("section-without-figures", section=section.title)
        for each in figures:
            if each.indicator.state != IndicatorVersion.State.IN_USE:
                raise Refused("old-definition", figure=each.indicator.name)
    if version.number > 1 and not version.change_note.strip():
        raise Refused("change-note")
