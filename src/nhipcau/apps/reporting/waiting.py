"""What waits for a user in reporting, for the first page."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nhipcau.apps.access.scope import Scope, scope_of
from nhipcau.apps.access.waiting import Waiting
from nhipcau.apps.accounts.models import User
from nhipcau.apps.plans.models import POSTS
from nhipcau.apps.reporting.addresses import page
from nhipcau.apps.reporting.models import DUE_AT, WORKING, Deferral, Obligation, Period, Submission
from nhipcau.apps.webkit.formats import days_until, format_moment, format_number

FEW = 4
_State = Obligation.State


def reports_waiting(user: User) -> Iterator[Waiting]:
    """To write, returned, for the head, to review first; for coordinators to review and to decide on.

    At most three queries for a unit, two for a coordinator.
    """
    scope = scope_of(user)
    if scope.organisations(*WORKING):
        yield from _of_units(user, scope)
    if scope.has("coordinator"):
        yield from _of_coordinator()


def _of_units(user: User, scope: Scope) -> Iterator[Waiting]:
    units = scope.organisations(*WORKING)
    open_now = Obligation.objects.visible_to(user).filter(period__state=Period.State.OPEN)
    owed = open_now.filter(organisation__in=units, discharged_by=None).outstanding().annotate(until=DUE_AT)
    to_approve = Submission.objects.filter(obligation=OuterRef("pk"), state=Submission.State.TO_APPROVE)
    heads = [pk for pk in units if scope.may_as(pk, *POSTS["approve"])]
    rows = list(
        owed.annotate(with_head=Exists(to_approve))
        .select_related("period__form_version__form")
        .order_by("until", "pk")[: FEW + 1]
    )
    for row in rows[:FEW]:
        yield _owed(row, heads)
    if len(rows) > FEW:
        count = owed.count()
        words = _("%(n)s reports to send in all") % {"n": format_number(count)}
        yield Waiting(words, reverse("reporting:own"))
    below = open_now.filter(through__in=units, state=_State.BELOW).count()
    if below:
        words = ngettext("%(n)s report to review first", "%(n)s reports to review first", below)
        yield Waiting(words % {"n": format_number(below)}, reverse("reporting:own"))


def _owed(row: Obligation, heads: list[int]) -> Waiting:
    until = row.due_at
    today = timezone.localdate()
    when = {"until": format_moment(until), "left": days_until(timezone.localtime(until).date(), today)}
    if row.with_head:  # type: ignore[attr-defined]  # annotated above
        waits = _("A report waits for the head, due %(until)s (%(left)s)")
        words = _("Approve a report, due %(until)s (%(left)s)") if row.organisation_id in heads else waits
    elif row.state == _State.RETURNED:
        words = _("A report was returned: put it right by %(until)s (%(left)s)")
    else:
        words = _("Send a report by %(until)s (%(left)s)")
    about = row.period.request or f"{row.period.form_version.form.title}: {row.period.title}"
    return Waiting(words % when, page("report", row.pk) or reverse("reporting:own"), about[:160])


def _of_coordinator() -> Iterator[Waiting]:
    sent = (
        Obligation.objects.filter(state=_State.SENT, period__state=Period.State.OPEN)
        .order_by()
        .values("period", "period__title", "period__form_version__form__title")
        .annotate(n=Count("pk"))
        .order_by("period__due_at")[:FEW]
    )
    for row in sent:
        words = ngettext("%(n)s report to approve", "%(n)s reports to approve", row["n"])
        href = f"{reverse('reporting:period', args=[row['period']])}?tab=to_approve#units"
        about = f"{row['period__form_version__form__title']}: {row['period__title']}"
        yield Waiting(words % {"n": format_number(row["n"])}, href, about)
    asked = Deferral.objects.filter(
        Q(state=Deferral.State.ASKED), obligation__period__state=Period.State.OPEN
    )
    first = list(asked.select_related("obligation").order_by("asked_at")[: FEW + 1])
    if first:
        count = len(first) if len(first) <= FEW else asked.count()
        words = ngettext(
            "%(n)s request for more time for a report", "%(n)s requests for more time for reports", count
        )
        obligation = first[0].obligation
        href = page("report", obligation.pk) or reverse("reporting:unit", args=[obligation.pk])
        yield Waiting(words % {"n": format_number(count)}, href)
