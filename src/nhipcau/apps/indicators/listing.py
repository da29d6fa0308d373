"""The rows of the list of indicators: each with the definition that a reader meets first."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from nhipcau.apps.indicators.models import Indicator, IndicatorVersion, Topic
from nhipcau.core.text import sort_key

State = IndicatorVersion.State
SHOWN_FIRST = {State.IN_USE: 0, State.DRAFT: 1, State.ENDED: 2}
TOPICS = list(Topic.values)


@dataclass(frozen=True, slots=True)
class Listed:
    """`version`: the one in use, else the draft, else the last that ended; `draft`: one waiting beside it."""

    indicator: Indicator
    version: IndicatorVersion
    draft: IndicatorVersion | None = None

    @property
    def topic_label(self) -> str:
        return str(self.indicator.get_topic_display())


def listed(user: object, *, words: str = "", topic: str = "", state: str = "") -> list[Listed]:
    """In the order of topics. Search looks at every version, so that a former name finds too. Two queries."""
    versions = IndicatorVersion.objects.visible_to(user).select_related("indicator").defer("text_fold")
    if topic:
        versions = versions.filter(indicator__topic=topic)
    if words:
        named = IndicatorVersion.objects.visible_to(user).matching(words)
        coded = IndicatorVersion.objects.visible_to(user).filter(indicator__code__contains=words.lower())
        versions = versions.filter(indicator__in=(named | coded).order_by().values("indicator"))
    rows = _joined(versions)
    if state:
        rows = [row for row in rows if row.version.state == state or (row.draft and state == State.DRAFT)]
    return sorted(rows, key=_place)


def _joined(versions: QuerySet[IndicatorVersion]) -> list[Listed]:
    by_indicator: dict[int, list[IndicatorVersion]] = {}
    for version in versions:
        by_indicator.setdefault(version.indicator_id, []).append(version)
    rows = []
    for found in by_indicator.values():
        first = min(found, key=lambda each: (SHOWN_FIRST[State(each.state)], -each.number))
        draft = next((each for each in found if each.state == State.DRAFT and each is not first), None)
        rows.append(Listed(first.indicator, first, draft))
    return rows


def _place(row: Listed) -> tuple[int, int, str]:
    return TOPICS.index(row.indicator.topic), row.indicator.position, sort_key(row.version.name)


def names_in_use(user: object) -> list[tuple[int, str]]:
    """Indicators in use that are no shares, by name: what a share can be computed from."""
    rows = IndicatorVersion.objects.visible_to(user).in_use().filter(numerator=None)
    found = rows.values_list("indicator_id", "name")
    return sorted(found, key=lambda row: sort_key(row[1]))
