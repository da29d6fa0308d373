"""Where a figure started and where it shall be: baselines and targets, ended but never changed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nhipcau.apps.indicators.figures import written
from nhipcau.apps.indicators.models.indicator import Indicator
from nhipcau.apps.indicators.models.version import IndicatorVersion
from nhipcau.apps.orgs.models import Organisation


class GoalQuerySet(models.QuerySet["Goal"]):
    def visible_to(self, user: object) -> GoalQuerySet:
        """With the indicator."""
        return self.filter(indicator__in=Indicator.objects.visible_to(user).order_by().values("pk"))

    def current(self) -> GoalQuerySet:
        return self.filter(ended_at=None)


class Goal(models.Model):
    """`organisation` empty: the whole province. `version` is the definition that it was set under."""

    class Kind(models.TextChoices):
        BASELINE = "baseline", pgettext_lazy("goal", "baseline")
        TARGET = "target", pgettext_lazy("goal", "target")

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="goals")
    version = models.ForeignKey(
        IndicatorVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    # Carrying: what was set for a body is said of that body.
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="goals"
    )
    year = models.PositiveSmallIntegerField(_("year"))
    # Where the goal is of a part of the year.
    period_end = models.DateField(_("end of the period"), null=True, blank=True)
    value = models.DecimalField(_("value"), max_digits=24, decimal_places=6)
    source = models.CharField(_("source"), max_length=300)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_reason = models.CharField(max_length=300, blank=True)

    objects = GoalQuerySet.as_manager()

    class Meta:
        ordering = ["year", "period_end", "kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "kind", "organisation", "year", "period_end"],
                condition=Q(ended_at=None),
                nulls_distinct=False,
                name="indicators_one_goal",
            ),
            models.CheckConstraint(
                condition=Q(year__gte=1900, year__lte=2200), name="indicators_goal_has_a_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}: {self.value}"

    @property
    def figure(self) -> str:
        """The value as people write it."""
        return written(self.value)
