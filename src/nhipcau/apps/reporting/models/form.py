"""What a report asks: a form, its versions, the sections of a version, the indicators of a section.

A version in use is frozen: what was asked stays readable beside what was answered. A change is a new version.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.indicators.models import IndicatorVersion
from nhipcau.apps.reporting.models.frozen import FROZEN_PART, FROZEN_SECTION, FROZEN_VERSION
from nhipcau.core.text import fold


class FormQuerySet(models.QuerySet["Form"]):
    def visible_to(self, user: object) -> FormQuerySet:
        """Coordinators see all; everyone else those that have been in use."""
        scope = scope_of(user)
        if scope.has("coordinator"):
            return self
        used = FormVersion.objects.exclude(state=FormVersion.State.DRAFT).order_by().values("form")
        return self.filter(pk__in=used) if scope.roles else self.none()

    def matching(self, words: str) -> FormQuerySet:
        """Every word stands in the title, marks and case aside."""
        found = self
        for word in fold(words).split()[:12]:
            found = found.filter(title_fold__contains=word)
        return found


class Form(models.Model):
    """`title` is what the units read ("Báo cáo công tác người Việt Nam ở nước ngoài")."""

    title = models.CharField(_("title"), max_length=300)
    title_fold = models.CharField(max_length=300, editable=False)
    purpose = models.TextField(_("what it is for"), blank=True)
    # Made on the spot for one request: lists of forms leave it out.
    one_off = models.BooleanField(default=False)
    # Of a form that is shipped with the program: by it the same form is found again.
    code = models.SlugField(max_length=60, null=True, blank=True, unique=True, editable=False)
    # Nobody where it came with the program.
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_reason = models.CharField(max_length=300, blank=True)

    objects = FormQuerySet.as_manager()

    class Meta:
        ordering = ["title_fold", "pk"]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.title_fold = fold(self.title)
        super().save(*args, **kwargs)


class FormVersionQuerySet(models.QuerySet["FormVersion"]):
    def visible_to(self, user: object) -> FormVersionQuerySet:
        """Coordinators see all; everyone else those in use or ended."""
        scope = scope_of(user)
        if scope.has("coordinator"):
            return self
        return self.exclude(state=FormVersion.State.DRAFT) if scope.roles else self.none()


class FormVersion(models.Model):
    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("form", "draft")
        IN_USE = "in_use", pgettext_lazy("form", "in use")
        ENDED = "ended", pgettext_lazy("form", "ended")

    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    # Against the version before; required from the second on.
    change_note = models.TextField(_("what changed"), blank=True)
    # Guidance for the whole form.
    guidance = models.TextField(_("guidance"), blank=True)
    # Counts every change of a draft: who puts it in use names the one she saw.
    revision = models.PositiveIntegerField(default=0)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    put_in_use_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    put_in_use_at = models.DateTimeField(null=True, blank=True)

    objects = FormVersionQuerySet.as_manager()

    class Meta:
        ordering = ["form", "-number"]
        triggers = [FROZEN_VERSION]
        constraints = [
            models.UniqueConstraint(fields=["form", "number"], name="reporting_version_once"),
            models.UniqueConstraint(
                fields=["form"], condition=Q(state="draft"), name="reporting_version_one_draft"
            ),
            models.UniqueConstraint(
                fields=["form"], condition=Q(state="in_use"), name="reporting_version_one_in_use"
            ),
            models.CheckConstraint(
                condition=Q(number=1) | Q(state="draft") | ~Q(change_note=""),
                name="reporting_version_change_note",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form_id} v{self.number}"


class SectionQuerySet(models.QuerySet["Section"]):
    def visible_to(self, user: object) -> SectionQuerySet:
        """With the version."""
        return self.filter(version__in=FormVersion.objects.visible_to(user).order_by().values("pk"))


class Section(models.Model):
    """`key` names the same section in every version, so that periods can be laid side by side."""

    class Kind(models.TextChoices):
        NARRATIVE = "narrative", pgettext_lazy("section", "text")
        TASKS = "tasks", pgettext_lazy("section", "the unit's tasks")
        INDICATORS = "indicators", pgettext_lazy("section", "figures")
        DIFFICULTIES = "difficulties", pgettext_lazy("section", "difficulties and proposals, by addressee")
        ATTACHMENTS = "attachments", pgettext_lazy("section", "attached files")
        HEADING = "heading", pgettext_lazy("section", "heading only")

    version = models.ForeignKey(FormVersion, on_delete=models.CASCADE, related_name="sections")
    key = models.SlugField(max_length=60)
    position = models.PositiveSmallIntegerField()
    # 1 to 3: I., 1., a). The label is computed from the order.
    level = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.NARRATIVE)
    title = models.CharField(_("heading"), max_length=300)
    guidance = models.TextField(_("guidance"), blank=True)
    required = models.BooleanField(_("must be answered"), default=True)
    most_chars = models.PositiveIntegerField(_("at most this many characters"), null=True, blank=True)

    objects = SectionQuerySet.as_manager()

    class Meta:
        ordering = ["version", "position", "pk"]
        triggers = [FROZEN_SECTION]
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="reporting_section_key_once"),
            models.CheckConstraint(condition=Q(level__range=(1, 3)), name="reporting_section_level"),
        ]

    def __str__(self) -> str:
        return self.title


class SectionIndicatorQuerySet(models.QuerySet["SectionIndicator"]):
    def visible_to(self, user: object) -> SectionIndicatorQuerySet:
        """With the section."""
        return self.filter(section__in=Section.objects.visible_to(user).order_by().values("pk"))


class SectionIndicator(models.Model):
    """`splits` are codes of dimensions, some of those that the indicator's version allows. Each is asked
    beside the total, not crossed with the others.
    """

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="indicators")
    indicator = models.ForeignKey(IndicatorVersion, on_delete=models.PROTECT, related_name="asked_in")
    position = models.PositiveSmallIntegerField()
    required = models.BooleanField(_("must be answered"), default=True)
    splits = models.JSONField(default=list, blank=True)

    objects = SectionIndicatorQuerySet.as_manager()

    class Meta:
        ordering = ["section", "position", "pk"]
        triggers = [FROZEN_PART]
        constraints = [
            models.UniqueConstraint(fields=["section", "indicator"], name="reporting_indicator_once")
        ]

    def __str__(self) -> str:
        return f"{self.section_id} {self.indicator_id}"
