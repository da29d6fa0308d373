from nhipcau.apps.reference.models.abbreviation import Abbreviation, abbreviation_key
from nhipcau.apps.reference.models.law import LawChange, number_key

__all__ = ["Abbreviation", "LawChange", "abbreviation_key", "number_key"]
