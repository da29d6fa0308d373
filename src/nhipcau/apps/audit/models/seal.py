"""The chain: each event's digest, and a link that holds the event, its place and all links before."""

from __future__ import annotations

from django.db import models


class Seal(models.Model):
    """No foreign key: a seal stands when its event is gone, which is how that is found."""

    position = models.BigIntegerField(primary_key=True)
    event_id = models.BigIntegerField(unique=True)
    payload_digest = models.BinaryField()
    link = models.BinaryField()

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.position}: event {self.event_id}"


class Batch(models.Model):
    """One run of the sealing job. Every transaction before `horizon` had ended and is sealed."""

    last_position = models.BigIntegerField(unique=True)
    horizon = models.BigIntegerField()
    sealed_at = models.DateTimeField()

    class Meta:
        ordering = ["last_position"]

    def __str__(self) -> str:
        return f"to {self.last_position} at {self.sealed_at}"
