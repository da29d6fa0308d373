"""What the register's relations do when a body has a successor.

Records keep what was told at their time; a commune reads the people of the units that went into it whole
(registry_scope follows the lineage), so nothing of them moves.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from nhipcau.apps.orgs.carried import not_over
from nhipcau.apps.orgs.carrying import Facets, Rule, declare
from nhipcau.apps.registry.models import (
    Group,
    Intake,
    Layout,
    Person,
    Remit,
    RoundUnit,
    SourceRecord,
)

declare(
    Remit,
    "organisation",
    Rule.DATED,
    _("rights to read the register"),
    open=not_over,
    facets=Facets(text="basis", role="group", role_names=dict(Group.choices)),
    same=("group",),
)
declare(RoundUnit, "organisation", Rule.STAYS, _("units of survey rounds"))
declare(SourceRecord, "sender", Rule.STAYS, _("records of people"))
declare(SourceRecord, "place", Rule.STAYS, _("records of people"))
declare(Person, "place", Rule.STAYS, _("people in the register"))
declare(Intake, "sender", Rule.STAYS, _("lists of people"))
declare(Layout, "sender", Rule.STAYS, _("layouts of lists"))
