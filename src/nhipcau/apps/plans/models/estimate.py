"""Money for tasks: a round a year, the agencies asked, what each asks for by task and line, what came of it.

All amounts are whole đồng. No row is no figure; an amount of 0 is a decision.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.orgs.models import Organisation
from nhipcau.apps.plans.models.task import Task
from nhipcau.core.money import MOST


class EstimateRoundQuerySet(models.QuerySet["EstimateRound"]):
    def visible_to(self, user: object) -> EstimateRoundQuerySet:
        """Coordinator, leader, reader and the finance agency see all; others where their agency is asked."""
        scope = scope_of(user)
        if scope.has("coordinator", "leader", "reader"):
            return self
        own = scope.organisations("officer", "commune_officer")
        asked = RoundAgency.objects.filter(organisation__in=own).values("round")
        return self.filter(Q(finance__in=own) | Q(pk__in=asked)) if own else self.none()


class EstimateRound(models.Model):
    """The estimates of one year. `finance` appraises and allocates."""

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    send_by = models.DateField(_("send by"))
    # Carrying: goes to the successor while the round is open.
    finance = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="finance_rounds")
    note = models.TextField(_("note for the agencies"), blank=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = EstimateRoundQuerySet.as_manager()

    class Meta:
        ordering = ["-year"]

    def __str__(self) -> str:
        return str(self.year)


class RoundAgencyQuerySet(models.QuerySet["RoundAgency"]):
    def visible_to(self, user: object) -> RoundAgencyQuerySet:
        """All for who oversees and for the finance agency of the round, else one's own agency's."""
        scope = scope_of(user)
        if scope.has("coordinator", "leader", "reader"):
            return self
        own = scope.organisations("officer", "commune_officer")
        return self.filter(Q(organisation__in=own) | Q(round__finance__in=own)) if own else self.none()

    def missing(self) -> RoundAgencyQuerySet:
        return self.filter(sent_at=None)


class RoundAgency(models.Model):
    """An agency that is asked for its estimates. `nothing`: it needs no money, which it has said."""

    round = models.ForeignKey(EstimateRound, on_delete=models.CASCADE, related_name="agencies")
    # Carrying: not sent yet goes to the successor, sent stays under the old name.
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="estimate_rounds")
    nothing = models.BooleanField(default=False)
    first_sent_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_reason = models.CharField(max_length=300, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    # Counts every change, so that two people's pages cannot overwrite one another.
    version = models.PositiveIntegerField(default=0)

    objects = RoundAgencyQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "organisation"], name="plans_round_agency_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} in {self.round_id}"


def _shown(user: object) -> models.QuerySet[RoundAgency, Any]:
    """The parts of rounds whose figures the user may see: a draft is its agency's alone."""
    own = scope_of(user).organisations("officer", "commune_officer")
    sent = Q(first_sent_at__isnull=False)
    seen = RoundAgency.objects.visible_to(user).filter(sent | Q(organisation__in=own) if own else sent)
    return seen.order_by().values("pk")


class EstimateQuerySet(models.QuerySet["Estimate"]):
    def visible_to(self, user: object) -> EstimateQuerySet:
        """With the agency's part of the round; others than the agency see it from the first sending on."""
        return self.filter(asked__in=_shown(user))


class Estimate(models.Model):
    """What one agency asks for one task in one year: its lines."""

    asked = models.ForeignKey(RoundAgency, on_delete=models.CASCADE, related_name="estimates")
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="estimates")

    objects = EstimateQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["asked", "task"], name="plans_estimate_once")]

    def __str__(self) -> str:
        return f"{self.asked_id} {self.task_id}"


class EstimateLineQuerySet(models.QuerySet["EstimateLine"]):
    def visible_to(self, user: object) -> EstimateLineQuerySet:
        """With their estimate; lines that were replaced nobody."""
        return self.filter(estimate__asked__in=_shown(user), ended_at=None)


class EstimateLine(models.Model):
    """Content, quantity × norm = amount, source. What was sent once is never changed: it ends, and another
    line follows it.
    """

    class Source(models.TextChoices):
        PROVINCE = "province", _("budget of the province")
        STATE = "state", _("central budget")
        COMMUNE = "commune", _("budget of the commune")
        SOCIAL = "social", _("contributions")
        OTHER = "other", _("other sources")

    estimate = models.ForeignKey(Estimate, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField(default=0)
    content = models.CharField(_("content"), max_length=300)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    quantity = models.DecimalField(_("quantity"), max_digits=13, decimal_places=3)
    norm = models.BigIntegerField(_("norm"))
    amount = models.BigIntegerField(_("amount"))
    source = models.CharField(_("source"), max_length=10, choices=Source.choices, default=Source.PROVINCE)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = EstimateLineQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(norm__gte=0, amount__gte=0, amount__lte=MOST, quantity__gte=0),
                name="plans_estimate_line_range",
            )
        ]

    def __str__(self) -> str:
        return self.content


class EstimateAmount(models.Model):
    """What one stage gave a line: amount, day, who, why. A correction ends the row and makes another."""

    class Stage(models.TextChoices):
        ADVISED = "advised", _("lead agency's view")
        APPRAISED = "appraised", _("appraised")
        ALLOCATED = "allocated", _("allocated")
        SPENT = "spent", _("spent")

    line = models.ForeignKey(EstimateLine, on_delete=models.CASCADE, related_name="amounts")
    stage = models.CharField(max_length=10, choices=Stage.choices)
    amount = models.BigIntegerField()
    decided_on = models.DateField()
    reason = models.CharField(max_length=300, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(auto_now_add=True)
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["line", "stage"], condition=Q(replaced_at=None), name="plans_estimate_amount_once"
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0, amount__lte=MOST), name="plans_estimate_amount_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stage} {self.amount}"
