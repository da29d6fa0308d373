"""Open work goes from one person to another, with minutes: what was handed over, and that both said so."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.granting import grantable
from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.models.organisation import Organisation


class HandoverQuerySet(models.QuerySet["Handover"]):
    def visible_to(self, user: object) -> HandoverQuerySet:
        """Those who manage accounts see all; others those in which they are named."""
        if grantable(scope_of(user)):
            return self
        if not isinstance(user, User) or not user.is_active:
            return self.none()
        return self.filter(models.Q(giver=user) | models.Q(receiver=user))


class Handover(models.Model):
    """Nothing moves before both sides said yes; then all of it does, in one transaction."""

    class Why(models.TextChoices):
        LEAVES = "leaves", _("leaves the office")
        MOVES = "moves", _("changes office")
        SHARES = "shares", _("work is divided anew")

    class State(models.TextChoices):
        OPEN = "open", _("waits for both sides")
        DONE = "done", _("handed over")
        CANCELLED = "cancelled", _("called off")

    giver = models.ForeignKey(User, on_delete=models.PROTECT, related_name="handovers_given")
    receiver = models.ForeignKey(User, on_delete=models.PROTECT, related_name="handovers_received")
    # The agency whose minutes these are: a record of its time, it keeps the name it had.
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    why = models.CharField(_("why"), max_length=10, choices=Why.choices)
    remark = models.CharField(_("remark"), max_length=500, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    created_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    # Who said yes for the giver: herself, or the coordinator for one who has left.
    given_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    cancelled_reason = models.CharField(max_length=300, blank=True)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(giver=models.F("receiver")), name="orgs_handover_is_to_another"
            )
        ]

    def __str__(self) -> str:
        return f"handover {self.pk} {self.state}"


class HandedItem(models.Model):
    """A line of the minutes, in the words of the day; `kind` names the register's part that moves it."""

    handover = models.ForeignKey(Handover, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(max_length=40)
    item = models.BigIntegerField()
    words = models.TextField()
    remark = models.CharField(max_length=300, blank=True)
    due_on = models.DateField(null=True, blank=True)
    # False when it was closed or given to somebody else before both sides had said yes.
    moved = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["handover", "kind", "item"], name="orgs_handeditem_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.item}"
