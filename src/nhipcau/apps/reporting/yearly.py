"""What a mid-term or final report of a unit starts from: its reports of the years in between.

Texts stand one year after the other; figures are put together by their indicators' rules, and only where no
year is missing and the definition stayed comparable.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

from nhipcau.apps.indicators.adding import is_ratio, over_periods
from nhipcau.apps.indicators.models import IndicatorVersion
from nhipcau.apps.reporting.answering import Answers, read_answers
from nhipcau.apps.reporting.asked import Asked
from nhipcau.apps.reporting.models import Obligation, Period, SectionIndicator, Submission

STAGES = (Period.Kind.MIDTERM, Period.Kind.FINAL)
MOST_YEARS = 10
# Indicator, split, category.
Place = tuple[int, str, str]


def yearly_reports(obligation: Obligation, asked: Asked, states: Sequence[str]) -> list[Submission]:
    """The version that counts of each year within the period's window, the earliest first. One query."""
    rows = Submission.objects.filter(
        obligation__organisation=obligation.organisation_id,
        state__in=states,
        obligation__period__kind=Period.Kind.YEAR,
        obligation__period__window_first__gte=asked.window.first,
        obligation__period__window_last__lte=asked.window.last,
    )
    rows = rows.select_related("obligation__period").order_by(
        "-obligation__period__window_last", "obligation", "-number"
    )
    counting: dict[int, Submission] = {}
    for row in rows:
        counting.setdefault(row.obligation_id, row)
    return list(counting.values())[:MOST_YEARS][::-1]


def texts_of_years(reports: Sequence[Submission], said: Sequence[Answers]) -> dict[str, tuple[str, ...]]:
    """Section's key → its texts, each headed by the title of its period."""
    found: dict[str, list[str]] = defaultdict(list)
    for report, answers in zip(reports, said, strict=True):
        period = report.obligation.period
        keys = dict(period.form_version.sections.order_by().values_list("pk", "key"))
        headed: dict[str, list[str]] = defaultdict(list)
        for each in answers.texts:
            if each.task is None and each.text:
                headed[keys[each.section]].append(each.text)
        for key, texts in headed.items():
            found[key].append("\n".join([f"{period.title}:", *texts]))
    return {key: tuple(texts) for key, texts in found.items()}


def figures_of_years(
    reports: Sequence[Submission], said: Sequence[Answers], asked: Asked
) -> dict[Place, Decimal]:
    """What the years come to together, where each of them gave a figure."""
    versions = {each.indicator.indicator_id: each.indicator for each in asked.figures.values()}
    lowest = dict.fromkeys(versions, 0)
    given: dict[Place, dict[int, Decimal | None]] = defaultdict(lambda: dict.fromkeys(range(len(reports))))
    for year, (report, answers) in enumerate(zip(reports, said, strict=True)):
        known = _known(report)
        for each in answers.figures:
            indicator, number = known[each.asked]
            if indicator in versions and each.amount is not None:
                given[indicator, each.split, each.category][year] = each.amount
                lowest[indicator] = min(lowest[indicator] or number, number)
    broken = _broken(versions, lowest)
    found: dict[Place, Decimal] = {}
    for place, amounts in given.items():
        version = versions[place[0]]
        if place[0] in broken or is_ratio(version):
            continue
        total = over_periods(version, amounts)
        if total.complete and total.value is not None:
            found[place] = total.value
    return found


def from_years(
    obligation: Obligation, asked: Asked, states: Sequence[str]
) -> tuple[str, dict[str, tuple[str, ...]], dict[Place, Decimal]] | None:
    """Title, texts and figures; None where no year was reported. About four queries a year."""
    reports = yearly_reports(obligation, asked, states)
    if not reports:
        return None
    said = [read_answers(report) for report in reports]
    title = ", ".join(report.obligation.period.title for report in reports)
    return title, texts_of_years(reports, said), figures_of_years(reports, said, asked)


def _known(report: Submission) -> dict[int, tuple[int, int]]:
    """What was asked → indicator, number of its definition."""
    rows = SectionIndicator.objects.filter(section__version=report.obligation.period.form_version_id)
    columns = ("pk", "indicator__indicator", "indicator__number")
    return {pk: (indicator, number) for pk, indicator, number in rows.order_by().values_list(*columns)}


def _broken(versions: Mapping[int, IndicatorVersion], lowest: Mapping[int, int]) -> set[int]:
    """Indicators with a definition since the earliest year that may not be compared with the one before."""
    rows = IndicatorVersion.objects.filter(indicator__in=versions, comparable=False).order_by()
    return {
        indicator
        for indicator, number in rows.values_list("indicator", "number")
        if lowest[indicator] < number <= versions[indicator].number
    }
