"""Rows of files that have left the register and may not be used any more: who has them is to be told."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.registry.models.export import Export
from nhipcau.apps.registry.reach import recalls_seen_by


class RecallQuerySet(models.QuerySet["Recall"]):
    def visible_to(self, user: object) -> RecallQuerySet:
        """With the export: who asked for it, the keeper, the data officer."""
        return self.filter(recalls_seen_by(user)) if scope_of(user).roles else self.none()

    def standing(self) -> RecallQuerySet:
        """Of which nobody was told yet."""
        return self.filter(told_at=None)


class Recall(models.Model):
    """One row of a file that was downloaded: told by its line, as no name stays of the erased."""

    class Why(models.TextChoices):
        RESTRICTED = "restricted", pgettext_lazy("recall", "the use of the data was restricted")
        WITHDRAWN = "withdrawn", pgettext_lazy("recall", "the consent was withdrawn")
        ERASED = "erased", pgettext_lazy("recall", "the person was erased")

    export = models.ForeignKey(Export, on_delete=models.PROTECT, related_name="recalls")
    line = models.PositiveIntegerField(_("row in the file"))
    why = models.CharField(_("why"), max_length=10, choices=Why.choices)
    made_at = models.DateTimeField(auto_now_add=True)
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    told_at = models.DateTimeField(null=True, blank=True)
    how = models.CharField(_("who was told, and how"), max_length=300, blank=True)

    objects = RecallQuerySet.as_manager()

    class Meta:
        ordering = ["export", "line", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["export", "line", "why"], condition=Q(told_at=None), name="registry_recall_once"
            ),
            models.CheckConstraint(
                condition=Q(told_at=None, told_by=None) | Q(told_at__isnull=False, told_by__isnull=False),
                name="registry_recall_told_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"recall {self.pk}"
