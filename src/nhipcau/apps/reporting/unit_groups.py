"""The groups of units that boards and annexes are laid out by."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from nhipcau.apps.orgs.models import OrganisationVersion

_KIND = OrganisationVersion.Kind
OTHERS = "others"
# Key of a group → its name and the kinds of organisations in it; what is in none is with the last.
GROUPS: dict[str, tuple[str | Promise, tuple[str, ...]]] = {
    "agencies": (
        pgettext_lazy("group of units", "Departments and agencies"),
        (_KIND.PEOPLES_COMMITTEE, _KIND.DEPARTMENT, _KIND.UNIT),
    ),
    "party": (pgettext_lazy("group of units", "Party bodies"), (_KIND.PARTY,)),
    "forces": (pgettext_lazy("group of units", "Police and military"), (_KIND.FORCE,)),
    "associations": (
        pgettext_lazy("group of units", "Front, unions, associations"),
        (_KIND.ASSOCIATION, _KIND.RELATIVES),
    ),
    "communes": (pgettext_lazy("group of units", "Communes, wards"), (_KIND.COMMUNE, _KIND.DISTRICT)),
    OTHERS: (pgettext_lazy("group of units", "Other units"), ()),
}
GROUP_OF = {kind: key for key, (_name, kinds) in GROUPS.items() for kind in kinds}
