"""An agency has a stable identity; its names, abbreviation, kind and parent are dated versions."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.scope import scope_of
from nhipcau.core.text import fold, sort_key


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def visible_to(self, user: object) -> OrganisationQuerySet:
        """The agencies' names are known to everyone who works here."""
        return self if scope_of(user).roles else self.none()

    def as_of(self, day: date) -> OrganisationQuerySet:
        """Those that exist on `day`."""
        return self.filter(versions__valid__contains=day)


class Organisation(models.Model):
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OrganisationQuerySet.as_manager()

    def __str__(self) -> str:
        return f"organisation {self.pk}"


class OrganisationVersionQuerySet(models.QuerySet["OrganisationVersion"]):
    def visible_to(self, user: object) -> OrganisationVersionQuerySet:
        """With the agencies."""
        return self if scope_of(user).roles else self.none()


class OrganisationVersion(models.Model):
    class Kind(models.TextChoices):
        PEOPLES_COMMITTEE = "peoples_committee", _("people's committee")
        DEPARTMENT = "department", _("department")
        PARTY = "party", _("party body")
        ASSOCIATION = "association", _("front, union or association")
        FORCE = "force", _("police or military")
        DISTRICT = "district", _("district")
        COMMUNE = "commune", _("commune")
        UNIT = "unit", _("public service unit")
        OTHER = "other", _("other body")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="versions")
    name = models.CharField(_("name"), max_length=200)
    abbreviation = models.CharField(_("abbreviation"), max_length=40, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    code = models.CharField(_("code"), max_length=20, blank=True)
    parent = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="child_versions"
    )
    valid = DateRangeField(_("valid"))
    name_fold = models.CharField(max_length=200, editable=False)
    name_sort = models.CharField(max_length=600, editable=False, db_collation="C")

    objects = OrganisationVersionQuerySet.as_manager()

    class Meta:
        ordering = ["name_sort", "pk"]
        constraints = [
            ExclusionConstraint(
                name="orgs_version_no_overlap",
                expressions=[("organisation", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
            )
        ]
        indexes = [models.Index(fields=["name_fold"], name="orgs_version_name_fold")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name_fold, self.name_sort = fold(self.name), sort_key(self.name)
        super().save(*args, **kwargs)


class Alias(models.Model):
    """Another way in which documents write an agency ("Sở KH&ĐT"), valid for a time."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="aliases")
    text = models.CharField(_("alias"), max_length=200)
    text_fold = models.CharField(max_length=200, editable=False)
    valid = DateRangeField(_("valid"))

    class Meta:
        ordering = ["text_fold", "pk"]
        constraints = [
            ExclusionConstraint(
                name="orgs_alias_no_overlap",
                expressions=[
                    ("organisation", RangeOperators.EQUAL),
                    ("text_fold", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            )
        ]
        indexes = [models.Index(fields=["text_fold"], name="orgs_alias_fold")]

    def __str__(self) -> str:
        return self.text

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.text_fold = fold(self.text)
        super().save(*args, **kwargs)
