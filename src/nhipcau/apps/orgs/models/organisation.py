"""An agency, place or partner has a stable identity; names, abbreviation, kind, code and parent are dated
versions.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.orgs.models.home import of_our_province
from nhipcau.core.text import fold, sort_key


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def visible_to(self, user: object) -> OrganisationQuerySet:
        """The agencies' names are known to everyone who works here."""
        return self if scope_of(user).roles else self.none()

    def as_of(self, day: date) -> OrganisationQuerySet:
        """Those that exist on `day`."""
        return self.filter(versions__valid__contains=day)

    def working(self, day: date) -> OrganisationQuerySet:
        """Those of `day` that get tasks and appointments: agencies, and communes and districts of our own."""
        # A set, not EXISTS: that one would look for our province again for every row.
        held = OrganisationVersion.objects.working().filter(valid__contains=day)
        return self.filter(pk__in=held.order_by().values("organisation"))


class Organisation(models.Model):
    """`realm` never changes: what it is decides in which lists it stands and who may be appointed there."""

    class Realm(models.TextChoices):
        AGENCY = "agency", _("agency")
        PLACE = "place", _("administrative unit")
        PARTNER = "partner", _("partner outside the agencies")

    realm = models.CharField(_("realm"), max_length=10, choices=Realm.choices, default=Realm.AGENCY)
    # Which unit of the shipped tables (core.places) it is; empty for what was entered by hand.
    unit_key = models.CharField(max_length=20, null=True, blank=True, unique=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OrganisationQuerySet.as_manager()

    def __str__(self) -> str:
        return f"organisation {self.pk}"


class OrganisationVersionQuerySet(models.QuerySet["OrganisationVersion"]):
    def visible_to(self, user: object) -> OrganisationVersionQuerySet:
        """With the agencies."""
        return self if scope_of(user).roles else self.none()

    def working(self) -> OrganisationVersionQuerySet:
        """Versions of working units: agencies, and the communes and districts of our own province.

        A place of no recorded parent was entered by hand for this province. Other provinces' places and
        partners get no tasks and no appointments.
        """
        ours = Q(parent=None) | Q(parent__in=of_our_province())
        return self.filter(
            Q(organisation__realm=Organisation.Realm.AGENCY)
            | Q(organisation__realm=Organisation.Realm.PLACE, kind__in=WORKING_PLACES) & ours
        )


class OrganisationVersion(models.Model):
    """`unit_type` is what a place is called ("phường"), its kind the tier.

    The code is that of its time: codes are given anew under other names, so nothing is found by code alone.
    """

    class Kind(models.TextChoices):
        PEOPLES_COMMITTEE = "peoples_committee", _("people's committee")
        DEPARTMENT = "department", _("department")
        PARTY = "party", _("party body")
        ASSOCIATION = "association", _("front, union or association")
        FORCE = "force", _("police or military")
        DISTRICT = "district", _("district")
        COMMUNE = "commune", _("commune")
        UNIT = "unit", _("public service unit")
        OTHER = "other", _("other body")
        PROVINCE = "province", _("province")
        ENTERPRISE = "enterprise", _("enterprise")
        ASSOCIATION_ABROAD = "association_abroad", _("association abroad")
        RELATIVES = "relatives", _("relatives' association")
        MISSION = "mission", _("diplomatic mission")
        MEDIA = "media", _("news organisation")
        FOREIGN_LOCALITY = "foreign_locality", _("foreign locality")
        OTHER_PARTNER = "other_partner", _("other partner")

    class UnitType(models.TextChoices):
        PROVINCE = "province", pgettext_lazy("unit", "province")
        CITY = "city", pgettext_lazy("unit", "city")
        URBAN_DISTRICT = "urban_district", pgettext_lazy("unit", "urban district")
        RURAL_DISTRICT = "rural_district", pgettext_lazy("unit", "rural district")
        DISTRICT_TOWN = "district_town", pgettext_lazy("unit", "district town")
        PROVINCIAL_CITY = "provincial_city", pgettext_lazy("unit", "provincial city")
        COMMUNE = "commune", pgettext_lazy("unit", "commune")
        WARD = "ward", pgettext_lazy("unit", "ward")
        TOWNSHIP = "township", pgettext_lazy("unit", "township")
        SPECIAL_ZONE = "special_zone", pgettext_lazy("unit", "special zone")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="versions")
    name = models.CharField(_("name"), max_length=200)
    abbreviation = models.CharField(_("abbreviation"), max_length=40, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    unit_type = models.CharField(_("type of unit"), max_length=20, choices=UnitType.choices, blank=True)
    code = models.CharField(_("code"), max_length=20, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    parent = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="child_versions"
    )
    valid = DateRangeField(_("valid"))
    name_fold = models.CharField(max_length=200, editable=False)
    name_sort = models.CharField(max_length=600, editable=False, db_collation="C")

    objects = OrganisationVersionQuerySet.as_manager()

    class Meta:
        ordering = ["name_sort", "pk"]
        constraints = [
            ExclusionConstraint(
                name="orgs_version_no_overlap",
                expressions=[("organisation", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
            )
        ]
        indexes = [models.Index(fields=["name_fold"], name="orgs_version_name_fold")]

    def __str__(self) -> str:
        return self.name

    @property
    def last_day(self) -> date | None:
        """The last day on which it holds; None while no end is known."""
        upper = self.valid.upper
        return upper - timedelta(days=1) if upper is not None else None

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.with_keys()
        super().save(*args, **kwargs)

    def with_keys(self) -> OrganisationVersion:
        """Itself, ready to be written in bulk."""
        self.name_fold, self.name_sort = fold(self.name), sort_key(self.name)
        return self


_KIND = OrganisationVersion.Kind
PLACES = (_KIND.PROVINCE, _KIND.DISTRICT, _KIND.COMMUNE)
WORKING_PLACES = (_KIND.DISTRICT, _KIND.COMMUNE)
PARTNERS = (
    _KIND.ENTERPRISE,
    _KIND.ASSOCIATION_ABROAD,
    _KIND.RELATIVES,
    _KIND.MISSION,
    _KIND.MEDIA,
    _KIND.FOREIGN_LOCALITY,
    _KIND.OTHER_PARTNER,
)
AGENCIES = tuple(kind for kind in _KIND if kind not in (*PLACES, *PARTNERS))
KINDS = {
    Organisation.Realm.AGENCY: AGENCIES,
    Organisation.Realm.PLACE: PLACES,
    Organisation.Realm.PARTNER: PARTNERS,
}


def realm_of(kind: str) -> Organisation.Realm:
    """The realm to which a kind of organisation belongs."""
    return next(realm for realm, kinds in KINDS.items() if kind in kinds)


class Alias(models.Model):
    """Another way in which documents write an agency ("Sở KH&ĐT"), valid for a time."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="aliases")
    text = models.CharField(_("alias"), max_length=200)
    text_fold = models.CharField(max_length=200, editable=False)
    valid = DateRangeField(_("valid"))

    class Meta:
        ordering = ["text_fold", "pk"]
        constraints = [
            ExclusionConstraint(
                name="orgs_alias_no_overlap",
                expressions=[
                    ("organisation", RangeOperators.EQUAL),
                    ("text_fold", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            )
        ]
        indexes = [models.Index(fields=["text_fold"], name="orgs_alias_fold")]

    def __str__(self) -> str:
        return self.text

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.text_fold = fold(self.text)
        super().save(*args, **kwargs)
