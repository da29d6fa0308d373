"""A round of a form: of which months, to be sent by when, open until when."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nhipcau.apps.access.scope import Role, scope_of
from nhipcau.apps.orgs.models import OrganisationSet
from nhipcau.apps.plans.models import Document, ReportingDuty
from nhipcau.apps.reference.models import CalendarVersion
from nhipcau.apps.reporting.models.form import FormVersion

# Who sees what every unit reports, and who works for a unit.
OVERSEEING: tuple[Role, ...] = ("coordinator", "leader", "reader")
WORKING: tuple[Role, ...] = ("officer", "commune_officer")


class PeriodQuerySet(models.QuerySet["Period"]):
    def visible_to(self, user: object) -> PeriodQuerySet:
        """Coordinator, leader and reader see all; others those that ask one of their units."""
        scope = scope_of(user)
        if scope.has(*OVERSEEING):
            return self
        own = scope.organisations(*WORKING)
        asked = Q(obligations__organisation__in=own) | Q(obligations__through__in=own)
        begun = self.exclude(state=Period.State.PLANNED)
        return begun.filter(asked).distinct() if own else self.none()


class Period(models.Model):
    """`due_on` is the day that counts, `due_at` its last moment; the phrase, the rule, the calendar's version
    they were found by are kept, so that a later calendar moves nothing.

    `window_last` is the cut-off printed on the report. Until `late_until` a report is taken and counted late;
    after that the period is locked, but for units with a deferral.
    """

    class Kind(models.TextChoices):
        MONTH = "month", pgettext_lazy("period", "month")
        QUARTER = "quarter", pgettext_lazy("period", "quarter")
        HALF = "half", pgettext_lazy("period", "half year")
        NINE_MONTHS = "nine-months", pgettext_lazy("period", "nine months")
        YEAR = "year", pgettext_lazy("period", "year")
        ONCE = "once", pgettext_lazy("period", "once")
        MIDTERM = "midterm", pgettext_lazy("period", "mid-term")
        FINAL = "final", pgettext_lazy("period", "final")
        ADHOC = "adhoc", pgettext_lazy("period", "ad hoc")

    class Window(models.TextChoices):
        DECREE = "decree", _("as Decree 09/2019 sets it")
        PLAN = "plan", _("as the plan sets it")
        STATED = "stated", _("as stated for this period")

    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("period", "planned")
        OPEN = "open", pgettext_lazy("period", "open")
        CLOSED = "closed", pgettext_lazy("period", "closed")

    form_version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="periods")
    # The duty that it was made from, and the plan; neither for what was made by hand.
    duty = models.ForeignKey(
        ReportingDuty, null=True, blank=True, on_delete=models.SET_NULL, related_name="periods"
    )
    document = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="report_periods"
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    year = models.PositiveSmallIntegerField(_("year"))
    # Which of the year: quarter 1 to 4, half 1 or 2, month 1 to 12; else 1.
    number = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(_("title"), max_length=300)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PLANNED)
    window_first = models.DateField(_("figures from"))
    window_last = models.DateField(_("figures until"))
    window_by = models.CharField(max_length=8, choices=Window.choices, default=Window.DECREE)
    opens_on = models.DateField(_("opens on"))
    due_phrase = models.CharField(_("words of the due date"), max_length=300, blank=True)
    # {"kind", "value", "bound"} of core.workdays, and the shift chosen; empty where a day was given.
    due_rule = models.JSONField(default=dict, blank=True)
    due_stated_on = models.DateField()
    due_on = models.DateField(_("due"))
    due_at = models.DateTimeField()
    calendar = models.ForeignKey(
        CalendarVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="report_periods"
    )
    late_until = models.DateTimeField(_("late reports are taken until"), null=True, blank=True)
    locked_at = models.DateTimeField(null=True, blank=True)
    # When and to whom the consolidated report goes on.
    upward_on = models.DateField(_("the province's own report is due"), null=True, blank=True)
    upward_to = models.CharField(_("goes to"), max_length=300, blank=True)
    # The agency's request where it is ad hoc.
    request = models.TextField(_("what is asked"), blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    # Why it was closed before everybody had answered, or never opened. A code of `endings`, or words.
    closed_reason = models.CharField(max_length=300, blank=True)
    # Groups whose members on the day it opens are asked; who is named itself has an obligation without group.
    sets = models.ManyToManyField(OrganisationSet, related_name="report_periods", blank=True)
    # A unit whose parent is asked too reports through it.
    by_parent = models.BooleanField(default=False)
    # The reports of that other period hold for this one ("lồng ghép").
    joined_to = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="joins"
    )
    # Counts every change of the period itself, so that who was slower is told.
    revision = models.PositiveIntegerField(default=0)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField(null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["-due_at", "-pk"]
        indexes = [models.Index(fields=["state", "due_at"], name="reporting_period_state_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["duty", "kind", "year", "number", "due_stated_on"],
                # One that was given up before it opened makes room for another.
                condition=Q(duty__isnull=False) & (~Q(state="closed") | Q(opened_at__isnull=False)),
                name="reporting_period_of_duty_once",
            ),
            models.CheckConstraint(
                condition=Q(window_first__lte=F("window_last")), name="reporting_period_window"
            ),
            models.CheckConstraint(
                condition=Q(late_until=None) | Q(late_until__gte=F("due_at")), name="reporting_period_late"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def locked(self, now: datetime) -> bool:
        """Whether reports are taken from nobody but units with a deferral."""
        by_time = self.late_until is not None and now > self.late_until
        return self.state == self.State.CLOSED or self.locked_at is not None or by_time
