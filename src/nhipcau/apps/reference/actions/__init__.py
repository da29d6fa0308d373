"""Changes of dated reference data."""

from nhipcau.apps.reference.actions.law_changes import add_law_change, end_law_change

__all__ = ["add_law_change", "end_law_change"]
