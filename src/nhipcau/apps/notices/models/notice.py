"""A message to one person in the application: what happened, to what, read or not.

Kind and values are kept, not the words, so that it is shown in the reader's language. What it is about is a
label and an id, no foreign key: the object lives in a higher app.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from nhipcau.apps.access.scope import scope_of


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, user: object) -> NoticeQuerySet:
        """One's own alone, as long as one holds a role."""
        if not scope_of(user).roles:
            return self.none()
        return self.filter(recipient_id=getattr(user, "pk", None))

    def unread(self) -> NoticeQuerySet:
        return self.filter(read_at=None)

    def unread_first(self) -> NoticeQuerySet:
        """Those to read, then those that were read; the newest first."""
        return self.order_by(models.F("read_at").desc(nulls_first=True), "-pk")


class Notice(models.Model):
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=60)
    # Names of the kind's words → text, number, or {"date": "2026-11-30"}.
    values = models.JSONField(default=dict)
    about_type = models.CharField(max_length=80, blank=True)
    about_id = models.CharField(max_length=64, blank=True)
    # What happened once is told once, whoever tells it again.
    key = models.CharField(max_length=160)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)
    # The day whose digest brought it by mail.
    mailed_on = models.DateField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["recipient", "key"], name="notices_notice_told_once")]
        indexes = [
            models.Index(fields=["recipient", "-id"], name="notices_notice_newest"),
            models.Index(fields=["recipient"], name="notices_notice_unread", condition=Q(read_at=None)),
            models.Index(fields=["about_type", "about_id"], name="notices_notice_about"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.about_type} {self.about_id}"
