"""What was done, by whom, to what: append-only.

The actor is an id and a label, no foreign key, so a record outlives her. Two sources write here: actions
say what was meant, triggers say which rows changed. What may be personal (label, reason, data) can be
erased on a recorded request together with its salt; the rest, and the digest in the seal, stay.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import models
from django.db.models.functions import Now

_visibility: list[Callable[[EventQuerySet, object], EventQuerySet]] = []


class TransactionId(models.Func):
    """The number of the running transaction: which events were there when the chain was sealed."""

    template = "(pg_current_xact_id()::text::bigint)"
    output_field = models.BigIntegerField()


class RandomSalt(models.Func):
    """16 random bytes: without them a digest of few possible contents could be guessed back."""

    template = "(uuid_send(gen_random_uuid()))"
    output_field = models.BinaryField()


class EventQuerySet(models.QuerySet["Event"]):
    def visible_to(self, user: object) -> EventQuerySet:
        """Nobody until a rule is provided."""
        return _visibility[0](self, user) if _visibility else self.none()

    def about(self, subject: models.Model) -> EventQuerySet:
        """The history of one object."""
        return self.filter(subject_type=subject._meta.label_lower, subject_id=str(subject.pk))


def provide_visibility(rule: Callable[[EventQuerySet, object], EventQuerySet]) -> None:
    """Called once at start by the app that knows roles."""
    _visibility[:] = [rule]


class Event(models.Model):
    class Source(models.TextChoices):
        ACTION = "action"
        ROW = "row"

    at = models.DateTimeField(db_default=Now(), db_index=True)
    xid = models.BigIntegerField(db_default=TransactionId(), editable=False)
    source = models.CharField(max_length=6, choices=Source.choices, db_default="action")
    actor_id = models.BigIntegerField(null=True)
    verb = models.CharField(max_length=80)
    subject_type = models.CharField(max_length=80, blank=True)
    subject_id = models.CharField(max_length=64, blank=True)
    # From here on: erasable.
    actor_label = models.CharField(max_length=160, blank=True)
    reason = models.CharField(max_length=1000, blank=True)
    data = models.JSONField(null=True, default=dict)
    salt = models.BinaryField(null=True, db_default=RandomSalt())
    erased_under = models.CharField(max_length=120, blank=True, default="", db_default="")

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "id"], name="audit_event_subject"),
            models.Index(fields=["xid", "id"], name="audit_event_order"),
            models.Index(fields=["actor_id", "id"], name="audit_event_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_type} {self.subject_id}"

    def facts(self) -> dict[str, Any]:
        """The data; empty when it was erased."""
        return self.data or {}
