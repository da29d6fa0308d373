"""What is kept of the register between requests (audit.editions)."""

from __future__ import annotations

from nhipcau.apps.audit.editions import Kept
from nhipcau.apps.reference.models import Country
from nhipcau.apps.registry.models import Person

# How many people somebody of this reach (reach.Reach) sees: a million are not counted for every page.
PEOPLE: Kept[int] = Kept(Person, most=500)
# Codes of countries by each of their names, folded (search.countries_by_name).
COUNTRIES: Kept[dict[str, str]] = Kept(Country, most=1)
