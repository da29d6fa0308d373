"""The province that this instance serves, and which places are its own."""

from __future__ import annotations

from django.db import models
from django.db.models.expressions import RawSQL

from nhipcau.apps.access.scope import scope_of

# The province with those that it was made of and those that it became, and their districts.
_OURS = """
    with recursive before(id) as (
        select place_id from orgs_homeprovince where id = 1
        union
        select edge.predecessor_id from orgs_lineage edge join before on edge.successor_id = before.id
        where edge.kind <> 'move_function'
    ), since(id) as (
        select place_id from orgs_homeprovince where id = 1
        union
        select edge.successor_id from orgs_lineage edge join since on edge.predecessor_id = since.id
        where edge.successor_id is not null and edge.kind <> 'move_function'
    ), ours(id) as (select id from before union select id from since)
    select id from ours
    union
    select organisation_id from orgs_organisationversion
    where kind = 'district' and parent_id in (select id from ours)
"""


class HomeProvinceQuerySet(models.QuerySet["HomeProvince"]):
    def visible_to(self, user: object) -> HomeProvinceQuerySet:
        return self if scope_of(user).roles else self.none()


class HomeProvince(models.Model):
    """One row: the place whose communes are working units, whatever its name or code becomes."""

    ONLY = 1

    id = models.SmallIntegerField(primary_key=True, default=ONLY, editable=False)
    place = models.ForeignKey("orgs.Organisation", on_delete=models.PROTECT, related_name="+")

    objects = HomeProvinceQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(name="orgs_one_home", condition=models.Q(id=1))]

    def __str__(self) -> str:
        return f"home {self.place_id}"


def of_our_province() -> RawSQL:
    """A subquery of ids: our province before and after mergers, and its districts. What has such a parent is
    ours.
    """
    return RawSQL(_OURS, ())  # noqa: S611 — a constant
