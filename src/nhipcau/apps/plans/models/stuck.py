"""What holds an assignment up, and the time that was asked for it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.orgs.models import Organisation
from nhipcau.apps.plans.models.task import Assignment, AssignmentQuerySet


def _assignments(user: object) -> AssignmentQuerySet:
    return Assignment.objects.visible_to(user).order_by()


class ObstacleQuerySet(models.QuerySet["Obstacle"]):
    def visible_to(self, user: object) -> ObstacleQuerySet:
        """With the assignment."""
        return self.filter(assignment__in=_assignments(user).values("pk"))

    def open(self) -> ObstacleQuerySet:
        """Not cleared: what they hold up is stuck."""
        return self.filter(cleared_at=None)

    def undecided(self) -> ObstacleQuerySet:
        """Escalated and not decided: beyond the authority of those who have the task."""
        return self.open().exclude(escalated_to="").filter(decided_on=None)


class Obstacle(models.Model):
    """What stands in the way of an assignment and who can clear it; a body above may have to decide.

    `clearer` is that organisation where it is one that the system knows, else `clearer_words` name it.
    """

    # Carrying: `clearer` follows to the successor while the obstacle is open, stays when it is cleared.
    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="obstacles")
    text = models.TextField(_("what stands in the way"))
    clearer = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="obstacles_to_clear"
    )
    clearer_words = models.CharField(_("who can clear it"), max_length=300, blank=True)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField(auto_now_add=True)
    cleared_how = models.TextField(_("how it was cleared"), blank=True)
    cleared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    cleared_at = models.DateTimeField(null=True, blank=True)
    escalated_to = models.CharField(_("body that has to decide"), max_length=300, blank=True)
    escalated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    escalated_at = models.DateTimeField(null=True, blank=True)
    decision = models.TextField(_("what was decided"), blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ObstacleQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["assignment"], name="plans_obstacle_open", condition=Q(cleared_at=None))
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(cleared_at=None) | ~Q(cleared_how=""), name="plans_obstacle_cleared_how"
            ),
            models.CheckConstraint(
                condition=Q(decided_on=None) | (~Q(decision="") & ~Q(escalated_to="")),
                name="plans_obstacle_decision",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class ExtensionQuerySet(models.QuerySet["Extension"]):
    def visible_to(self, user: object) -> ExtensionQuerySet:
        """With the assignment."""
        return self.filter(assignment__in=_assignments(user).values("pk"))


class Extension(models.Model):
    """More time: asked for with a reason, granted or refused with one. The old date stays readable."""

    class State(models.TextChoices):
        ASKED = "asked", _("asked for")
        GRANTED = "granted", _("granted")
        REFUSED = "refused", _("refused")

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="extensions")
    old_due_on = models.DateField(_("old date"))
    new_due_on = models.DateField(_("new date"))
    reason = models.TextField(_("reason"))
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKED)
    decision = models.TextField(_("reason of the decision"), blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = ExtensionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment"], condition=Q(state="asked"), name="plans_extension_asked_once"
            ),
            models.CheckConstraint(condition=Q(new_due_on__gt=F("old_due_on")), name="plans_extension_later"),
            models.CheckConstraint(
                condition=Q(state="asked") | ~Q(decision=""), name="plans_extension_decision"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old_due_on} → {self.new_due_on}"
