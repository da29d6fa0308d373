"""What waits for a user of estimates, units' own plans and findings."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.access.waiting import Waiting
from nhipcau.apps.accounts.models import User
from nhipcau.apps.plans.estimating import Stage
from nhipcau.apps.plans.models import EstimateAmount, EstimateLine, InspectionFinding, OwnPlan, RoundAgency
from nhipcau.apps.webkit.formats import format_date, format_number

MOST = 10


def estimates_wanted(user: User) -> Iterator[Waiting]:
    """The user's agency has not sent its estimates of a round that is open. One query."""
    own = scope_of(user).organisations("officer", "commune_officer")
    if not own:
        return
    rows = RoundAgency.objects.filter(organisation__in=own, sent_at=None, round__closed_at=None)
    for row in rows.select_related("round").order_by("round__send_by", "pk")[:MOST]:
        words = _("Send your estimates for %(year)s by %(day)s")
        if row.returned_at is not None:
            words = _("Your estimates for %(year)s were returned")
        values = {"year": row.round.year, "day": format_date(row.round.send_by)}
        yield Waiting(words % values, reverse("plans:asked", args=[row.pk]), row.returned_reason)


def estimates_to_judge(user: User) -> Iterator[Waiting]:
    """Agencies whose lines wait for the lead agency's view, or for the finance agency. Two queries."""
    scope = scope_of(user)
    own = scope.organisations("officer", "commune_officer")
    if scope.has("coordinator"):
        yield from _to_judge(user, Stage.ADVISED, frozenset())
    if own:
        yield from _to_judge(user, Stage.APPRAISED, own)


def _to_judge(user: User, stage: Stage, finance: frozenset[int]) -> Iterator[Waiting]:
    given = EstimateAmount.objects.filter(line=OuterRef("pk"), replaced_at=None)
    lines = EstimateLine.objects.visible_to(user).filter(
        ~Exists(given.filter(stage=stage)),
        estimate__asked__sent_at__isnull=False,
        estimate__asked__round__closed_at=None,
    )
    if finance:
        lines = lines.filter(
            Exists(given.filter(stage=Stage.ADVISED)), estimate__asked__round__finance__in=finance
        )
    found: dict[int, set[int]] = {}
    pairs = lines.order_by().values_list("estimate__asked__round__year", "estimate__asked").distinct()
    for year, asked in pairs:
        found.setdefault(year, set()).add(asked)
    for year, agencies in sorted(found.items()):
        words = ngettext(
            "Give your view of the estimates for %(year)s: %(n)s agency",
            "Give your view of the estimates for %(year)s: %(n)s agencies",
            len(agencies),
        )
        if finance:
            words = ngettext(
                "Appraise the estimates for %(year)s: %(n)s agency",
                "Appraise the estimates for %(year)s: %(n)s agencies",
                len(agencies),
            )
        href = f"{reverse('plans:round', args=[year])}?state=sent"
        yield Waiting(words % {"year": year, "n": format_number(len(agencies))}, href)


def own_plans_wanted(user: User) -> Iterator[Waiting]:
    """Plans that the user's unit has to issue. One query."""
    own = scope_of(user).organisations("officer", "commune_officer")
    if not own:
        return
    rows = OwnPlan.objects.visible_to(user).missing().filter(organisation__in=own)
    for row in rows.select_related("duty__document").order_by("duty__due_on", "pk")[:MOST]:
        due = row.duty.due_on
        words = (
            _("Enter the plan your unit issued, due %(day)s") if due else _("Enter the plan your unit issued")
        )
        yield Waiting(
            words % {"day": format_date(due)},
            reverse("plans:own_plan", args=[row.pk]),
            row.duty.document.title,
        )


def findings_wanted(user: User) -> Iterator[Waiting]:
    """Findings that the coordinator can make tasks of. One query."""
    if not scope_of(user).has("coordinator"):
        return
    rows = InspectionFinding.objects.visible_to(user).waiting().filter(organisation__isnull=False)
    found = dict.fromkeys(rows.values_list("inspection_id", flat=True))
    if found:
        count = rows.count()
        words = ngettext(
            "%(n)s finding of inspections is no task yet",
            "%(n)s findings of inspections are no tasks yet",
            count,
        )
        href = reverse("plans:inspection", args=[next(iter(found))])
        yield Waiting(words % {"n": format_number(count)}, href)


OFFERS = (estimates_wanted, estimates_to_judge, own_plans_wanted, findings_wanted)
