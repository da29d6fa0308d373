"""One record of a person is somebody else's: taken out, and put back as exactly as it came."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nhipcau.apps.registry.models.person import Person


class TakingOutQuerySet(models.QuerySet["TakingOut"]):
    def visible_to(self, user: object) -> TakingOutQuerySet:
        """With both persons, once there are two."""
        seen = Person.objects.visible_to(user).order_by().values("pk")
        return self.filter(Q(into=None) | Q(into__in=seen), person__in=seen)


class TakingOut(models.Model):
    """`records` go out of `person` and make `into`: who they were before a join, else somebody new.

    `before` is what is needed to put exactly that back: "pairs" that were said to be two by it, as they were
    (each {"pair", "state", "by", "at", "reason"}), "led", where `into` led to, and "merge", by which join.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("waits for a second officer")
        DONE = "done", pgettext_lazy("records", "taken out")
        REFUSED = "refused", pgettext_lazy("records", "refused")
        BACK = "back", pgettext_lazy("records", "put back")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    into = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    records = ArrayField(models.BigIntegerField())
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PROPOSED)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    before = models.JSONField(default=dict, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    back_at = models.DateTimeField(null=True, blank=True)
    back_reason = models.CharField(max_length=300, blank=True)

    objects = TakingOutQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(into=None) | ~Q(person=F("into")), name="registry_takingout_of_two"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("proposed", "refused")) | Q(into__isnull=False),
                name="registry_takingout_leads_somewhere",
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(state="proposed"), name="registry_takingout_proposed_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{len(self.records)} out of {self.person_id}"
