"""A look at somebody out of one's scope: with a reason, for a short while, told and reviewed."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.registry.models.person import Person
from nhipcau.apps.registry.reach import lookups_seen_by

# The longest that a look lasts, whatever the setting says; the database holds it too.
LONGEST_MINUTES = 60


class DataOfficerQuerySet(models.QuerySet["DataOfficer"]):
    def visible_to(self, user: object) -> DataOfficerQuerySet:
        """Who looks after personal data is known to all who work here."""
        return self if scope_of(user).roles else self.none()


class DataOfficer(models.Model):
    """Who looks after the protection of personal data, by a named paper: told of every look, reviews it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    basis = models.CharField(_("legal basis"), max_length=300)
    valid = DateRangeField(_("valid"))

    objects = DataOfficerQuerySet.as_manager()

    class Meta:
        ordering = ["valid", "pk"]
        constraints = [
            ExclusionConstraint(
                name="registry_dataofficer_no_overlap",
                expressions=[("user", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
            )
        ]

    def __str__(self) -> str:
        return f"data officer {self.user_id}"


class LookUpQuerySet(models.QuerySet["LookUp"]):
    def visible_to(self, user: object) -> LookUpQuerySet:
        """One's own; all to the keeper and to the data officer."""
        return self.filter(lookups_seen_by(user)) if scope_of(user).roles else self.none()

    def to_review(self) -> LookUpQuerySet:
        return self.exclude(person=None).filter(verdict="")


class LookUp(models.Model):
    """One try. `person` is empty where nobody was found; of what was asked nothing is kept then.

    Until `until` row security shows this person's records to the user (registry_looked_up).
    """

    class Reason(models.TextChoices):
        HELP = "help", pgettext_lazy("look-up", "the person asks for help")
        DUPLICATE = "duplicate", pgettext_lazy("look-up", "to tell whether she is registered already")
        DUTY = "duty", pgettext_lazy("look-up", "a task given in writing")
        URGENT = "urgent", pgettext_lazy("look-up", "danger to life or health")

    class By(models.TextChoices):
        YEAR = "year", pgettext_lazy("look-up", "year of birth")
        PHONE = "phone", pgettext_lazy("look-up", "telephone")
        NUMBER = "number", pgettext_lazy("look-up", "identity number")

    class Verdict(models.TextChoices):
        IN_ORDER = "in_order", pgettext_lazy("look-up", "in order")
        MISUSE = "misuse", pgettext_lazy("look-up", "misuse")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=10, choices=Reason.choices)
    words = models.CharField(_("what it is needed for"), max_length=500)
    by = models.CharField(_("known besides the name"), max_length=10, choices=By.choices)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    review_by = models.DateTimeField(null=True, blank=True)
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict.choices, blank=True)
    verdict_words = models.CharField(max_length=500, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)

    objects = LookUpQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["user", "made_at"], name="registry_lookup_of_user")]
        constraints = [
            models.CheckConstraint(
                condition=Q(person=None, until=None, review_by=None)
                | Q(person__isnull=False, until__isnull=False, review_by__isnull=False),
                name="registry_lookup_of_somebody_or_nobody",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__lte=F("made_at") + timedelta(minutes=LONGEST_MINUTES)),
                name="registry_lookup_is_short",
            ),
            models.CheckConstraint(
                condition=Q(verdict="", reviewed_by=None) | (~Q(verdict="") & ~Q(reviewed_by=F("user"))),
                name="registry_lookup_reviewed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"look-up {self.pk} by {self.user_id}"
