"""Changes of reference data: one verb a file."""

from nhipcau.apps.reference.actions.decide_days import Days, decide_days
from nhipcau.apps.reference.actions.end_law_change import end_law_change
from nhipcau.apps.reference.actions.record_law_change import edit_law_change, record_law_change

__all__ = ["Days", "decide_days", "edit_law_change", "end_law_change", "record_law_change"]
