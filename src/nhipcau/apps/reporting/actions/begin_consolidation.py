"""The coordinator begins to put the reports of a period together."""

from __future__ import annotations

from nhipcau.apps.access.act import act
from nhipcau.apps.accounts.models import User
from nhipcau.apps.reporting.models import Consolidation, Period
from nhipcau.apps.reporting.naming import subject_of
from nhipcau.apps.reporting.refusals import Refused


def begin_consolidation(period: Period, *, actor: User) -> Consolidation:
    """The draft of the period, the one that is there already. Raises Refused("period-not-open") before."""
    with act(actor, "reporting.begin_consolidation", period, permission="consolidate") as entry:
        rows = Period.objects.select_for_update(of=("self",)).select_related("form_version__form")
        locked = rows.get(pk=period.pk)
        if locked.state == Period.State.PLANNED:
            raise Refused("period-not-open")
        subject = subject_of(locked.form_version.form.title, locked.title)
        draft, made = Consolidation.objects.get_or_create(
            period=locked, defaults={"created_by": actor, "changed_by": actor, "subject": subject}
        )
        entry.data.update(consolidation=draft.pk, made=made)
    return draft
