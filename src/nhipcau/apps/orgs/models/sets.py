"""Groups that plans name ("UBND các xã, phường"): a named set, its members by date, phrases meaning it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.orgs.models.organisation import Organisation
from nhipcau.core.text import fold


class OrganisationSetQuerySet(models.QuerySet["OrganisationSet"]):
    def visible_to(self, user: object) -> OrganisationSetQuerySet:
        return self if scope_of(user).roles else self.none()


class OrganisationSet(models.Model):
    """`confirmed_at` is empty until a coordinator has looked at the members once.

    `kinds` are the kinds of organisations that the phrase spoke of, sorted: a second phrase of the same kinds
    ("các sở, ngành" after "các sở, ban, ngành") means the same set.
    """

    name = models.CharField(_("name"), max_length=200)
    name_fold = models.CharField(max_length=200, editable=False)
    kinds = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = OrganisationSetQuerySet.as_manager()

    class Meta:
        ordering = ["name_fold", "pk"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name_fold = fold(self.name)
        super().save(*args, **kwargs)


class SetMember(models.Model):
    set = models.ForeignKey(OrganisationSet, on_delete=models.PROTECT, related_name="members")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    valid = DateRangeField(_("valid"))

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="orgs_member_no_overlap",
                expressions=[
                    ("set", RangeOperators.EQUAL),
                    ("organisation", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} in {self.set_id}"


class SetPhrase(models.Model):
    """A phrase that means the set, folded; unique, so a phrase never means two sets."""

    set = models.ForeignKey(OrganisationSet, on_delete=models.PROTECT, related_name="phrases")
    phrase = models.CharField(max_length=300)
    phrase_fold = models.CharField(max_length=300, unique=True, editable=False)
    # Met while reading a document; nobody has said so by hand.
    read = models.BooleanField(default=False, editable=False)

    def __str__(self) -> str:
        return self.phrase

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.phrase_fold = fold(self.phrase)
        super().save(*args, **kwargs)
