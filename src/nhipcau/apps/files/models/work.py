"""Long work as its user sees it: what it is, how far, how it ended. It can be left and come back to."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from nhipcau.apps.access.scope import scope_of


class LongWorkQuerySet(models.QuerySet["LongWork"]):
    def visible_to(self, user: object) -> LongWorkQuerySet:
        if not scope_of(user).roles:
            return self.none()
        return self.filter(owner_id=getattr(user, "pk", None))


class LongWork(models.Model):
    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    # A refusal's code and values, or the result's address: no free text, so the reader's language holds.
    outcome = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = LongWorkQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"
