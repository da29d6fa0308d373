"""How long what is kept: a rule of the province's own in the place of the one that is shipped."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.scope import scope_of


class RetentionRuleQuerySet(models.QuerySet["RetentionRule"]):
    def visible_to(self, user: object) -> RetentionRuleQuerySet:
        """How long people's data are kept is said to everybody who works here."""
        return self if scope_of(user).roles else self.none()


class RetentionRule(models.Model):
    """`what` names what is kept (registry.retention); without a rule the shipped days hold."""

    what = models.CharField(_("what"), max_length=40, unique=True)
    days = models.PositiveIntegerField(_("days"))
    basis = models.CharField(_("legal basis"), max_length=300)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(auto_now=True)

    objects = RetentionRuleQuerySet.as_manager()

    class Meta:
        ordering = ["what"]
        constraints = [
            models.CheckConstraint(
                condition=Q(days__gte=1) & Q(days__lte=36_525), name="registry_retentionrule_of_some_days"
            )
        ]

    def __str__(self) -> str:
        return f"{self.what}: {self.days} days"
