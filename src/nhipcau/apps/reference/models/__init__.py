from nhipcau.apps.reference.models.abbreviation import Abbreviation, abbreviation_key
from nhipcau.apps.reference.models.calendar import CalendarDay, CalendarVersion
from nhipcau.apps.reference.models.country import Country
from nhipcau.apps.reference.models.law import LawChange, number_key

__all__ = [
    "Abbreviation",
    "CalendarDay",
    "CalendarVersion",
    "Country",
    "LawChange",
    "abbreviation_key",
    "number_key",
]
