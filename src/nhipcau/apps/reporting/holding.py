"""What every change of a unit's report has in common: the obligation locked first, counted, told."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.accounts.models import User
from nhipcau.apps.plans.models import POSTS
from nhipcau.apps.plans.stepping import steps_for
from nhipcau.apps.reporting.models import Obligation, Submission
from nhipcau.apps.reporting.refusals import Refused, Stale

OPEN = (Submission.State.DRAFT, Submission.State.TO_APPROVE)


def hold(obligation: Obligation) -> Obligation:
    """The obligation as it is now, locked until the transaction ends. Everybody locks it before its versions.

    No joins: who waited for the lock would get others' rows as they were before.
    """
    return Obligation.objects.select_for_update().get(pk=obligation.pk)


def settle(row: Obligation, actor: User, now: datetime | None = None) -> Obligation:
    """Write the obligation down as changed by the actor, and what it stands for with it."""
    row.version += 1
    row.changed_by, row.changed_at = actor, now or timezone.now()
    row.save()
    for other in Obligation.objects.select_for_update().filter(discharged_by=row.pk).order_by("pk"):
        follow(other, row)
    return row


def follow(other: Obligation, row: Obligation) -> None:
    """An obligation that another report holds for is as far as that report is."""
    if other.state == Obligation.State.EXCUSED:
        return
    other.state, other.nothing = row.state, row.nothing
    other.received_at, other.redo_by = row.received_at, row.redo_by
    other.changed_by, other.changed_at = row.changed_by, row.changed_at
    other.version += 1
    other.save()


def open_draft(row: Obligation) -> Submission | None:
    """The version that is being written, or waits for the head; its row locked."""
    return Submission.objects.select_for_update().filter(obligation=row.pk, state__in=OPEN).first()


def last_sent(row: Obligation) -> Submission | None:
    """The last version that was sent."""
    return Submission.objects.filter(obligation=row.pk, sent_at__isnull=False).order_by("-number").first()


def counting(row: Obligation) -> Submission:
    """The version that lies with those who judge it, its row locked. Raises Refused("no-such-move")."""
    states = (Submission.State.SENT, Submission.State.APPROVED)
    found = Submission.objects.select_for_update().filter(obligation=row.pk, state__in=states)
    last = found.order_by("-number").first()
    if last is None:
        raise Refused("no-such-move")
    return last


def is_own(row: Obligation, actor: User) -> bool:
    """Whether the actor works for the unit itself, not for the province on its behalf."""
    return row.organisation_id in scope_of(actor).organisations("officer", "commune_officer")


def is_head(row: Obligation, actor: User) -> bool:
    return is_own(row, actor) and scope_of(actor).may_as(row.organisation_id, *POSTS["approve"])


def needs_head(row: Obligation, actor: User) -> bool:
    """Whether what the actor writes waits for the unit's head."""
    return is_own(row, actor) and not is_head(row, actor) and steps_for(row.organisation_id).approves


def may_type(draft: Submission, row: Obligation, actor: User) -> None:
    """Raises Refused where it is not the actor's turn: it waits for the head, or the unit itself writes."""
    if draft.state == Submission.State.TO_APPROVE and not is_head(row, actor):
        raise Refused("waits-for-head")
    paper = draft.via == Submission.Via.PAPER
    if not is_own(row, actor) and not paper:
        raise Refused("unit-writes")


def unchanged(draft: Submission, revision: int, page: object = None) -> None:
    """Raises Stale with who saved when, unless it is as the actor saw it: or her own open page saved last."""
    if draft.revision == revision or (page is not None and draft.saved_from == page):
        return
    raise Stale("stale-draft", draft.saved_by or draft.created_by, draft.saved_at)
