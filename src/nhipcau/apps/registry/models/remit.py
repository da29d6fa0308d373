"""Who keeps the register, and which agency works with which group: dated, with the paper that says so."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.orgs.models import Organisation


class Group(models.TextChoices):
    """The five groups of the register. A person may be in several, each with its own dates."""

    FORMER_NATIONAL = "former_national", _("former nationals settled abroad")
    MIGRANT = "migrant", _("settled or living abroad")
    MARRIED = "married", _("married to a foreigner")
    WORKER = "worker", _("working abroad")
    STUDENT = "student", _("studying abroad")


class RemitQuerySet(models.QuerySet["Remit"]):
    def visible_to(self, user: object) -> RemitQuerySet:
        """Who may read people's records is no secret to those who work here."""
        return self if scope_of(user).roles else self.none()


class Remit(models.Model):
    """A body's right to read the register: all of it (`group` empty: it keeps it), or one group.

    Communes need none: they read the records of their own territory. While nobody is named as keeper it is
    the body of the coordinators.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="remits")
    # Empty: the whole register.
    group = models.CharField(_("group"), max_length=16, choices=Group.choices, blank=True)
    basis = models.CharField(_("legal basis"), max_length=300)
    valid = DateRangeField(_("valid"))

    objects = RemitQuerySet.as_manager()

    class Meta:
        ordering = ["group", "pk"]
        constraints = [
            ExclusionConstraint(
                name="registry_remit_no_overlap",
                expressions=[
                    ("organisation", RangeOperators.EQUAL),
                    ("group", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.group or 'all'}"
