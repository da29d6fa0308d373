"""The outbox: a mail is a row, made in the transaction of what it tells; a job sends it.

Before the mail is handed over its row says so. A row that stays so belongs to a process that ended: whether
the mail left nobody knows, so it is never sent again by itself. A person decides.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nhipcau.apps.access.scope import scope_of


class MailQuerySet(models.QuerySet["Mail"]):
    def visible_to(self, user: object) -> MailQuerySet:
        """The system administrator sees to whom and how it went; no page shows what stood in it."""
        return self if scope_of(user).has("system_admin") else self.none()

    def undecided_first(self) -> MailQuerySet:
        """Those a person has to decide on, then the newest."""
        undecided = models.Case(
            models.When(state=Mail.State.UNCLEAR, then=0),
            models.When(state=Mail.State.FAILED, then=1),
            default=2,
        )
        return self.order_by(undecided, "-created_at", "pk")

    def to_send(self) -> MailQuerySet:
        """Those whose time has come, the oldest first."""
        return self.filter(state=Mail.State.WAITING, not_before__lte=timezone.now()).order_by(
            "not_before", "created_at"
        )


class Mail(models.Model):
    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("mail", "waiting")
        SENDING = "sending", pgettext_lazy("mail", "being sent")
        SENT = "sent", pgettext_lazy("mail", "sent")
        # It was being sent when the process or the line broke: it may have left, or not.
        UNCLEAR = "unclear", pgettext_lazy("mail", "unclear")
        FAILED = "failed", pgettext_lazy("mail", "refused")
        WITHDRAWN = "withdrawn", pgettext_lazy("mail", "not needed any more")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    # One mail a person and key: "digest:2026-11-23".
    key = models.CharField(max_length=120)
    # The same in every try, so that a server that got it twice can drop one.
    message_id = models.CharField(max_length=200)
    # What the kind's templates print; emptied when it was sent.
    content = models.JSONField(default=dict)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    created_at = models.DateTimeField(auto_now_add=True)
    not_before = models.DateTimeField(default=timezone.now)
    tries = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    # The kind of error, never its words: they may carry an address.
    cause = models.CharField(max_length=120, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["recipient", "key"], name="notices_mail_once")]
        indexes = [
            models.Index(fields=["not_before"], name="notices_mail_waiting", condition=Q(state="waiting")),
            models.Index(fields=["state", "-created_at"], name="notices_mail_state"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.state}"
