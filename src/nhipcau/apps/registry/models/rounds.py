"""Where records come from: a survey campaign with its definitions, or a source that runs all the time."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.orgs.models import Organisation


class RoundQuerySet(models.QuerySet["Round"]):
    def visible_to(self, user: object) -> RoundQuerySet:
        """What was counted, when and how is known to all who work here; it names nobody."""
        return self if scope_of(user).roles else self.none()

    def taking_records(self) -> RoundQuerySet:
        """Those that lists can still be brought into."""
        return self.filter(state=Round.State.OPEN)


class Round(models.Model):
    """A survey campaign. Only rounds of the same `counting` and `groups` are ever compared with one another.

    What it counts is fixed once it is open: figures that stand under one definition get no other one later.
    """

    class Counting(models.TextChoices):
        STOCK = "stock", _("who is abroad on the day")
        CUMULATIVE = "cumulative", _("who is or was abroad up to the day")

    class Groups(models.TextChoices):
        EXCLUSIVE = "exclusive", _("each person in one group")
        OVERLAPPING = "overlapping", _("a person may be in several groups")

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("round", "being prepared")
        OPEN = "open", pgettext_lazy("round", "taking records")
        APPROVED = "approved", pgettext_lazy("round", "approved")

    name = models.CharField(_("name"), max_length=200)
    reference_date = models.DateField(_("reference date"))
    counting = models.CharField(_("what is counted"), max_length=10, choices=Counting.choices)
    groups = models.CharField(_("groups"), max_length=12, choices=Groups.choices)
    source = models.CharField(_("source"), max_length=300)
    units = models.ManyToManyField(Organisation, through="registry.RoundUnit", related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    revision = models.PositiveIntegerField(default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["-reference_date", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="registry_round_approved_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return self.name


class RoundUnit(models.Model):
    """A unit that the round covers: what is said about n of N units is said about these."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="covered")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "organisation"], name="registry_roundunit_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} in round {self.round_id}"


class RunningSourceQuerySet(models.QuerySet["RunningSource"]):
    def visible_to(self, user: object) -> RunningSourceQuerySet:
        """As rounds."""
        return self if scope_of(user).roles else self.none()

    def taking_records(self) -> RunningSourceQuerySet:
        return self.filter(ended_at=None)


class RunningSource(models.Model):
    """A source without a reference date: what relatives' associations or a department send as it comes."""

    class Kind(models.TextChoices):
        COMMUNE = "commune", _("communes")
        ASSOCIATION = "association", _("relatives' associations")
        CONSULAR = "consular", _("diplomatic missions")
        LABOUR = "labour", _("contract workers")
        EDUCATION = "education", _("students")
        MARRIAGE = "marriage", _("marriages with foreigners")
        EARLIER = "earlier", _("an earlier register")
        OTHER = "other", pgettext_lazy("source", "other")

    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_reason = models.CharField(max_length=300, blank=True)

    objects = RunningSourceQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name
