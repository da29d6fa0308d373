"""Countries and territories: ISO 3166 codes with the names that Vietnamese officials use, by date."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.scope import scope_of
from nhipcau.core.text import fold, sort_key

SEARCHED_WORDS = 6


class CountryQuerySet(models.QuerySet["Country"]):
    def visible_to(self, user: object) -> CountryQuerySet:
        return self if scope_of(user).roles else self.none()

    def current(self) -> CountryQuerySet:
        """The names that hold today and later."""
        return self.filter(valid__endswith=None)

    def matching(self, words: str) -> CountryQuerySet:
        """Every word stands in a name, another name or the code; marks do not matter."""
        found = self
        for word in fold(words).split()[:SEARCHED_WORDS]:
            found = found.filter(text_fold__contains=word)
        return found


class Country(models.Model):
    """`aliases` are other ways to write it, "; " between them."""

    code = models.CharField(_("country code"), max_length=2)
    name = models.CharField(_("name"), max_length=100)
    name_en = models.CharField(_("name in English"), max_length=100)
    aliases = models.TextField(_("other names"), blank=True)
    valid = DateRangeField(_("valid"))
    source = models.CharField(_("source"), max_length=300)
    text_fold = models.TextField(editable=False)
    # In the order of the Vietnamese alphabet, byte by byte.
    sort = models.CharField(max_length=600, db_collation="C", editable=False)

    objects = CountryQuerySet.as_manager()

    class Meta:
        ordering = ["sort", "pk"]
        constraints = [
            ExclusionConstraint(
                name="reference_country_no_overlap",
                expressions=[("code", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def label(self) -> str:
        """The name in the language of the page."""
        return self.name if (get_language() or "vi").startswith("vi") else self.name_en

    def prepare(self) -> None:
        """Folded words and sort key, for rows that are written in bulk."""
        self.text_fold = fold(f"{self.code} {self.name} {self.name_en} {self.aliases}")
        self.sort = sort_key(self.name)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.prepare()
        super().save(*args, **kwargs)
