"""What a province counts: an indicator keeps its code for ever, its definition comes in versions."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nhipcau.apps.access.scope import scope_of


class Topic(models.TextChoices):
    """What lists are grouped by, in this order."""

    PEOPLE = "people", _("people abroad")
    TALENTS = "talents", _("experts and talents")
    INVESTMENT = "investment", _("investment and trade")
    PROTECTION = "protection", _("protection of citizens")
    LABOUR = "labour", _("labour and study abroad")
    CULTURE = "culture", _("culture, sport and events")
    AID = "aid", _("aid, charity, remittances")
    IDEAS = "ideas", _("ideas and proposals")
    RELATIONS = "relations", _("external relations")
    MEDIA = "media", _("information and media")
    LAW = "law", _("law and procedures")
    TRAINING = "training", _("training of staff")
    COMMENDATION = "commendation", _("commendation")
    TASKS = "tasks", _("tasks of plans")
    OTHER = "other", pgettext_lazy("topic", "other")


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    def visible_to(self, user: object) -> IndicatorQuerySet:
        """Everybody who works here reads definitions; what is a draft alone, who writes them."""
        scope = scope_of(user)
        if scope.has("coordinator"):
            return self
        if not scope.roles:
            return self.none()
        decided = Indicator.objects.filter(versions__state__in=("in_use", "ended"))
        return self.filter(pk__in=decided.order_by().values("pk"))

    def current(self) -> IndicatorQuerySet:
        """Those that have not ended."""
        return self.filter(ended_at=None)


class Indicator(models.Model):
    """`code` names it in files and to other instances, and never changes."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    topic = models.CharField(
        pgettext_lazy("indicator", "topic"), max_length=20, choices=Topic.choices, default=Topic.OTHER
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_reason = models.CharField(max_length=300, blank=True)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.code
