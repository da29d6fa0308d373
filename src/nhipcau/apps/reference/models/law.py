"""Dated knowledge about legal documents: which was replaced, by what, when, and who says so."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.scope import scope_of
from nhipcau.core.text import fold


def number_key(number: str) -> str:
    """A document's number as citations compare it: folded, without spaces ("36- NQ/TW" → "36-nq/tw")."""
    return re.sub(r"\s+", "", fold(number))[:60]


class LawChangeQuerySet(models.QuerySet["LawChange"]):
    def visible_to(self, user: object) -> LawChangeQuerySet:
        return self if scope_of(user).roles else self.none()

    def current(self) -> LawChangeQuerySet:
        """Those not taken back."""
        return self.filter(ended_at=None)

    def of(self, number: str, issued_on: date | None) -> LawChangeQuerySet:
        """Changes of the document with this number; where both dates are known they must agree, since
        numbers repeat.
        """
        same = self.filter(number_key=number_key(number))
        return same if issued_on is None else same.filter(Q(issued_on=None) | Q(issued_on=issued_on))


class LawChange(models.Model):
    class Effect(models.TextChoices):
        REPLACED = "replaced", _("replaced")
        AMENDED = "amended", _("amended")
        EXPIRED = "expired", _("expired")

    number = models.CharField(_("number"), max_length=60)
    # As citations are compared: folded, without spaces ("36-nq/tw").
    number_key = models.CharField(max_length=60, db_index=True, editable=False)
    title = models.CharField(_("title"), max_length=300, blank=True)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    effect = models.CharField(_("effect"), max_length=10, choices=Effect.choices)
    successor = models.CharField(_("successor"), max_length=60, blank=True)
    effective_on = models.DateField(_("effective on"))
    source = models.CharField(_("source"), max_length=300)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = LawChangeQuerySet.as_manager()

    class Meta:
        ordering = ["effective_on", "pk"]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.number_key = number_key(self.number)
        super().save(*args, **kwargs)

    def __str__(self) -> str:
        return f"{self.number} {self.effect} {self.effective_on}"
