"""The duty of units to issue a plan of their own, and which of them have."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.files.models import Upload
from nhipcau.apps.orgs.models import Organisation, OrganisationSet
from nhipcau.apps.plans.models.document import Document


class OwnPlanDutyQuerySet(models.QuerySet["OwnPlanDuty"]):
    def visible_to(self, user: object) -> OwnPlanDutyQuerySet:
        """With the plan: everybody who works here sees who has issued."""
        return self.filter(document__in=Document.objects.visible_to(user).order_by().values("pk"))


class OwnPlanDuty(models.Model):
    """A plan orders units to issue their own. Its units are rows of OwnPlan, made when it is stated."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="own_plan_duties")
    phrase = models.TextField(_("words of the plan"), blank=True)
    # Who must: a group as of the plan's day; empty: all who are charged with a task of it.
    set = models.ForeignKey(
        OrganisationSet, null=True, blank=True, on_delete=models.PROTECT, related_name="own_plan_duties"
    )
    due_on = models.DateField(_("due"), null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OwnPlanDutyQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"own plans under {self.document_id}"


class OwnPlanQuerySet(models.QuerySet["OwnPlan"]):
    def visible_to(self, user: object) -> OwnPlanQuerySet:
        """With the duty."""
        return self.filter(duty__in=OwnPlanDuty.objects.visible_to(user).order_by().values("pk"))

    def issued(self) -> OwnPlanQuerySet:
        return self.filter(issued_on__isnull=False)

    def missing(self) -> OwnPlanQuerySet:
        return self.filter(issued_on=None, excused_reason="")


class OwnPlan(models.Model):
    """One unit under the duty: number and day of its plan, or nothing yet, or why it need not."""

    duty = models.ForeignKey(OwnPlanDuty, on_delete=models.CASCADE, related_name="units")
    # Carrying: a unit that has not issued yet hands the duty to its successor.
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="own_plans")
    number = models.CharField(_("number"), max_length=60, blank=True)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    title = models.CharField(_("title"), max_length=300, blank=True)
    upload = models.ForeignKey(Upload, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    link = models.URLField(_("link"), max_length=300, blank=True)
    # The paper that the unit's own tasks come from, made with the first of them: numbers are not unique.
    source = models.OneToOneField(
        Document, null=True, blank=True, on_delete=models.SET_NULL, related_name="own_plan"
    )
    excused_reason = models.CharField(max_length=300, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField(null=True, blank=True)

    objects = OwnPlanQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["duty", "organisation"], name="plans_own_plan_once"),
            models.CheckConstraint(
                condition=Q(issued_on=None) | Q(excused_reason=""), name="plans_own_plan_issued_or_excused"
            ),
        ]

    def __str__(self) -> str:
        return self.number or str(self.organisation_id)

    @property
    def late(self) -> bool:
        """Issued after its due date."""
        return bool(self.issued_on and self.duty.due_on and self.issued_on > self.duty.due_on)
