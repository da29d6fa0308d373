"""What is said of a person in a record, and of her as a whole."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nhipcau.apps.orgs.models import Organisation
from nhipcau.apps.registry.models.remit import Group


class Sex(models.TextChoices):
    MALE = "M", pgettext_lazy("sex", "male")
    FEMALE = "F", pgettext_lazy("sex", "female")


class Basis(models.TextChoices):
    """Who vouches for what a record says, the surest first."""

    PERSON = "person", _("by the person")
    DOCUMENT = "document", _("by a document")
    RELATIVE = "relative", _("by a relative")
    UNVERIFIED = "unverified", _("not verified")


class Described(models.Model):
    """`birth` is a date as far as it is known; she lives in `country` and comes from `place`."""

    name = models.CharField(_("name"), max_length=200, blank=True)
    foreign_name = models.CharField(_("foreign name"), max_length=200, blank=True)
    sex = models.CharField(_("sex"), max_length=1, choices=Sex.choices, blank=True)
    birth = models.CharField(_("born"), max_length=10, blank=True)
    place = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("origin"),
    )
    country = models.CharField(_("country"), max_length=2, blank=True)
    groups = ArrayField(
        models.CharField(max_length=16, choices=Group.choices),
        default=list,
        blank=True,
        verbose_name=_("groups"),
    )
    basis = models.CharField(
        _("verification"), max_length=10, choices=Basis.choices, default=Basis.UNVERIFIED
    )

    class Meta:
        abstract = True
