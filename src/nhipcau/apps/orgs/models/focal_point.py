"""Whom to ring up: the focal points that each agency names and keeps. For all who work here, not public."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.models.organisation import Organisation
from nhipcau.core.text import fold, sort_key


class FocalPointQuerySet(models.QuerySet["FocalPoint"]):
    def visible_to(self, user: object) -> FocalPointQuerySet:
        """Everyone with a role."""
        return self if scope_of(user).roles else self.none()

    def on(self, day: date) -> FocalPointQuerySet:
        """Those of the day."""
        return self.filter(valid__contains=day)


class FocalPoint(models.Model):
    # A focal point goes to the successor with her agency's open work; the row stays with the old one too.
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="focal_points")
    full_name = models.CharField(_("full name"), max_length=120)
    position = models.CharField(_("position"), max_length=120, blank=True)
    phone = models.CharField(_("telephone"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    matter = models.CharField(_("for which matter"), max_length=200, blank=True)
    valid = DateRangeField(_("valid"))
    entered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(auto_now_add=True)
    name_fold = models.CharField(max_length=120, editable=False)
    matter_fold = models.CharField(max_length=200, blank=True, default="", editable=False)
    name_sort = models.CharField(max_length=400, editable=False, db_collation="C")

    objects = FocalPointQuerySet.as_manager()

    class Meta:
        ordering = ["name_sort", "pk"]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name_fold, self.name_sort = fold(self.full_name), sort_key(self.full_name)
        self.matter_fold = fold(self.matter)[:200]
        super().save(*args, **kwargs)
