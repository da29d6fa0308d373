"""One definition of an indicator; what has been in use is frozen, a change makes the next version."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.indicators.models.frozen import FROZEN_VERSION, KEPT_VERSION
from nhipcau.apps.indicators.models.indicator import Indicator
from nhipcau.core.text import fold

SEARCHED_WORDS = 8


class VersionState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("definition", "draft")
    IN_USE = "in_use", pgettext_lazy("definition", "in use")
    ENDED = "ended", pgettext_lazy("definition", "ended")


class IndicatorVersionQuerySet(models.QuerySet["IndicatorVersion"]):
    def visible_to(self, user: object) -> IndicatorVersionQuerySet:
        """Everybody who works here reads definitions that are or were in use; drafts, who writes them."""
        scope = scope_of(user)
        if scope.has("coordinator"):
            return self
        return self.exclude(state=VersionState.DRAFT) if scope.roles else self.none()

    def in_use(self) -> IndicatorVersionQuerySet:
        return self.filter(state=VersionState.IN_USE)

    def matching(self, words: str) -> IndicatorVersionQuerySet:
        """Every word stands in name, definition or unit, marks and case aside."""
        found = self
        for word in fold(words).split()[:SEARCHED_WORDS]:
            found = found.filter(text_fold__contains=word)
        return found


class IndicatorVersion(models.Model):
    """`over_units` and `over_time` say how values of units and of periods become one; a ratio is computed
    from the sums of its parts. `splits` are codes of dimensions (indicators.splits).
    """

    State = VersionState

    class Kind(models.TextChoices):
        COUNT = "count", pgettext_lazy("indicator", "count")
        MONEY = "money", pgettext_lazy("indicator", "money")
        PERCENT = "percent", pgettext_lazy("indicator", "percent")
        RATIO = "ratio", pgettext_lazy("indicator", "ratio")

    class OverUnits(models.TextChoices):
        SUM = "sum", pgettext_lazy("over units", "sum of the units")
        AVERAGE = "average", pgettext_lazy("over units", "average of the units")
        MAX = "max", pgettext_lazy("over units", "largest of the units")
        NONE = "none", pgettext_lazy("over units", "not added up")

    class OverTime(models.TextChoices):
        SUM = "sum", pgettext_lazy("over time", "sum of the periods")
        LAST = "last", pgettext_lazy("over time", "as at the end of the last period")
        MAX = "max", pgettext_lazy("over time", "largest of the periods")
        AVERAGE = "average", pgettext_lazy("over time", "average of the periods")
        NONE = "none", pgettext_lazy("over time", "not added up")

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    name = models.CharField(_("name"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    definition = models.TextField(_("definition"))
    definition_en = models.TextField(_("definition in English"), blank=True)
    unit = models.CharField(pgettext_lazy("measure", "unit"), max_length=40)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.COUNT)
    decimals = models.PositiveSmallIntegerField(_("decimals"), default=0)
    over_units = models.CharField(
        _("over units"), max_length=10, choices=OverUnits.choices, default=OverUnits.SUM
    )
    over_time = models.CharField(
        _("over time"), max_length=10, choices=OverTime.choices, default=OverTime.SUM
    )
    splits = models.JSONField(_("splits"), default=list, blank=True)
    numerator = models.ForeignKey(
        Indicator, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    denominator = models.ForeignKey(
        Indicator, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    source = models.CharField(_("source"), max_length=500, blank=True)
    change_note = models.TextField(_("what changed"), blank=True)
    # Whether its figures may be compared with those of the version before.
    comparable = models.BooleanField(_("comparable with the version before"), default=True)
    state = models.CharField(max_length=10, choices=VersionState.choices, default=VersionState.DRAFT)
    text_fold = models.TextField(blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    in_use_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_reason = models.CharField(max_length=300, blank=True)

    objects = IndicatorVersionQuerySet.as_manager()

    class Meta:
        ordering = ["indicator", "number"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "number"], name="indicators_version_number"),
            models.UniqueConstraint(
                fields=["indicator"], condition=Q(state="in_use"), name="indicators_one_in_use"
            ),
            models.UniqueConstraint(
                fields=["indicator"], condition=Q(state="draft"), name="indicators_one_draft"
            ),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(change_note=""), name="indicators_change_is_explained"
            ),
            models.CheckConstraint(
                condition=~Q(kind="ratio") | Q(numerator__isnull=False, denominator__isnull=False),
                name="indicators_ratio_has_parts",
            ),
            models.CheckConstraint(condition=Q(decimals__lte=6), name="indicators_few_decimals"),
        ]
        triggers = [FROZEN_VERSION, KEPT_VERSION]

    def __str__(self) -> str:
        return f"{self.name} ({self.number})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.text_fold = fold(f"{self.name} {self.name_en} {self.unit} {self.definition} {self.source}")
        super().save(*args, **kwargs)
