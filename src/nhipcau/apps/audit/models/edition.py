"""Marks of change: which transactions have changed a table. See `audit.editions`."""

from __future__ import annotations

from django.db import models


class Edition(models.Model):
    """One transaction that changed a table. The marks that are in sight name the table's contents in sight.

    Written by trigger; the sweep joins old ones.
    """

    table = models.CharField(max_length=63)
    xact = models.BigIntegerField()
    token = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["table", "xact"], name="audit_edition_once")]

    def __str__(self) -> str:
        return f"{self.table} {self.token}"
