"""Working days, and the days by which work is due."""

from nhipcau.core.workdays.calendar import Calendar, DayKind, Mark, is_weekend
from nhipcau.core.workdays.deadlines import VIETNAM, Deadline, Shift, deadlines, end_of, shifted
from nhipcau.core.workdays.duedates import RECURRING, DueRule, days_of, first_day
from nhipcau.core.workdays.shipped import Decision, shipped_calendar, shipped_decisions
from nhipcau.core.workdays.windows import Window, data_window, window_of

__all__ = [
    "RECURRING",
    "VIETNAM",
    "Calendar",
    "DayKind",
    "Deadline",
    "Decision",
    "DueRule",
    "Mark",
    "Shift",
    "Window",
    "data_window",
    "days_of",
    "deadlines",
    "end_of",
    "first_day",
    "is_weekend",
    "shifted",
    "shipped_calendar",
    "shipped_decisions",
    "window_of",
]
