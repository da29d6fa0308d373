"""A file that passed the gate. The bytes lie on disk by their hash; a removed one keeps time, user, hash."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from nhipcau.apps.access.scope import scope_of


class UploadQuerySet(models.QuerySet["Upload"]):
    def visible_to(self, user: object) -> UploadQuerySet:
        """One's own; the coordinator sees all."""
        if scope_of(user).has("coordinator"):
            return self
        return self.filter(created_by_id=getattr(user, "pk", None))


class Upload(models.Model):
    class State(models.TextChoices):
        KEPT = "kept"
        REFUSED = "refused"
        REMOVED = "removed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.BigIntegerField()
    name = models.CharField(max_length=255, blank=True)
    format = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.KEPT)
    refusal = models.CharField(max_length=40, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sha256"], condition=models.Q(state="kept"), name="files_upload_kept_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.sha256[:12]}"
