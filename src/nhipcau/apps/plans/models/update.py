"""What an agency says of its part of a task, what it shows for it, and what others said to that.

Nothing here is written over: a report that comes back stays with its reason, and the next one is a new row.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nhipcau.apps.access.scope import Role, scope_of
from nhipcau.apps.files.models import Upload
from nhipcau.apps.plans.models.task import Assignment, Task

# Roles that carry tasks out for an organisation.
WORKING: tuple[Role, ...] = ("officer", "commune_officer", "coordinator")


def seen_by(user: object) -> Q:
    """Updates that `user` may read: those sent, of tasks in her sight; those inside an agency only there."""
    own = scope_of(user).organisations(*WORKING)
    tasks = Task.objects.visible_to(user).order_by().values("pk")
    inside = Q(assignment__organisation__in=own)
    return Q(assignment__task__in=tasks) & (Q(state=Update.State.SENT) | inside)


class UpdateQuerySet(models.QuerySet["Update"]):
    def visible_to(self, user: object) -> UpdateQuerySet:
        """What was sent goes to all who see the task; what was not stays inside the agency."""
        return self.filter(seen_by(user))


class Update(models.Model):
    """`percent` or `count` (of the task's target) say how far; `done` that it is reported as done."""

    class State(models.TextChoices):
        TO_APPROVE = "to_approve", _("waits for the head's approval")
        GIVEN_BACK = "given_back", _("given back inside the agency")
        SENT = "sent", _("sent")

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="updates")
    state = models.CharField(max_length=12, choices=State.choices, default=State.SENT)
    text = models.TextField(_("what was done"))
    percent = models.PositiveSmallIntegerField(
        _("percent"), null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    count = models.DecimalField(_("count"), max_digits=14, decimal_places=2, null=True, blank=True)
    done = models.BooleanField(default=False)
    # The day on which the work was done, as the agency reports it.
    done_on = models.DateField(null=True, blank=True)
    links = models.JSONField(default=list, blank=True)
    # From the form: the same submission twice is one update.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = UpdateQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(percent=None) | Q(percent__lte=100), name="plans_update_percent"
            ),
            models.CheckConstraint(condition=Q(count=None) | Q(count__gte=0), name="plans_update_count"),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def visible_to(self, user: object) -> EvidenceQuerySet:
        """With the update that it belongs to."""
        return self.filter(update__in=Update.objects.visible_to(user).order_by().values("pk"))


class Evidence(models.Model):
    """A file that shows what an update says. The same bytes may be another one's too, under another name."""

    update = models.ForeignKey(Update, on_delete=models.CASCADE, related_name="evidence")
    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="evidence")
    name = models.CharField(max_length=255)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["update", "upload"], name="plans_evidence_once")]

    def __str__(self) -> str:
        return self.name


class VerdictQuerySet(models.QuerySet["Verdict"]):
    def visible_to(self, user: object) -> VerdictQuerySet:
        """What the head said inside the agency stays there; what the lead agency said goes to both sides."""
        updates = Update.objects.visible_to(user).order_by().values("pk")
        own = scope_of(user).organisations(*WORKING)
        outside = Q(what__in=(Verdict.What.ACCEPTED, Verdict.What.RETURNED))
        inside = Q(update__assignment__organisation__in=own)
        return self.filter(Q(update__in=updates) & (outside | inside))


class Verdict(models.Model):
    """What was said to a report: by the agency's head, then by the lead agency. The reason stays for ever."""

    class What(models.TextChoices):
        GIVEN_BACK = "given_back", _("given back inside the agency")
        APPROVED = "approved", _("approved by the head")
        RETURNED = "returned", _("returned")
        ACCEPTED = "accepted", pgettext_lazy("report", "accepted")

    update = models.ForeignKey(Update, on_delete=models.CASCADE, related_name="verdicts")
    what = models.CharField(max_length=12, choices=What.choices)
    reason = models.TextField(blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = VerdictQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(what__in=("approved", "accepted")) | ~Q(reason=""), name="plans_verdict_reason"
            )
        ]

    def __str__(self) -> str:
        return self.what
