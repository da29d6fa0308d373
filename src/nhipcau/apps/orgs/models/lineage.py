"""Who came out of whom: N:M edges between bodies, each with its day and its legal basis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.orgs.models.organisation import Organisation

if TYPE_CHECKING:
    from datetime import date

    from nhipcau.apps.orgs.models.restructuring import Restructuring  # noqa: F401


class LineageQuerySet(models.QuerySet["Lineage"]):
    def visible_to(self, user: object) -> LineageQuerySet:
        """With the agencies."""
        return self if scope_of(user).roles else self.none()

    def until(self, day: date) -> LineageQuerySet:
        """Those in effect on the day."""
        return self.filter(effective_on__lte=day)


class Lineage(models.Model):
    """One edge. A body that ended without anyone in its place has an edge to nobody.

    A merger of two into a third is two edges; a division of one into two as well. A renaming leads from a
    body to itself when it only got a new version, and to another one where sources give both an identity.
    A function that moved leaves its giver in being.
    """

    class Kind(models.TextChoices):
        MERGE = "merge", _("merged")
        SPLIT = "split", _("divided")
        RENAME = "rename", _("renamed")
        ABOLISH = "abolish", _("abolished")
        MOVE_FUNCTION = "move_function", _("function moved")

    predecessor = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="origins"
    )
    kind = models.CharField(_("kind"), max_length=13, choices=Kind.choices)
    effective_on = models.DateField(_("effective on"))
    # Quoted as the source has it; number and day of the document belong to it.
    legal_basis = models.TextField(_("legal basis"), blank=True)
    # What moved, in words; of a division what this successor took over.
    function = models.TextField(_("function"), blank=True)
    # The act that made it; empty for loaded data.
    restructuring = models.ForeignKey(
        "orgs.Restructuring", null=True, blank=True, on_delete=models.PROTECT, related_name="edges"
    )

    objects = LineageQuerySet.as_manager()

    class Meta:
        ordering = ["effective_on", "pk"]
        indexes = [models.Index(fields=["effective_on"], name="orgs_lineage_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor", "kind", "effective_on", "function"],
                nulls_distinct=False,
                name="orgs_lineage_once",
            ),
            models.CheckConstraint(
                condition=Q(kind="abolish") | Q(successor__isnull=False), name="orgs_lineage_leads_somewhere"
            ),
            models.CheckConstraint(
                condition=Q(kind="rename") | Q(successor=None) | ~Q(successor=F("predecessor")),
                name="orgs_lineage_not_to_itself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.successor_id} ({self.kind} {self.effective_on})"
