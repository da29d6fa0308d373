from nhipcau.apps.indicators.models.cut_over import CutOver
from nhipcau.apps.indicators.models.goal import Goal
from nhipcau.apps.indicators.models.indicator import Indicator, Topic
from nhipcau.apps.indicators.models.version import IndicatorVersion

__all__ = ["CutOver", "Goal", "Indicator", "IndicatorVersion", "Topic"]
