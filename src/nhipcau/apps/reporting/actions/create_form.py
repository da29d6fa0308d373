"""A report form is begun, renamed, ended; a draft version of it is begun or dropped."""

from __future__ import annotations

from django.utils import timezone

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import Actor
from nhipcau.apps.accounts.models import User
from nhipcau.apps.indicators.models import IndicatorVersion
from nhipcau.apps.reporting.building import in_order
from nhipcau.apps.reporting.models import Form, FormVersion, Period, Section, SectionIndicator
from nhipcau.apps.reporting.refusals import Refused


def create_form(
    title: str,
    *,
    actor: Actor,
    author: User | None,
    purpose: str = "",
    code: str | None = None,
    one_off: bool = False,
) -> FormVersion:
    """The form with the draft of its first version. Raises Refused("form-title")."""
    if not title.strip():
        raise Refused("form-title")
    with act(actor, "reporting.create_form", Form, permission="create") as entry:
        form = Form.objects.create(
            title=" ".join(title.split())[:300],
            purpose=purpose.strip(),
            code=code,
            one_off=one_off,
            created_by=author,
        )
        entry.subject = form
        return FormVersion.objects.create(form=form, number=1, created_by=author)


def edit_form(form: Form, *, title: str, purpose: str, actor: Actor) -> Form:
    """What it is called, in every version. Raises Refused("form-title")."""
    if not title.strip():
        raise Refused("form-title")
    with act(actor, "reporting.edit_form", form, permission="edit"):
        found = Form.objects.select_for_update().get(pk=form.pk)
        found.title, found.purpose = " ".join(title.split())[:300], purpose.strip()
        found.save()
    return found


def begin_version(form: Form, *, actor: User) -> FormVersion:
    """The draft of the next version, a copy of the last one, by the definitions that are in use now. The
    draft that is there already, when there is one.

    Raises Refused("form-ended").
    """
    with act(actor, "reporting.begin_version", form, permission="edit") as entry:
        found = Form.objects.select_for_update().get(pk=form.pk)
        if found.ended_at is not None:
            raise Refused("form-ended")
        draft = found.versions.filter(state=FormVersion.State.DRAFT).first()
        if draft is not None:
            return draft
        last = found.versions.order_by("-number").first()
        made = FormVersion.objects.create(
            form=found,
            number=(last.number if last else 0) + 1,
            guidance=last.guidance if last else "",
            created_by=actor,
        )
        if last is not None:
            _copy(last, made)
        note(entry, version=made.number)
    return made


def _copy(old: FormVersion, new: FormVersion) -> None:
    sections = in_order(old)
    asked = {each.indicator.indicator_id for section in sections for each in section.indicators.all()}
    now = {each.indicator_id: each for each in IndicatorVersion.objects.in_use().filter(indicator__in=asked)}
    for section in sections:
        figures = list(section.indicators.all())
        section.pk, section.version = None, new
        section._state.adding = True
        section.save()
        for each in figures:
            definition = now.get(each.indicator.indicator_id, each.indicator)
            SectionIndicator.objects.create(
                section=section,
                indicator=definition,
                position=each.position,
                required=each.required,
                splits=[code for code in each.splits if code in definition.splits],
            )


def drop_draft_version(version: FormVersion, *, actor: Actor) -> None:
    """Nobody has answered by it. A form without another version goes with it.

    Raises Refused("form-frozen").
    """
    with act(actor, "reporting.drop_draft_version", version, permission="edit") as entry:
        found = FormVersion.objects.select_for_update().get(pk=version.pk)
        if found.state != FormVersion.State.DRAFT:
            raise Refused("form-frozen")
        note(entry, version=found.number)
        form = found.form
        Section.objects.filter(version=found).delete()
        found.delete()
        if not form.versions.exists():
            form.delete()


def end_form(form: Form, *, reason: str, actor: Actor) -> Form:
    """No new period asks by it.

    Raises Refused("reason"), Refused("form-ended"), Refused("form-awaited") while a period or a schedule
    waits for it.
    """
    if not reason.strip():
        raise Refused("reason")
    with act(actor, "reporting.end_form", form, permission="end", reason=reason.strip()):
        found = Form.objects.select_for_update().get(pk=form.pk)
        if found.ended_at is not None:
            raise Refused("form-ended")
        planned = Period.objects.filter(form_version__form=found, state=Period.State.PLANNED)
        if planned.exists() or found.schedules.filter(ended_at=None).exists():
            raise Refused("form-awaited")
        found.versions.filter(state=FormVersion.State.IN_USE).update(state=FormVersion.State.ENDED)
        found.ended_at, found.ended_reason = timezone.now(), reason.strip()[:300]
        found.save()
    return found
