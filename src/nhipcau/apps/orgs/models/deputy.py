"""Somebody stands in for somebody who is away: for a time, with her working roles, never further."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.granting import grantable
from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.accounts.models import User


class DeputyQuerySet(models.QuerySet["Deputy"]):
    def visible_to(self, user: object) -> DeputyQuerySet:
        """Those who manage accounts see all; others those in which they are named."""
        if grantable(scope_of(user)):
            return self
        if not isinstance(user, User) or not user.is_active:
            return self.none()
        return self.filter(models.Q(absent=user) | models.Q(deputy=user))


class Deputy(models.Model):
    """`valid` ends the day before its upper bound, which is always there. One deputy at a time."""

    absent = models.ForeignKey(User, on_delete=models.PROTECT, related_name="deputies")
    deputy = models.ForeignKey(User, on_delete=models.PROTECT, related_name="stands_in")
    valid = DateRangeField(_("valid"))
    reason = models.CharField(_("reason"), max_length=300)
    given_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(auto_now_add=True)
    ended_reason = models.CharField(max_length=300, blank=True)

    objects = DeputyQuerySet.as_manager()

    class Meta:
        ordering = ["-valid", "-pk"]
        constraints = [
            ExclusionConstraint(
                name="orgs_deputy_one_at_a_time",
                expressions=[("absent", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(
                condition=~models.Q(absent=models.F("deputy")), name="orgs_deputy_is_another"
            ),
            models.CheckConstraint(
                condition=models.Q(valid__upper_inf=False, valid__lower_inf=False),
                name="orgs_deputy_has_an_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deputy_id} for {self.absent_id}"
