"""How a duty of a plan is met: by which form, in which rhythm. Its periods are made ahead from this."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.plans.models import ReportingDuty
from nhipcau.apps.reporting.models.form import Form
from nhipcau.apps.reporting.models.period import Period


class ScheduleQuerySet(models.QuerySet["Schedule"]):
    def visible_to(self, user: object) -> ScheduleQuerySet:
        """Coordinator, leader and reader: what is planned concerns nobody else yet."""
        return self if scope_of(user).has("coordinator", "leader", "reader") else self.none()

    def current(self) -> ScheduleQuerySet:
        return self.filter(ended_at=None)


class Schedule(models.Model):
    """Settled once by a coordinator, since a plan's words seldom say all of it.

    `rules`, one a turn: {"period": a kind of period, "kind", "value", "bound": of core.workdays, "phrase"}.
    The figures end `cut_off_days` before the stated day where the window is the plan's own.
    """

    # Goes with the duty when its plan is removed for good; what was sent stays with its period.
    duty = models.OneToOneField(ReportingDuty, on_delete=models.CASCADE, related_name="schedule")
    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="schedules")
    rules = models.JSONField()
    window_by = models.CharField(max_length=8, choices=Period.Window.choices, default=Period.Window.DECREE)
    cut_off_days = models.PositiveSmallIntegerField(default=0)
    opens_days = models.PositiveSmallIntegerField(_("opens so many days before it is due"), default=30)
    late_days = models.PositiveSmallIntegerField(
        _("late reports are taken for so many days"), null=True, blank=True
    )
    by_parent = models.BooleanField(default=False)
    until = models.DateField(_("until"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    settled_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_reason = models.CharField(max_length=300, blank=True)

    objects = ScheduleQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None) | ~Q(ended_reason=""), name="reporting_schedule_ended"
            )
        ]

    def __str__(self) -> str:
        return f"schedule of {self.duty_id}"
