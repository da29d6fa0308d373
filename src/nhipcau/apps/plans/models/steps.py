"""The steps that work takes inside an agency, and which of them an agency uses."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.orgs.models import Appointment, Organisation

Post = Appointment.Post
# The posts that take a step; whoever has none in particular takes each.
POSTS: dict[str, tuple[str, ...]] = {
    "receive": (Post.CLERK, Post.HEAD),
    "assign": (Post.HEAD,),
    "update": (Post.SPECIALIST, Post.HEAD),
    "approve": (Post.HEAD,),
}


class AgencyStepsQuerySet(models.QuerySet["AgencySteps"]):
    def visible_to(self, user: object) -> AgencyStepsQuerySet:
        """Those who oversee see all, officers those of their agency."""
        scope = scope_of(user)
        if scope.has("coordinator", "leader", "reader"):
            return self
        return self.filter(organisation__in=scope.organisations("officer", "commune_officer"))


class AgencySteps(models.Model):
    """An agency without a row uses none of them: whoever works there updates, and what she sends is sent."""

    # Carrying: stays with the organisation; the successor says anew how it works.
    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="agency_steps")
    receives = models.BooleanField(_("the clerk receives"), default=False)
    assigns = models.BooleanField(_("the head assigns a specialist"), default=False)
    approves = models.BooleanField(_("the head approves before a report is sent"), default=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField(auto_now=True)

    objects = AgencyStepsQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.receives} {self.assigns} {self.approves}"
