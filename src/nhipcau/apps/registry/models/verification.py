"""Who confirmed what is known of a person, and until when that holds; and that her data rest for a time."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.registry.models.described import Basis
from nhipcau.apps.registry.models.person import Person
from nhipcau.apps.registry.reach import memberships_seen_by


class VerificationQuerySet(models.QuerySet["Verification"]):
    def visible_to(self, user: object) -> VerificationQuerySet:
        """With the person."""
        return self.filter(memberships_seen_by(user))

    def standing(self) -> VerificationQuerySet:
        return self.filter(ended_at=None)


class Verification(models.Model):
    """By the person, by a document or by a relative; what a relative said holds until `expires_on`.

    `ended_at` is when it stopped to hold: it expired, or an officer took it back with a reason.
    """

    KINDS = tuple(choice for choice in Basis.choices if choice[0] != Basis.UNVERIFIED)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="verifications")
    by = models.CharField(_("confirmed"), max_length=10, choices=KINDS)
    verified_on = models.DateField(_("confirmed on"))
    evidence = models.CharField(_("evidence"), max_length=300, blank=True)
    # The first day on which it holds no more.
    expires_on = models.DateField(_("holds until"), null=True, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    # Nobody when it expired.
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_reason = models.CharField(max_length=300, blank=True)

    objects = VerificationQuerySet.as_manager()

    class Meta:
        ordering = ["-verified_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(by="relative", expires_on__isnull=False, expires_on__gt=F("verified_on"))
                | (~Q(by="relative") & Q(expires_on=None)),
                name="registry_verification_of_a_relative_expires",
            )
        ]
        indexes = [
            models.Index(
                fields=["person"], condition=Q(ended_at=None), name="registry_verification_standing"
            ),
            models.Index(
                fields=["expires_on"], condition=Q(ended_at=None), name="registry_verification_expiring"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.by} for person {self.person_id}"


class RestrictionQuerySet(models.QuerySet["Restriction"]):
    def visible_to(self, user: object) -> RestrictionQuerySet:
        """With the person; of one who is restricted that is the keeper."""
        return self.filter(memberships_seen_by(user))

    def standing(self) -> RestrictionQuerySet:
        return self.filter(lifted_at=None)


class Restriction(models.Model):
    """While it stands the person's data are kept and not used: nobody but the keeper sees that she is there.

    `Person.restricted_at` follows from it (registry.deriving), also for whom she was joined to.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="restrictions")
    since = models.DateTimeField(auto_now_add=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    lifted_reason = models.CharField(max_length=300, blank=True)

    objects = RestrictionQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(lifted_at=None), name="registry_restriction_once"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at=None) | Q(lifted_by__isnull=False),
                name="registry_restriction_lifted_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"restriction of person {self.person_id}"
