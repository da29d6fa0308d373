"""What the relations of indicators do when a body has a successor."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from nhipcau.apps.indicators.models import Goal
from nhipcau.apps.orgs.carrying import Rule, declare

# A successor covers another area or other duties: its goals are set anew.
declare(Goal, "organisation", Rule.STAYS, _("baselines and targets"))
