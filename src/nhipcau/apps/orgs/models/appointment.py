"""A role is held by appointment: user × role × unit × period. A leaver's ends, it is not deleted."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.granting import grantable
from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.models.organisation import Organisation


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def visible_to(self, user: object) -> AppointmentQuerySet:
        """Those who may give roles see all, others their own."""
        if grantable(scope_of(user)):
            return self
        if not isinstance(user, User) or not user.is_active:
            return self.none()
        return self.filter(user=user)


class Appointment(models.Model):
    class Role(models.TextChoices):
        SYSTEM_ADMIN = "system_admin", _("system administrator")
        COORDINATOR = "coordinator", _("coordinator")
        LEADER = "leader", _("leader")
        OFFICER = "officer", _("officer of an agency")
        COMMUNE_OFFICER = "commune_officer", _("commune officer")
        READER = "reader", _("reader")

    class Post(models.TextChoices):
        """What she does in the work inside the agency; blank: everything, as in a small one."""

        CLERK = "clerk", _("clerk")
        HEAD = "head", _("head of the agency")
        SPECIALIST = "specialist", _("specialist")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="appointments")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="appointments")
    post = models.CharField(_("post"), max_length=12, choices=Post.choices, blank=True)
    valid = DateRangeField(_("valid"))
    ended_reason = models.CharField(max_length=300, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="orgs_appointment_no_overlap",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("organisation", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            )
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.user_id} @ {self.organisation_id}"
