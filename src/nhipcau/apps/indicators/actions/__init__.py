"""Changes of indicators: one verb a file."""

from nhipcau.apps.indicators.actions.create_indicator import create_indicator
from nhipcau.apps.indicators.actions.drop_version import drop_version
from nhipcau.apps.indicators.actions.edit_version import edit_version
from nhipcau.apps.indicators.actions.end_cut_over import end_cut_over
from nhipcau.apps.indicators.actions.end_goal import end_goal
from nhipcau.apps.indicators.actions.end_indicator import end_indicator
from nhipcau.apps.indicators.actions.load_library import Loaded, load_library
from nhipcau.apps.indicators.actions.put_in_use import put_in_use
from nhipcau.apps.indicators.actions.set_cut_over import set_cut_over
from nhipcau.apps.indicators.actions.set_goal import Wanted, set_goal
from nhipcau.apps.indicators.actions.start_version import start_version

__all__ = [
    "Loaded",
    "Wanted",
    "create_indicator",
    "drop_version",
    "edit_version",
    "end_cut_over",
    "end_goal",
    "end_indicator",
    "load_library",
    "put_in_use",
    "set_cut_over",
    "set_goal",
    "start_version",
]
