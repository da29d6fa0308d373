"""One unit's report of one period: owed, sent, returned, approved, or why not."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.orgs.models import Organisation, OrganisationSet
from nhipcau.apps.reporting.models.letter import ReminderLetter
from nhipcau.apps.reporting.models.period import OVERSEEING, WORKING, Period
from nhipcau.apps.reporting.models.standing import Standing, standing_of


class ObligationQuerySet(models.QuerySet["Obligation"]):
    def visible_to(self, user: object) -> ObligationQuerySet:
        """Coordinator, leader and reader see all; others their unit's, and those that report through it."""
        scope = scope_of(user)
        if scope.has(*OVERSEEING):
            return self
        own = scope.organisations(*WORKING)
        theirs = self.filter(Q(organisation__in=own) | Q(through__in=own))
        return theirs.exclude(period__state=Period.State.PLANNED) if own else self.none()

    def expected(self) -> ObligationQuerySet:
        """All that are owed: those excused are not."""
        return self.exclude(state=Obligation.State.EXCUSED)

    def received(self) -> ObligationQuerySet:
        """A report is here and was not returned."""
        return self.filter(state__in=RECEIVED)

    def missing(self) -> ObligationQuerySet:
        """Nothing was ever received."""
        return self.filter(state=Obligation.State.WAITING)

    def outstanding(self) -> ObligationQuerySet:
        """The unit has to do something: nothing was sent, or it came back."""
        return self.filter(state__in=(Obligation.State.WAITING, Obligation.State.RETURNED))

    def standing_at(self, now: datetime) -> ObligationQuerySet:
        """With `standing` (a value of Standing), and `stage`, `came_at`, `until` that it comes from.

        What another report holds for stands where that one stands, judged by its own date.
        """
        return self.annotate(**standing_of(now))

    def in_standing(self, now: datetime, *standings: Standing) -> ObligationQuerySet:
        """Those that stand so, with the annotations of `standing_at`."""
        wanted = Q(standing__in=standings)
        return self.standing_at(now).filter(wanted)

    def without_report(self, now: datetime) -> ObligationQuerySet:
        """Who is missing: nothing is here for the unit, whether its date is past or not."""
        return self.in_standing(now, Standing.MISSING, Standing.NOT_DUE)


class Obligation(models.Model):
    """`received_at` is when the version that counts came: the last one that was not returned.

    A version sent again after a return is in time until `redo_by`. A unit that reports nothing says so in a
    version (`Submission.nothing`); no version is never a zero.
    """

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("obligation", "not sent")
        # With the unit that it reports through, not with the province yet.
        BELOW = "below", pgettext_lazy("obligation", "with the unit that reviews it first")
        SENT = "sent", pgettext_lazy("obligation", "received")
        RETURNED = "returned", pgettext_lazy("obligation", "returned")
        APPROVED = "approved", pgettext_lazy("obligation", "approved")
        EXCUSED = "excused", pgettext_lazy("obligation", "need not report")

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="obligations")
    # Carrying: moves to the successor until a report was approved; what was sent keeps the old name in its
    # version.
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="report_obligations"
    )
    # The group through which the unit is asked; empty where it was named itself.
    set = models.ForeignKey(
        OrganisationSet,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="report_obligations",
    )
    # A unit that reviews and approves first (commune → province); the province when empty.
    through = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="reports_reviewed"
    )
    # The report of this other obligation holds for this one too ("lồng ghép trong báo cáo đối ngoại").
    discharged_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="discharges"
    )
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    nothing = models.BooleanField(default=False)
    received_at = models.DateTimeField(null=True, blank=True)
    # A deferral's moment, and the one set when a report was returned.
    deferred_at = models.DateTimeField(null=True, blank=True)
    redo_by = models.DateTimeField(null=True, blank=True)
    excused_reason = models.CharField(max_length=300, blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField(null=True, blank=True)
    # Counts every change of state, so that who was slower is told.
    version = models.PositiveIntegerField(default=0)

    objects = ObligationQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["organisation", "state"], name="reporting_oblig_org_state"),
            models.Index(fields=["period", "state"], name="reporting_oblig_period_state"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["period", "organisation"], name="reporting_obligation_once"),
            models.CheckConstraint(
                condition=~Q(state="excused") | ~Q(excused_reason=""), name="reporting_obligation_excused"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("waiting", "excused")) | Q(received_at__isnull=False),
                name="reporting_obligation_received",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} in {self.period_id}"

    @property
    def due_at(self) -> datetime:
        """The moment that holds for this unit now. Asks the period."""
        return max(filter(None, (self.period.due_at, self.deferred_at, self.redo_by)))

    @property
    def is_late(self) -> bool:
        """Received, and after that moment."""
        return self.state in RECEIVED and self.received_at is not None and self.received_at > self.due_at

    def standing_now(self, now: datetime) -> Standing:
        """As `standing_at` of the rows says it, of this row's own report. Asks the period."""
        if self.state in RECEIVED:
            return Standing.LATE if self.is_late else Standing.IN_TIME
        if self.state in _SETTLED:
            return _SETTLED[self.state]
        return Standing.MISSING if self.due_at < now else Standing.NOT_DUE


RECEIVED = (Obligation.State.BELOW, Obligation.State.SENT, Obligation.State.APPROVED)
_SETTLED: dict[str, Standing] = {
    Obligation.State.RETURNED: Standing.RETURNED,
    Obligation.State.EXCUSED: Standing.EXCUSED,
}


class DeferralQuerySet(models.QuerySet["Deferral"]):
    def visible_to(self, user: object) -> DeferralQuerySet:
        """With the obligation."""
        return self.filter(obligation__in=Obligation.objects.visible_to(user).order_by().values("pk"))


class Deferral(models.Model):
    """More time for one unit: asked for and decided, or given unasked (also after the lock, by name)."""

    class State(models.TextChoices):
        ASKED = "asked", _("asked for")
        GRANTED = "granted", _("granted")
        REFUSED = "refused", _("refused")

    obligation = models.ForeignKey(Obligation, on_delete=models.CASCADE, related_name="deferrals")
    old_at = models.DateTimeField()
    new_at = models.DateTimeField(_("new date"))
    reason = models.TextField(_("reason"))
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKED)
    decision = models.TextField(_("reason of the decision"), blank=True)
    # Nobody asked: the coordinator made a named exception.
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = DeferralQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["obligation"], condition=Q(state="asked"), name="reporting_deferral_asked_once"
            ),
            models.CheckConstraint(condition=Q(new_at__gt=F("old_at")), name="reporting_deferral_later"),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(decision=""), name="reporting_deferral_decision"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old_at} → {self.new_at}"


class ChaseQuerySet(models.QuerySet["Chase"]):
    def visible_to(self, user: object) -> ChaseQuerySet:
        """With the obligation: a unit sees when it was reminded."""
        return self.filter(obligation__in=Obligation.objects.visible_to(user).order_by().values("pk"))


class Chase(models.Model):
    """One reminder of one unit: how, when, by whom."""

    class How(models.TextChoices):
        NOTICE = "notice", pgettext_lazy("channel", "in the application")
        LETTER = "letter", pgettext_lazy("channel", "official letter")
        ZALO = "zalo", _("Zalo")
        TELEPHONE = "telephone", pgettext_lazy("channel", "telephone")
        IN_PERSON = "in_person", _("in person")

    obligation = models.ForeignKey(Obligation, on_delete=models.CASCADE, related_name="chases")
    how = models.CharField(_("how"), max_length=10, choices=How.choices)
    words = models.CharField(_("what was said"), max_length=500, blank=True)
    # The letter that it was done by.
    letter = models.ForeignKey(
        ReminderLetter, null=True, blank=True, on_delete=models.PROTECT, related_name="chases"
    )
    # By the system itself when nobody did.
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ChaseQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.how} {self.created_at}"
