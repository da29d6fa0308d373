"""What abbreviations in documents stand for: dated data with a source, which the province extends."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.scope import scope_of
from nhipcau.core.text import fold


def abbreviation_key(text: str) -> str:
    """An abbreviation as it is compared: folded, letters and digits alone ("KH&ĐT" and "KH-ĐT" → "khdt")."""
    return "".join(letter for letter in fold(text) if letter.isalnum())


class AbbreviationQuerySet(models.QuerySet["Abbreviation"]):
    def visible_to(self, user: object) -> AbbreviationQuerySet:
        return self if scope_of(user).roles else self.none()


class Abbreviation(models.Model):
    text = models.CharField(_("abbreviation"), max_length=40)
    key = models.CharField(max_length=40, db_index=True, editable=False)
    expansion = models.CharField(_("stands for"), max_length=200)
    valid = DateRangeField(_("valid"))
    source = models.CharField(_("source"), max_length=300)

    objects = AbbreviationQuerySet.as_manager()

    class Meta:
        ordering = ["key", "pk"]
        constraints = [
            ExclusionConstraint(
                name="reference_abbreviation_no_overlap",
                expressions=[
                    ("key", RangeOperators.EQUAL),
                    ("expansion", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            )
        ]

    def __str__(self) -> str:
        return f"{self.text} = {self.expansion}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = abbreviation_key(self.text)
        super().save(*args, **kwargs)
