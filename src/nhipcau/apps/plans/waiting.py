"""What waits for a user in plans."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.access.waiting import Waiting
from nhipcau.apps.accounts.models import User
from nhipcau.apps.plans.models import DELIVERED, ConsultationAnswer, PeriodPart, Status
from nhipcau.apps.webkit.formats import format_date, format_number

MOST = 10
# So many earlier periods are named one by one.
FEW = 3


def opinions_wanted(user: User) -> Iterator[Waiting]:
    """Drafts on which the user's agency has not answered. One query."""
    own = scope_of(user).organisations("officer", "commune_officer")
    if not own:
        return
    rows = ConsultationAnswer.objects.visible_to(user).filter(
        organisation__in=own, kind="", consultation__closed_at=None
    )
    for each in rows.select_related("consultation").order_by("consultation__due_on", "pk")[:MOST]:
        words = _("Give an opinion by %(day)s") % {"day": format_date(each.consultation.due_on)}
        href = reverse("plans:consultation_answer", args=[each.pk])
        yield Waiting(words, href, each.consultation.title)


def earlier_periods(user: User) -> Iterator[Waiting]:
    """Work of closed periods that the user's agency left undone; what was reported late waits for the
    coordinator. One query each.
    """
    scope = scope_of(user)
    own = scope.organisations("officer", "commune_officer")
    left = PeriodPart.objects.visible_to(user).filter(
        period__closed_at__isnull=False, period__task__ended_at=None, partner=False
    )
    if own:
        mine = left.filter(organisation__in=own).exclude(status__in=DELIVERED)
        yield from _of_periods(
            mine,
            _("Report the period that was due on %(day)s"),
            _("%(n)s earlier periods are not reported"),
        )
    if scope.has("coordinator"):
        reported = left.filter(status=Status.REPORTED)
        yield from _of_periods(
            reported,
            _("Accept what was reported late for the period due on %(day)s"),
            _("%(n)s late reports of earlier periods wait"),
        )


def _of_periods(parts: QuerySet[PeriodPart], words: str, many: str) -> Iterator[Waiting]:
    """Each by itself where they are few; else how many, and the list."""
    rows = list(parts.select_related("period__task").order_by("due_on", "pk")[: FEW + 1])
    if len(rows) > FEW:
        yield Waiting(many % {"n": format_number(parts.count())}, f"{reverse('plans:tasks')}?status=missed")
        return
    for part in rows:
        href = f"{reverse('plans:task', args=[part.period.task_id])}#prdh"
        yield Waiting(words % {"day": format_date(part.due_on)}, href, part.period.task.text)
