"""Days by which work is due. Holidays and swapped days join when the calendar does."""

from nhipcau.core.workdays.duedates import DueRule, days_of, first_day

__all__ = ["DueRule", "days_of", "first_day"]
