"""What waits for a user in organisations: handovers to confirm, sheets to look at, acts to approve."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.access.waiting import Waiting
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.models import Arrival, Handover, Restructuring

MOST = 5


def handovers_to_confirm(user: User) -> Iterator[Waiting]:
    """Those in which her own yes is missing. One query."""
    hers = Q(giver=user, given_at=None) | Q(receiver=user, received_at=None)
    rows = Handover.objects.visible_to(user).filter(hers, state=Handover.State.OPEN)
    for row in rows.select_related("giver", "receiver").order_by("pk")[:MOST]:
        other = row.receiver if row.giver_id == user.pk else row.giver
        yield Waiting(
            _("Confirm the handover of work"), reverse("orgs:handover", args=[row.pk]), other.full_name
        )


def sheets_to_confirm(user: User) -> Iterator[Waiting]:
    """Her own sheets that were checked. One query, for those who may send any."""
    if not scope_of(user).has("coordinator", "system_admin"):
        return
    rows = Arrival.objects.visible_to(user).filter(created_by=user, state=Arrival.State.CHECKED)
    for row in rows.select_related("upload").order_by("pk")[:MOST]:
        yield Waiting(
            _("Look at the sheet of agencies and people"),
            reverse("orgs:arrival", args=[row.pk]),
            row.upload.name,
        )


def acts_to_approve(user: User) -> Iterator[Waiting]:
    """Acts of restructuring that somebody else wrote and sent, or wants undone. One query, for those who
    may approve any.
    """
    if not scope_of(user).has("coordinator", "leader"):
        return
    state = Restructuring.State
    hers = Q(created_by=user) | Q(submitted_by=user)
    wanted = Q(state=state.SUBMITTED) & ~hers | Q(state=state.UNDO_ASKED) & ~Q(undo_asked_by=user)
    rows = Restructuring.objects.visible_to(user).filter(wanted).order_by("submitted_at", "pk")
    for row in rows[:MOST]:
        href = reverse("orgs:restructuring", args=[row.pk])
        if row.state == state.UNDO_ASKED:
            yield Waiting(_("Decide whether the act of restructuring is undone"), href, row.title)
        elif row.changed_by_id != user.pk:
            yield Waiting(_("Approve the act of restructuring"), href, row.title)
