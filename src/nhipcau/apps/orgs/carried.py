"""What the relations of this app do when a body has a successor."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.orgs.carrying import Facets, Rule, Values, declare
from nhipcau.apps.orgs.models import (
    Alias,
    AllotmentRule,
    Appointment,
    ArrivalRow,
    FocalPoint,
    Handover,
    HomeProvince,
    Lineage,
    OrganisationVersion,
    SetMember,
    StepUnit,
)

_KIND = OrganisationVersion.Kind


def not_over(day: date) -> Q:
    """Its period reaches the day or begins later."""
    return Q(valid__endswith=None) | Q(valid__endswith__gt=day)


def _ended(reason: str) -> Values:
    return {"ended_reason": reason[:300]}


def _role_there(row: Any, kind: str) -> Values:
    """An officer is a commune's officer exactly where she is one of a commune."""
    role = Appointment.Role
    if row.role not in (role.OFFICER, role.COMMUNE_OFFICER):
        return {}
    return {"role": role.COMMUNE_OFFICER if kind == _KIND.COMMUNE else role.OFFICER}


def _of_its_kinds(row: Any, kind: str) -> bool:
    """A group of certain kinds gets no member of another kind: a department is none of "the districts"."""
    return not row.set.kinds or kind in row.set.kinds


declare(
    Appointment,
    "organisation",
    Rule.DATED,
    _("appointments"),
    open=not_over,
    facets=Facets(
        text="user__full_name",
        role="role",
        role_names=dict(Appointment.Role.choices),
    ),
    same=("user_id", "role"),
    adapt=_role_there,
    end=_ended,
)
declare(
    SetMember,
    "organisation",
    Rule.DATED,
    _("memberships in groups"),
    open=not_over,
    facets=Facets(text="set__name"),
    since_effective=True,
    same=("set_id",),
    fits=_of_its_kinds,
    shared=True,
)
declare(
    FocalPoint,
    "organisation",
    Rule.DATED,
    _("focal points"),
    open=not_over,
    facets=Facets(text="full_name", words="name_fold"),
    same=("name_fold", "matter"),
)
declare(
    OrganisationVersion,
    "parent",
    Rule.CHILD,
    _("bodies below them"),
    open=not_over,
    facets=Facets(text="name", words="name_fold"),
)
declare(HomeProvince, "place", Rule.MOVES, _("the province of this instance"))
declare(Alias, "organisation", Rule.ALIAS, _("other names"))
declare(OrganisationVersion, "organisation", Rule.OWN, _("names"))
for name in ("predecessor", "successor"):
    declare(Lineage, name, Rule.OWN, _("lineage"))
for name in ("organisation", "parent"):
    declare(StepUnit, name, Rule.STAYS, _("steps of acts"))
declare(Handover, "organisation", Rule.STAYS, _("minutes of handing over"))
declare(ArrivalRow, "organisation", Rule.STAYS, _("rows of sheets"))
declare(AllotmentRule, "organisation", Rule.STAYS, _("rules of allotment"))
