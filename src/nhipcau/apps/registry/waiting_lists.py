"""What waits for a user of lists of people: to bring one in, to tell its columns, to mend what was wrong."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.access.waiting import Waiting
from nhipcau.apps.accounts.models import User
from nhipcau.apps.files.models import Upload
from nhipcau.apps.registry.models import Intake
from nhipcau.apps.registry.reach import sees_all

State = Intake.State
MOST = 5
# After that she knows, or it was sent again as something else.
TOLD_DAYS = 14


def lists_to_do(user: User) -> Iterator[Waiting]:
    """One query, for those who send lists. Nothing is asked again once a later list of the sender came."""
    if not scope_of(user).has("coordinator", "officer", "commune_officer"):
        return
    keeps = sees_all(user)
    later = Intake.objects.filter(sender=OuterRef("sender"), pk__gt=OuterRef("pk")).exclude(
        state__in=(State.REFUSED, State.DROPPED)
    )
    recent = timezone.now() - timedelta(days=TOLD_DAYS)
    refused = Q(state=State.REFUSED, created_at__gt=recent)
    wrong = Q(state__in=(State.CHECKED, State.CONFIRMED), marked__state=Upload.State.KEPT)
    hers = Q(created_by=user) & (
        Q(state=State.TO_MAP) | (refused | wrong & Q(created_at__gt=recent)) & ~Exists(later)
    )
    wanted = hers | Q(state=State.CHECKED) if keeps else hers
    rows = Intake.objects.visible_to(user).filter(wanted)
    for row in rows.order_by("pk")[:MOST]:
        confirms = keeps and row.state == State.CHECKED
        yield Waiting(_words(row, confirms=confirms), reverse("registry:intake", args=[row.pk]), row.name)


def _words(intake: Intake, *, confirms: bool) -> str:
    if confirms:
        return _("Look at a list of people and bring it in")
    if intake.state == State.TO_MAP:
        return _("Say what the columns of a list hold")
    if intake.state == State.REFUSED:
        return _("A list could not be read: send it again")
    return _("Mend the wrong rows of a list and send them")
