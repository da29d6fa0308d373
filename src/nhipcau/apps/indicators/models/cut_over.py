"""From which day a figure is drawn from the system, and from which day it is typed by hand again."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.indicators.models.indicator import Indicator


class CutOverQuerySet(models.QuerySet["CutOver"]):
    def visible_to(self, user: object) -> CutOverQuerySet:
        """With the indicator."""
        return self.filter(indicator__in=Indicator.objects.visible_to(user).order_by().values("pk"))

    def current(self) -> CutOverQuerySet:
        """Those not taken back."""
        return self.filter(ended_at=None)


class CutOver(models.Model):
    """`named_count` empty: typed by hand from that day on. The row of the latest day that has come holds."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="cut_overs")
    named_count = models.CharField(_("named count"), max_length=60, blank=True)
    from_day = models.DateField(_("from"))
    reason = models.CharField(_("reason"), max_length=300)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_reason = models.CharField(max_length=300, blank=True)

    objects = CutOverQuerySet.as_manager()

    class Meta:
        ordering = ["-from_day", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "from_day"],
                condition=Q(ended_at=None),
                name="indicators_one_cut_over_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.named_count or '-'} {self.from_day}"
