"""What people say about a task, and who wants to hear of it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.accounts.models import User
from nhipcau.apps.plans.models.task import Task


class CommentQuerySet(models.QuerySet["Comment"]):
    def visible_to(self, user: object) -> CommentQuerySet:
        """With the task: everybody who sees it reads them."""
        return self.filter(task__in=Task.objects.visible_to(user).order_by().values("pk"))


class Comment(models.Model):
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="comments")
    text = models.TextField(_("comment"))
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:80]


class FollowingQuerySet(models.QuerySet["Following"]):
    def visible_to(self, user: object) -> FollowingQuerySet:
        """One's own."""
        if not isinstance(user, User) or not user.is_active:
            return self.none()
        return self.filter(user=user, task__in=Task.objects.visible_to(user).order_by().values("pk"))


class Following(models.Model):
    """Who gets a notice of what happens in a task, though it may be nobody's business of hers."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="followings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="followings")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FollowingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "user"], name="plans_following_once")]

    def __str__(self) -> str:
        return f"{self.user_id} → {self.task_id}"
