"""A task that was approved: what, from which sentence, who in which role, due when, how far."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.orgs.models import Organisation, OrganisationSet
from nhipcau.apps.plans.models.document import Document
from nhipcau.apps.plans.models.draft import Role
from nhipcau.core.text import fold


class TaskQuerySet(models.QuerySet["Task"]):
    def visible_to(self, user: object) -> TaskQuerySet:
        """Coordinator, leader and reader see all; officers the tasks of their organisations."""
        scope = scope_of(user)
        if scope.has("coordinator", "leader", "reader"):
            return self
        own = scope.organisations("officer", "commune_officer")
        if not own:
            return self.none()
        mine = Assignment.objects.filter(
            Q(organisation__in=own) | Q(set__members__organisation__in=own), task=models.OuterRef("pk")
        )
        return self.filter(models.Exists(mine))


class Task(models.Model):
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="tasks")
    position = models.PositiveIntegerField(default=0)
    path = models.CharField(max_length=60, blank=True)
    text = models.TextField(_("task"))
    text_fold = models.TextField(editable=False)
    # The sentence it came from, quoted, and its place in the document's text.
    quote = models.TextField(blank=True)
    span_start = models.PositiveIntegerField(null=True)
    span_end = models.PositiveIntegerField(null=True)
    scope = models.CharField(max_length=10, default="assigned")
    role = models.CharField(max_length=12, choices=Role.choices, default=Role.RESPONSIBLE)
    # The first coming due date of the task itself (not of a report); empty when none is stated.
    due_on = models.DateField(_("due"), null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_reason = models.CharField(max_length=300, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = ["document", "position", "pk"]
        indexes = [
            GinIndex(fields=["text_fold"], opclasses=["gin_trgm_ops"], name="plans_task_text_trgm"),
            models.Index(fields=["due_on", "id"], name="plans_task_due"),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.text_fold = fold(self.text)
        super().save(*args, **kwargs)


class DueDate(models.Model):
    """One due rule of a task: the phrase as written, the rule it was read by, the date it gives."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="due_dates")
    kind = models.CharField(max_length=10)
    value = models.CharField(max_length=12)
    of = models.CharField(max_length=8, default="task")
    bound = models.CharField(max_length=8, default="by")
    phrase = models.CharField(max_length=300, blank=True)
    rule = models.CharField(max_length=60, blank=True)
    due_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"


class Assignment(models.Model):
    """A role of one organisation, or of one set, in a task. Unmatched phrases stay as written."""

    class Status(models.TextChoices):
        NOT_BEGUN = "not_begun", _("not begun")
        IN_PROGRESS = "in_progress", _("in progress")
        DONE = "done", _("done")

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="assignments")
    phrase = models.CharField(max_length=400, blank=True)
    role = models.CharField(max_length=12, choices=Role.choices)
    partner = models.BooleanField(default=False)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="assignments"
    )
    set = models.ForeignKey(
        OrganisationSet, null=True, blank=True, on_delete=models.PROTECT, related_name="assignments"
    )
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.NOT_BEGUN)
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["organisation", "due_on", "id"], name="plans_assignment_org_due")]

    def __str__(self) -> str:
        return f"{self.role} {self.phrase}"
