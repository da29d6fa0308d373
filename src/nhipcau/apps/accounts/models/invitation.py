"""A way in that was handed out: a link, a mail or a printed slip. The newest one ends those before it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.accounts.models.user import User


class Invitation(models.Model):
    """`digest` is of a slip's code, which is printed once and kept nowhere; empty for links and mails."""

    class Way(models.TextChoices):
        LINK = "link", _("link")
        MAIL = "mail", _("mail")
        SLIP = "slip", _("printed slip")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="invitations")
    way = models.CharField(max_length=10, choices=Way.choices)
    digest = models.CharField(max_length=64, blank=True)
    made_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(used_at=None, ended_at=None),
                name="accounts_invitation_newest_only",
            )
        ]

    def __str__(self) -> str:
        return f"{self.way} for {self.user_id}"
