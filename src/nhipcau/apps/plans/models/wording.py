"""How a task was worded before."""

from __future__ import annotations

from django.db import models

from nhipcau.apps.plans.models.document import Document
from nhipcau.apps.plans.models.task import Task


class TaskWording(models.Model):
    """How an earlier document put a task that an approved amendment changed.

    `before` is the rest of the task, as `plans.putting_back` writes it, for the amendment's removal.
    """

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="earlier_wordings")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="wordings")
    path = models.CharField(max_length=60, blank=True)
    text = models.TextField()
    quote = models.TextField(blank=True)
    span_start = models.PositiveIntegerField(null=True)
    span_end = models.PositiveIntegerField(null=True)
    before = models.JSONField(default=dict)
    replaced_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:80]
